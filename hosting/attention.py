"""What a representative may do next: bid for an event while a call is open."""

import datetime
from collections.abc import Iterator

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from content.languages import in_language
from hosting.models import Bid, HostCall
from members import attention
from members.attention import Attention

PRESSING = datetime.timedelta(days=7)


@attention.register
def open_calls(member, user) -> Iterator[Attention]:
    """Open calls to which the member has sent no bid."""
    now = timezone.now()
    answered = Bid.objects.filter(member=member).values("call")
    for call in HostCall.objects.open(now).exclude(pk__in=answered):
        yield Attention(
            title=_("Call for a host city: %(title)s") % {"title": in_language(call, "title")[0]},
            url=reverse("hosting:bid", args=[member.slug, call.slug]),
            action=_("Send a bid"),
            deadline=call.closes_at,
            zone=call.zone.key,
            is_hot=call.closes_at - now <= PRESSING,
        )
