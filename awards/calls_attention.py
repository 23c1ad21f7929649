"""What a representative may do next: enter a call that closes soon."""

import datetime
from collections.abc import Iterator

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from awards import deadlines, eligibility
from awards.models import Entry, Round
from content.languages import in_language
from members import attention
from members.attention import Attention

SOON = datetime.timedelta(days=30)
PRESSING = datetime.timedelta(days=7)


@attention.register
def calls_to_enter(member, user) -> Iterator[Attention]:
    """Calls that close within a month, which the member may enter and has sent nothing to."""
    now = timezone.now()
    entered = Entry.objects.filter(entrant__member=member, state=Entry.State.SUBMITTED)
    calls = Round.objects.open(now).exclude(pk__in=entered.values("round"))
    for round in calls.select_related("award").prefetch_related("categories"):
        closes_at = deadlines.closing(round)
        if closes_at - now > SOON or eligibility.of_member(round, member):
            continue
        yield Attention(
            title=_("Call for entries: %(title)s") % {"title": in_language(round, "title")[0]},
            url=reverse("awards:cabinet", args=[member.slug]),
            action=_("Send an entry"),
            deadline=closes_at,
            zone=round.time_zone,
            is_hot=closes_at - now <= PRESSING,
        )
