"""Leaders and seats of a member, for pages of other apps."""

import copy
import datetime
import zoneinfo

from django import template
from django.db.models import Prefetch, QuerySet

from content.dated import today
from content.dates import local_day
from governance import offices
from governance.models import OfficeTerm, SeatFilling, SeatTerm
from governance.overlaps import days_text

register = template.Library()


@register.inclusion_tag("governance/includes/member_leaders.html")
def member_leaders(member, as_of: datetime.date | None = None) -> dict:
    """The head of the member on that day (today when not given) or "vacant", and other offices.

    One query. `leaders`: one entry an office, `term` empty where it is vacant.
    """
    day = as_of or today()
    terms = OfficeTerm.objects.on(day).select_related("person")
    offices = list(member.offices.prefetch_related(Prefetch("terms", terms, "of_day")))
    heads = [office for office in offices if office.kind == office.Kind.HEAD]
    held = [office for office in heads if office.of_day][:1] or heads[:1]
    others = [office for office in offices if office.kind != office.Kind.HEAD and office.of_day]
    return {"offices": [*held, *others]}


@register.inclusion_tag("governance/includes/member_seats.html")
def member_seats(member, as_of: datetime.date | None = None) -> dict:
    """Seats the member holds on that day (today when not given), and those it held before."""
    day = as_of or today()
    own = SeatTerm.objects.filter(member=member)
    terms = with_delegates(own.order_by("seat__body__order", "seat__order", "starts_on", "pk"), day)
    return {
        "now": [term for term in terms if term.is_valid_on(day)],
        "before": [term for term in terms if term.ends_on and term.ends_on < day],
    }


def with_delegates(terms: QuerySet[SeatTerm], day: datetime.date | None = None) -> list[SeatTerm]:
    """The terms with `delegate` and `substitute` of that day set, in two queries."""
    fillings = SeatFilling.objects.counting(day).select_related("person")
    found = list(
        terms.select_related("seat__body__organisation").prefetch_related(
            Prefetch("fillings", fillings, "counting")
        )
    )
    for term in found:
        by_role = {filling.role: filling for filling in term.counting}
        term.delegate = by_role.get(SeatFilling.Role.DELEGATE)
        term.substitute = by_role.get(SeatFilling.Role.SUBSTITUTE)
    return found


@register.inclusion_tag("governance/includes/head_on.html")
def head_on_day(member, moment: datetime.datetime, zone: zoneinfo.ZoneInfo) -> dict:
    """Who headed a member on the day of a moment by a clock; nothing where nobody did."""
    day = local_day(moment, zone)
    return {"term": offices.head_on(member, day)}


@register.filter
def days_of(row) -> str:
    """The days of a dated row in words: "1 May 2019 – 14 October 2025"."""
    return days_text(row)


@register.filter
def days_sat(filling: SeatFilling) -> str:
    """The days on which somebody sat on a seat: no longer than the office they sat there by."""
    sat = copy.copy(filling)
    sat.ends_on, sat.ends_precision = filling.lasts_until, "day"
    return days_text(sat if sat.ends_on != filling.ends_on else filling)
