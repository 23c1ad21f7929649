"""Leaders and seats of a member, for pages of other apps."""

import copy
import datetime
import zoneinfo

from django import template
from django.db.models import Prefetch, QuerySet

from content.dated import today
from content.dates import local_day, since_text
from governance import offices
from governance.models import Office, OfficeTerm, SeatFilling, SeatTerm
from governance.overlaps import days_text

register = template.Library()


@register.inclusion_tag("governance/includes/member_leaders.html")
def member_leaders(member, as_of: datetime.date | None = None) -> dict:
    """The head of the member on that day (today when not given) or "vacant", and other offices.

    Two queries. `offices`: each with its terms `of_day`; the head's office also where it is vacant,
    then with the day since when, if it is known.
    """
    day = as_of or today()
    terms = OfficeTerm.objects.exclude(starts_on__gt=day).select_related("person")
    found = list(member.offices.prefetch_related(Prefetch("terms", terms, "until_then")))
    for office in found:
        office.of_day = [term for term in office.until_then if term.is_valid_on(day)]
    heads = [office for office in found if office.kind == office.Kind.HEAD]
    held = [office for office in heads if office.of_day][:1]
    others = [office for office in found if office.kind != office.Kind.HEAD and office.of_day]
    return {"offices": [*(held or _vacant(heads)), *others]}


def _vacant(heads: list[Office]) -> list[Office]:
    """The office of a head that was held last, with `vacant_since`; none where there is none."""
    ends = {office.pk: [term.ends_on for term in office.until_then] for office in heads}
    for office in heads:
        office.vacant_since = max(ends[office.pk], default=None)
        if office.vacant_since:
            office.vacant_since += offices.ONE_DAY
    return sorted(heads, key=lambda one: one.vacant_since or datetime.date.min)[-1:]


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
def since_of(row) -> str:
    """The first day of a dated row as it stands after "since"; it has to have one."""
    return since_text(row.starts_on, row.starts_precision)


@register.filter
def days_of(row) -> str:
    """The days of a dated row in words: "1 May 2019 – 14 October 2025"."""
    return days_text(row)


@register.filter
def days_sat(filling: SeatFilling) -> str:
    """The days on which somebody sat on a seat: no longer than the office they sat there by."""
    sat = copy.copy(filling)
    sat.ends_on, sat.ends_precision = filling.end
    return days_text(sat)
