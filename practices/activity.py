"""Practices in the chronicle: shared, taken over by others or from others, recommended."""

from collections.abc import Iterator

from django.db.models import Q
from django.utils.translation import gettext as _

from content.dated import Precision
from content.dates import local_day
from content.languages import in_language
from content.timezones import association_zone
from members import activity
from practices.models import Adoption, Practice, Recommendation

KIND = activity.Kind.PRACTICE


@activity.register
def shared(member) -> Iterator[activity.Activity]:
    """One query: what the city shared, by the day it became public."""
    for practice in Practice.objects.published().filter(member=member):
        yield activity.Activity(
            day=local_day(practice.published_at, association_zone()),
            title=_("Shared a practice: %(title)s") % {"title": _title(practice)},
            kind=KIND,
            url=practice.get_absolute_url(),
        )


@activity.register
def taken_over(member) -> Iterator[activity.Activity]:
    """One query: on the pages of both cities, the one that took over and the one that gave."""
    rows = Adoption.objects.public().filter(Q(member=member) | Q(practice__member=member))
    for row in rows.select_related("practice__member", "member"):
        if row.member_id == member.pk:
            words = _("Took over a practice of %(city)s: %(title)s")
            other = row.practice.member
        else:
            words, other = _("%(city)s took over the practice: %(title)s"), row.member
        yield activity.Activity(
            day=row.adopted_on,
            title=words % {"city": in_language(other, "name")[0], "title": _title(row.practice)},
            kind=KIND,
            url=row.practice.get_absolute_url(),
        )


@activity.register
def recommended(member) -> Iterator[activity.Activity]:
    """One query: who recommended practices of the city to others."""
    rows = Recommendation.objects.filter(
        practice__in=Practice.objects.published().filter(member=member).values("pk")
    )
    for row in rows.select_related("practice", "body", "meeting"):
        yield activity.Activity(
            day=row.recommended_on,
            title=_("Practice recommended to others by %(who)s: %(title)s")
            % {"who": row.named(), "title": _title(row.practice)},
            kind=KIND,
            precision=Precision(row.date_precision).value,
            url=row.practice.get_absolute_url(),
        )


def _title(practice: Practice) -> str:
    return in_language(practice, "title")[0]
