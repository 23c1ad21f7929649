"""What offices and seats tell the chronicle of a member."""

import datetime

from django.utils.translation import gettext as _

from content.dated import Dated, start_of_period
from content.languages import in_language
from governance.models import OfficeTerm, SeatTerm
from members.activity import Activity, Kind, register
from members.models import Member


@register
def offices(member: Member):
    """Who took office at the member, and who left it."""
    terms = OfficeTerm.objects.filter(office__member=member).select_related("person", "office")
    for term in terms:
        words = {"person": _name(term.person), "office": in_language(term.office, "title")[0]}
        address = term.person.get_absolute_url() if term.person.is_public else None
        if term.starts_on:
            title = _("%(person)s took office: %(office)s") % words
            yield Activity(term.starts_on, title, Kind.OFFICE, term.starts_precision, address)
        if term.ends_on and term.end_reason != "re_elected":
            title = _("%(person)s left office: %(office)s") % words
            yield Activity(_end(term), title, Kind.OFFICE, term.ends_precision, address)


@register
def seats(member: Member):
    """Seats the member was given, and those that ended."""
    terms = SeatTerm.objects.filter(member=member).select_related("seat__body__organisation")
    for term in terms:
        body = term.seat.body
        words = {
            "body": in_language(body, "name")[0],
            "organisation": in_language(body.organisation, "name")[0],
        }
        if term.starts_on:
            title = _("Seat in: %(body)s, %(organisation)s")
            if term.is_re_elected:
                title = _("Re-elected to: %(body)s, %(organisation)s")
            yield Activity(
                term.starts_on, title % words, Kind.SEAT, term.starts_precision,
                body.get_absolute_url(),
            )  # fmt: skip
        if term.ends_on and term.end_reason != "re_elected":
            title = _("Seat ended: %(body)s, %(organisation)s") % words
            yield Activity(
                _end(term), title, Kind.SEAT, term.ends_precision, body.get_absolute_url()
            )


def _name(person) -> str:
    return in_language(person, "full_name")[0]


def _end(term: Dated) -> datetime.date:
    """The first day of the period in which it ended, as the chronicle wants it."""
    return start_of_period(term.ends_on, term.ends_precision)
