"""What waits for staff in the life of members: applications, missing places, who came and went."""

import datetime
from collections.abc import Iterator

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from content import workqueue
from members import anniversaries, lifecycle
from members.models import Member, MembershipApplication, Prospect

PATIENCE = datetime.timedelta(days=7)
LIST = "admin:members_membershipapplication_changelist"
State = MembershipApplication.State


def applications() -> Iterator[workqueue.Queue]:
    """Applications to be put before the Council, and those whose decision is to be entered."""
    waiting = MembershipApplication.objects.filter(state=State.RECEIVED)
    yield workqueue.Queue(
        title=_("Applications for membership"),
        count=waiting.count(),
        note=_("To be put before the Council"),
        url=f"{reverse(LIST)}?state__exact={State.RECEIVED}",
        link_text=_("Read the applications"),
        is_hot=waiting.filter(received_at__lt=timezone.now() - PATIENCE).exists(),
    )
    yield workqueue.Queue(
        title=_("Applications before the body"),
        count=MembershipApplication.objects.filter(state=State.BEFORE_BODY).count(),
        note=_("The decision is to be entered"),
        url=f"{reverse(LIST)}?state__exact={State.BEFORE_BODY}",
        link_text=_("Enter the decisions"),
    )


def prospects() -> workqueue.Queue:
    """Prospective members whose next step is due."""
    return workqueue.Queue(
        title=_("Prospective members"),
        count=Prospect.objects.step_due().count(),
        note=_("A next step is due"),
        url=f"{reverse('admin:members_prospect_changelist')}?step=due",
        link_text=_("See the next steps"),
    )


def without_place() -> workqueue.Queue:
    """Members that no map can show."""
    return workqueue.Queue(
        title=_("Members without coordinates"),
        count=Member.objects.members().filter(latitude__isnull=True).count(),
        note=_("They stand below the map, not on it"),
        url=f"{reverse('admin:members_member_changelist')}?place=none&membership=members",
        link_text=_("Add the coordinates"),
    )


def anniversaries_of_the_year() -> workqueue.Queue:
    """Who is to be congratulated this year."""
    found = anniversaries.of_year()
    return workqueue.Queue(
        title=_("Anniversaries of membership"),
        count=len(found),
        note=_("This year, members of 5, 10, 15, 20 and more years"),
        url=reverse("members:anniversaries"),
        link_text=_("See who has an anniversary"),
    )


def difference() -> Iterator[workqueue.Queue]:
    """Who is shown as a member today and was not yesterday, or the other way round."""
    came, went = map(len, lifecycle.came_and_went())
    if came or went:
        yield workqueue.Queue(
            title=_("Members shown today"),
            count=came + went,
            note=difference_words(came, went),
            url=f"{reverse('admin:members_member_changelist')}?membership=changed",
            link_text=_("See who came and went"),
        )


def difference_words(came: int, went: int) -> str:
    """Since yesterday: 2 more, 1 fewer."""
    more = ngettext("%(n)d more since yesterday", "%(n)d more since yesterday", came) % {"n": came}
    fewer = ngettext("%(n)d fewer since yesterday", "%(n)d fewer since yesterday", went)
    return "; ".join(text for text, number in ((more, came), (fewer % {"n": went}, went)) if number)
