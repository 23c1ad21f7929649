"""People, organisations, offices, bodies and seats of the demonstration."""

import datetime
from typing import Any

from content.dated import last_day, parse_partial, today
from content.records import refresh_derived_many
from governance.models import (
    Body,
    BodyName,
    FoundingPaper,
    Office,
    OfficeTerm,
    Organisation,
    OrganisationFigure,
    OrganisationName,
    PaperSignatory,
    Person,
    PersonSpelling,
    Seat,
    SeatFilling,
    SeatTerm,
)
from members.models import Country, Member
from uclg_portal.demonstration import data


def load() -> None:
    """Everything of governance.toml; the members have to be there."""
    table = data.table("governance.toml")
    for row in table["people"]:
        _load_person(row)
    for row in table["organisations"]:
        _load_organisation(row)
    for number, row in enumerate(table["offices"]):
        _load_office(row, number)
    for number, row in enumerate(table["bodies"]):
        _load_body(row, number)
    for model in (Person, Organisation, Body):
        refresh_derived_many(list(model.objects.all()))


def _days(row: dict[str, Any]) -> dict[str, Any]:
    """The columns of a dated row: `from`, `until`, `until_days_ago`; partial days are allowed."""
    days = {}
    if "from" in row:
        days["starts_on"], days["starts_precision"] = parse_partial(row["from"])
    if "until" in row:
        day, days["ends_precision"] = parse_partial(row["until"])
        days["ends_on"] = last_day(day, days["ends_precision"])
    if "until_days_ago" in row:
        days["ends_on"] = today() - datetime.timedelta(days=row["until_days_ago"])
    return days


def _partial(row: dict[str, Any], key: str, column: str) -> dict[str, Any]:
    if key not in row:
        return {}
    day, precision = parse_partial(row[key])
    return {f"{column}_on": day, f"{column}_precision": precision}


def _load_person(row: dict[str, Any]) -> None:
    person = Person.objects.create(
        slug=row["slug"],
        name_genitive=row.get("name_genitive", ""),
        name_dative=row.get("name_dative", ""),
        is_invented=row.get("invented", False),
        **data.texts(row, "full_name"),
    )
    for spelling in row.get("spellings", []):
        PersonSpelling.objects.create(person=person, text=spelling)


def _load_organisation(row: dict[str, Any]) -> None:
    parent, country = row.get("parent"), row.get("country")
    organisation = Organisation.objects.create(
        slug=row["slug"],
        kind=row["kind"],
        parent=Organisation.objects.get(slug=parent) if parent else None,
        country=Country.objects.get(code=country) if country else None,
        is_own=row.get("own", False),
        **_partial(row, "founded", "founded"),
        **_partial(row, "dissolved", "dissolved"),
        **data.texts(row, "name", "short_name", "aims", "services"),
    )
    for name in row.get("names", []):
        OrganisationName.objects.create(
            organisation=organisation, kind=name["kind"], **_days(name), **data.texts(name, "name")
        )
    for figure in row.get("figures", []):
        as_of, precision = parse_partial(figure["as_of"])
        OrganisationFigure.objects.create(
            organisation=organisation, value=figure["value"], as_of=as_of,
            as_of_precision=precision, **data.texts(figure, "what", "source"),
        )  # fmt: skip
    for paper in row.get("papers", []):
        _load_paper(organisation, paper)


def _load_paper(organisation: Organisation, row: dict[str, Any]) -> None:
    paper = FoundingPaper.objects.create(
        organisation=organisation,
        **_partial(row, "signed", "signed"),
        **data.texts(row, "title", "note"),
    )
    for signatory in row.get("signatories", []):
        PaperSignatory.objects.create(
            paper=paper, member=_member(signatory), **data.texts(signatory, "name", "office")
        )


def _member(row: dict[str, Any]) -> Member | None:
    return Member.objects.get(slug=row["member"]) if "member" in row else None


def _person(row: dict[str, Any]) -> Person | None:
    return Person.objects.get(slug=row["person"]) if "person" in row else None


def _load_office(row: dict[str, Any], order: int) -> None:
    of = row.get("organisation")
    office = Office.objects.create(
        member=_member(row),
        organisation=Organisation.objects.get(slug=of) if of else None,
        kind=row["kind"],
        title_genitive=row.get("title_genitive", ""),
        title_dative=row.get("title_dative", ""),
        is_single=row.get("is_single", True),
        order=order,
        **data.texts(row, "title"),
    )
    for term in row["terms"]:
        OfficeTerm.objects.create(
            office=office, person=_person(term), end_reason=term.get("reason", ""),
            **_days(term), **data.texts(term, "note"),
        )  # fmt: skip


def _load_body(row: dict[str, Any], order: int) -> None:
    parent = row.get("parent")
    body = Body.objects.create(
        slug=row["slug"],
        organisation=Organisation.objects.get(slug=row["organisation"]),
        parent=Body.objects.get(slug=parent) if parent else None,
        kind=row["kind"],
        order=order,
        **data.texts(row, "name", "description"),
    )
    for alias in row.get("aliases", []):
        BodyName.objects.create(body=body, **data.texts(alias, "name"))
    for number, seat in enumerate(row.get("seats", [])):
        _load_seat(body, seat, number)


def _load_seat(body: Body, row: dict[str, Any], order: int) -> None:
    seat = Seat.objects.create(
        body=body, order=order, by_office=row.get("by_office", False), **data.texts(row, "title")
    )
    for given in row["terms"]:
        term = SeatTerm.objects.create(
            seat=seat, member=_member(given), person=_person(given),
            is_re_elected=given.get("re_elected", False), end_reason=given.get("reason", ""),
            **_days(given), **data.texts(given, "note"),
        )  # fmt: skip
        for filling in given.get("fillings", []):
            _load_filling(term, filling)


def _load_filling(term: SeatTerm, row: dict[str, Any]) -> None:
    person, days = _person(row), _days(row)
    held = OfficeTerm.objects.filter(
        person=person, office__member=term.member, office__kind=row.get("office", "")
    )
    SeatFilling.objects.create(
        term=term, person=person, has_mandate=True, office_term=held.order_by("-pk").first(),
        **days,
    )  # fmt: skip
