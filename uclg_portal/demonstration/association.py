"""The front page, partners, contacts and staff directory of the demonstration."""

import datetime

from django.apps import apps
from django.contrib.contenttypes.models import ContentType

from association.models import ContactCard, Featured, OfficeHours, Partner, StaffMember, Welcome
from content.dated import parse_partial
from content.languages import in_language
from content.models import Topic
from governance.models import Organisation
from uclg_portal.demonstration import data

FILE = "association.toml"


def load_targets() -> None:
    """The targets of Goal 11."""
    for row in data.table(FILE)["targets"]:
        goal = Topic.objects.get(kind=Topic.Kind.SDG, number=int(row["code"].partition(".")[0]))
        Topic.objects.create(
            kind=Topic.Kind.TARGET, goal=goal, code=row["code"],
            slug=f"target-{row['code'].replace('.', '-')}", **data.texts(row, "title"),
        )  # fmt: skip


def load() -> None:
    """Call it last: featured records must exist."""
    rows = data.table(FILE)
    Welcome.objects.create(**data.texts(rows["welcome"], "headline", "mission"))
    _contacts(rows)
    for position, row in enumerate(rows["partners"], start=1):
        _partner(row, position)
    for order, row in enumerate(rows["staff"], start=1):
        StaffMember.objects.create(
            order=order, languages=row["languages"], email=row["email"],
            phone=row.get("phone", ""), **data.texts(row, "name", "position", "duties"),
        )  # fmt: skip
    for position, row in enumerate(rows["featured"], start=1):
        _featured(row, position)


def _contacts(rows: dict) -> None:
    row = rows["card"]
    plain = ("phone", "fax", "email", "latitude", "longitude")
    card = ContactCard.objects.create(
        **{name: row[name] for name in plain},
        **data.texts(row, "name", "address", "directions", "note"),
    )
    for line in rows["hours"]:
        for weekday in line["weekdays"]:
            for opens, closes in line["spans"]:
                OfficeHours.objects.create(
                    card=card, weekday=weekday,
                    opens_at=datetime.time.fromisoformat(opens),
                    closes_at=datetime.time.fromisoformat(closes),
                )  # fmt: skip


def _partner(row: dict, position: int) -> None:
    starts = parse_partial(row["starts_on"]) if "starts_on" in row else (None, "day")
    slug = row.get("organisation")
    Partner.objects.create(
        kind=row["kind"], position=position, url=row.get("url", ""),
        organisation=Organisation.objects.get(slug=slug) if slug else None,
        starts_on=starts[0], starts_precision=starts[1], **data.texts(row, "name", "role"),
    )  # fmt: skip


def _featured(row: dict, position: int) -> None:
    model = apps.get_model(row["kind"])
    found = model.objects.visible() if hasattr(model.objects, "visible") else None
    public = model.objects.published() if found is None else found
    record = public.order_by("-pk")[row["latest"] - 1]
    Featured.objects.create(
        content_type=ContentType.objects.get_for_model(model), object_id=record.pk,
        position=position, label=in_language(record, "title", "ru")[0],
        **data.texts(row, "text"),
    )  # fmt: skip
