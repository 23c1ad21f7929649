"""What partnerships and other associations tell the chronicle of a member."""

from collections.abc import Iterator

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from content.dated import Precision
from content.languages import in_language
from members.activity import Activity, Kind, register
from members.models import Member
from partnerships import network
from partnerships.models import Affiliation, CharterSigning, Partnership

WORDS = {
    Partnership.Kind.SISTER_CITY: gettext_lazy("Sister-city agreement with %(city)s"),
    Partnership.Kind.FRIENDSHIP: gettext_lazy("Friendship agreement with %(city)s"),
    Partnership.Kind.COOPERATION: gettext_lazy("Cooperation agreement with %(city)s"),
    Partnership.Kind.OTHER: gettext_lazy("Agreement with %(city)s"),
}


@register
def agreements(member: Member) -> Iterator[Activity]:
    """The days on which agreements were signed and ended."""
    for row in network.rows_of(member):
        city = {"city": in_language(row.other(member), "name")[0]}
        url = row.get_absolute_url()
        if row.signed_on and row.stage != Partnership.Stage.PREPARATION:
            title = WORDS[row.kind] % city
            yield Activity(row.signed_on, title, Kind.PARTNERSHIP, row.signed_precision, url)
        if row.ended_on:
            title = _("Partnership with %(city)s ended") % city
            day = _first_day(row.ended_on, row.ended_precision)
            yield Activity(day, title, Kind.PARTNERSHIP, row.ended_precision, url)


@register
def affiliations(member: Member) -> Iterator[Activity]:
    """The days on which the member joined other associations and left them."""
    rows = Affiliation.objects.filter(member=member).select_related("organisation")
    for row in rows:
        words = {"name": in_language(row.organisation, "name")[0]}
        url = row.organisation.get_absolute_url()
        if row.starts_on:
            text = _("Among the founders: %(name)s") if row.is_founder else _("Joined: %(name)s")
            yield Activity(row.starts_on, text % words, Kind.ASSOCIATION, row.starts_precision, url)
        if row.ends_on:
            day = _first_day(row.ends_on, row.ends_precision)
            title = _("Left: %(name)s") % words
            yield Activity(day, title, Kind.ASSOCIATION, row.ends_precision, url)


@register
def charters(member: Member) -> Iterator[Activity]:
    """The charters that the member signed."""
    for row in CharterSigning.objects.filter(member=member, signed_on__isnull=False):
        title = _("Signed: %(name)s") % {"name": in_language(row, "charter")[0]}
        yield Activity(row.signed_on, title, Kind.ASSOCIATION, row.signed_precision)


def _first_day(day, precision: str):
    """The first day of the period whose last day is stored."""
    if precision == Precision.DAY:
        return day
    return day.replace(day=1, month=1 if precision == Precision.YEAR else day.month)
