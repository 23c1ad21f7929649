"""Bodies of the association and of organisations: which there are, and how many seats they have."""

import datetime
from collections.abc import Sequence
from typing import Literal

from django.db.models import Count, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_noop
from pydantic import Field

from content.richtext import plain_text
from governance.models import Body, Seat
from opendata.columns import (
    PARTIAL,
    Column,
    Row,
    addresses,
    at,
    bilingual,
    changed,
    key,
    kind_column,
    on,
    pages,
    renamed,
    slug,
    texts,
)
from opendata.resources.base import AskedList, AskedOfDay, AsOf, Resource

COLUMNS = (
    key(), slug("executive-bureau"),
    *bilingual("name", gettext_noop("Name"), "Исполнительное бюро", "Executive Bureau"),
    kind_column(gettext_noop("Kind of body"), Body.Kind),
    Column("organisation", str, gettext_noop("Organisation, by its address"), "uclg-eurasia"),
    *bilingual("organisation_name", gettext_noop("Name of the organisation"), "ОГМВ-Евразия",
               "UCLG-Eurasia"),
    Column("parent", int, gettext_noop("Number of the body that it is a part of"), 1),
    *bilingual("description", gettext_noop("Description, plain text"), "…", "…"),
    Column("seats", int, gettext_noop("Seats on that day"), 24, is_required=True),
    Column("vacant_seats", int, gettext_noop("Seats that nobody holds on that day"), 2,
           is_required=True),
    Column("founded_on", str, gettext_noop("Founded on, as exact as known"), "2004-05",
           pattern=PARTIAL),
    Column("dissolved_on", str, gettext_noop("Dissolved on"), None, pattern=PARTIAL),
    *pages("/bodies/executive-bureau/"), changed(),
)  # fmt: skip


class AskedBodies(AsOf, AskedList):
    kind: Literal[tuple(Body.Kind.values)] | None = Field(  # type: ignore[valid-type]
        None, description=gettext_noop("Kind of body")
    )
    organisation: str | None = Field(
        None, pattern=r"^[-\w]{1,80}$", examples=["uclg-eurasia"],
        description=gettext_noop("Organisation, by its address"),
    )  # fmt: skip


def find(asked: AskedBodies | AskedOfDay, day: datetime.date) -> QuerySet[Body]:
    """Bodies that there are on that day."""
    bodies = Body.objects.filter(
        Q(founded_on__isnull=True) | Q(founded_on__lte=day),
        Q(dissolved_on__isnull=True) | Q(dissolved_on__gt=day),
    ).select_related("organisation")
    if getattr(asked, "kind", None):
        bodies = bodies.filter(kind=asked.kind)
    if getattr(asked, "organisation", None):
        bodies = bodies.filter(organisation__slug=asked.organisation)
    seats = Seat.objects.filter(body=OuterRef("pk"))
    return bodies.annotate(
        seat_count=_counted(seats.on(day)), vacant_count=_counted(seats.vacant(day))
    ).order_by("pk")


def _counted(seats: QuerySet[Seat]) -> Coalesce:
    numbers = seats.order_by().values("body").annotate(number=Count("pk")).values("number")
    return Coalesce(Subquery(numbers), 0)


def rows(bodies: Sequence[Body], day: datetime.date) -> list[Row]:
    return [_row(body) for body in bodies]


def _row(body: Body) -> Row:
    return {
        "id": body.pk, "slug": body.slug, **texts(body, "name"), "kind": body.kind,
        "organisation": body.organisation.slug,
        **renamed(body.organisation, "name", "organisation_name"), "parent": body.parent_id,
        "description_ru": plain_text(body.description_ru or "") or None,
        "description_en": plain_text(body.description_en or "") or None,
        "seats": body.seat_count, "vacant_seats": body.vacant_count,
        "founded_on": on(body.founded_on, body.founded_precision),
        "dissolved_on": on(body.dissolved_on), **addresses(body),
        "changed_at": at(body.updated_at),
    }  # fmt: skip


BODIES = Resource(
    code="bodies", title=gettext_noop("Governing bodies"), schema="Body",
    summary=gettext_noop("Bodies of the association as of a day, with their seats"),
    columns=COLUMNS, asked=AskedBodies, find=find, rows=rows, one=AskedOfDay,
)  # fmt: skip
