"""Cities whose place is asked about first: the host of the ceremony, the city of the President."""

import datetime
from dataclasses import dataclass

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from content.dated import today
from governance.models import Office, OfficeTerm
from members.models import Member
from standings.computing import Outcome, Place


@dataclass(frozen=True)
class Noted:
    """Who is marked: `president` is None where no record says whose city it is."""

    host: Member | None
    president: Member | None

    def marks(self, member_id: int | None) -> list[str]:
        """Short words beside a city in a table."""
        found = []
        if self.host is not None and member_id == self.host.pk:
            found.append(_("host of the ceremony"))
        if self.president is not None and member_id == self.president.pk:
            found.append(_("city of the President"))
        return found


def noted(outcome: Outcome, day: datetime.date | None = None) -> Noted:
    """Whom to mark in the results of an edition."""
    return Noted(outcome.inputs.edition.host, presidents_city(day))


def presidents_city(day: datetime.date | None = None) -> Member | None:
    """The member whose head the President of the association is on a day (today unless given).

    From two records of governance: the President's term at the association, and the term of the
    same person as head of a member. None where either is missing.
    """
    day = day or today()
    presidents = OfficeTerm.objects.on(day).filter(
        office__organisation__is_own=True, office__kind=Office.Kind.PRESIDENT
    )
    heads = OfficeTerm.objects.heads(day).filter(person__in=presidents.values("person"))
    term = heads.select_related("office__member").first()
    return term.office.member if term else None


def sentences(outcome: Outcome, found: Noted) -> list[str]:
    """What staff should know before the press asks: the places of these cities, in words."""
    said = []
    for place in outcome.places:
        member = place.response.member_id
        if member is None or place.rank is None:
            continue
        said += [_sentence(place, mark) for mark in found.marks(member)]
    if found.president is None:
        said.append(
            _("No record says whose city the President of the association heads: none is marked.")
        )
    return said


def _sentence(place: Place, mark: str) -> str:
    language = (get_language() or "ru")[:2]
    return _("%(city)s (%(mark)s) has place %(place)d: the press will ask.") % {
        "city": place.response.name_in(language), "mark": mark, "place": place.rank,
    }  # fmt: skip
