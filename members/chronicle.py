"""What the members' own records tell the chronicle: membership, changes of status, names."""

import datetime
import itertools

from django.utils.translation import gettext as _

from content.dated import start_of_period
from content.languages import in_language, reading_order
from members.activity import Activity, Kind, register
from members.models import Member, MemberName, StatusChange

ONE_DAY = datetime.timedelta(days=1)


@register
def membership(member: Member):
    """The first and the last day of each membership period."""
    for number, row in enumerate(sorted(member.periods.all(), key=lambda row: row.starts_on)):
        title = _("Returned to the association") if number else _("Joined the association")
        yield Activity(row.starts_on, title, Kind.JOINED, row.starts_precision)
        if row.ends_on:
            day = start_of_period(row.ends_on, row.ends_precision)
            yield Activity(day, _("Left the association"), Kind.JOINED, row.ends_precision)


@register
def suspensions(member: Member):
    """Suspensions and their ends; joining and leaving is told by the periods."""
    rows = sorted(member.status_changes.all(), key=lambda row: (row.happened_on, row.pk))
    for earlier, row in itertools.pairwise([None, *rows]):
        if row.status == StatusChange.Status.SUSPENDED:
            title = _("Membership suspended")
        elif row.status == StatusChange.Status.MEMBER and _is_suspension(earlier):
            title = _("Membership restored")
        else:
            continue
        yield Activity(row.happened_on, title, Kind.JOINED, row.precision)


def _is_suspension(row: StatusChange | None) -> bool:
    return row is not None and row.status == StatusChange.Status.SUSPENDED


@register
def names(member: Member):
    """The days on which the member took another name."""
    for row in member.names.all():
        if row.kind == MemberName.Kind.NAME and row.starts_on:
            text, language = in_language(row, "name")
            other = language if language != reading_order()[0] else ""
            yield Activity(row.starts_on, text, Kind.NAME, row.starts_precision, language=other)
