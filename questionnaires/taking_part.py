"""The questionnaire of a member in an edition: made when its first answer is kept."""

import datetime
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from content import audit
from content.dated import today
from content.languages import in_language
from members.models import Member, MemberFigure
from questionnaires.models import Response
from questionnaires.refusals import Refused
from ratings.models import Edition, Zone

# What takes part; regions, associations and associates fill in no questionnaire.
CITIES = (Member.Kind.CITY, Member.Kind.METROPOLIS, Member.Kind.DISTRICT)


@dataclass(frozen=True)
class Inhabitants:
    """How many, as of which year, and who says so; all empty where no figure is known."""

    population: int | None = None
    population_year: int | None = None
    population_source: str = ""


def response_of(edition: Edition, member: Member, by: Any) -> Response:
    """The questionnaire of this member, made if it has none; one, however many ask at once.

    Raises Refused where the edition does not take this city.
    """
    found = Response.objects.filter(edition=edition, member=member).first()
    if found is None:
        found = _made(edition, member, by)
    found.edition, found.member = edition, member
    return found


def blank(edition: Edition, member: Member) -> Response:
    """The questionnaire of this member, or one that is not stored: for pages that only show."""
    found = Response.objects.filter(edition=edition, member=member).first()
    if found is None:
        found = Response(**_columns(edition, member))
    found.edition, found.member = edition, member
    return found


def why_not(edition: Edition, member: Member, day: datetime.date | None = None) -> str:
    """Why this city cannot take part, as a sentence; empty where it can."""
    if member.kind not in CITIES:
        return _("Cities and districts take part in this edition.")
    if edition.admits_guests or Member.objects.members(day).filter(pk=member.pk).exists():
        return ""
    return _("Members of the association alone take part in this edition.")


def inhabitants(edition: Edition, member: Member) -> Inhabitants:
    """What the portal knows of the inhabitants of a member; one query."""
    return figures(edition, [member], "ru")[member.pk]


def figures(
    edition: Edition, members: Iterable[Member], language: str | None = None
) -> dict[int, Inhabitants]:
    """What the portal knows of the inhabitants of members, by key; one query.

    The source is in `language`, the reader's unless given; where it is stored, in Russian.
    """
    keys = [one.pk for one in members]
    rows = MemberFigure.objects.filter(member__in=keys, kind=MemberFigure.Kind.POPULATION)
    by_member: dict[int, list[MemberFigure]] = {key: [] for key in keys}
    for row in rows:
        by_member[row.member_id].append(row)
    return {key: _nearest(edition, own, language) for key, own in by_member.items()}


def _nearest(
    edition: Edition, rows: list[MemberFigure], language: str | None
) -> Inhabitants:  # fmt: skip
    """Of the edition's year of reference, or of the nearest year with one (the later of two)."""
    wanted = edition.population_year or edition.year
    found = min(rows, key=lambda one: (abs(one.year - wanted), -one.year), default=None)
    if found is None:
        return Inhabitants()
    return Inhabitants(found.value, found.year, in_language(found, "source", language)[0])


def zone_of(edition: Edition, member: Member, is_guest: bool) -> Zone | None:
    """Where the city comes from: by its country; the one zone of its kind where none names it."""
    zones = [one for one in edition.zones.all() if one.is_guest == is_guest]
    named = edition.zones.filter(pk__in=[one.pk for one in zones], countries=member.country_id)
    return named.first() or (zones[0] if len(zones) == 1 else None)


@transaction.atomic
def _made(edition: Edition, member: Member, by: Any) -> Response:
    if reason := why_not(edition, member):
        raise Refused(reason)
    columns = _columns(edition, member)
    response, is_new = Response.objects.get_or_create(
        edition=columns.pop("edition"), member=columns.pop("member"), defaults=columns
    )
    if is_new:
        audit.record("questionnaires.begun", response, by, f"{edition}: {member}")
    return response


def _columns(edition: Edition, member: Member) -> dict[str, Any]:
    known = inhabitants(edition, member)
    is_guest = not Member.objects.members(today()).filter(pk=member.pk).exists()
    return {
        "edition": edition, "member": member, "is_guest": is_guest,
        "zone": zone_of(edition, member, is_guest), "population": known.population,
        "population_year": known.population_year, "population_source": known.population_source,
    }  # fmt: skip
