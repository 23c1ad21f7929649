"""What waits for staff among meetings and elections."""

from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from content import workqueue
from meetings.models import Election, Meeting, Nomination


@workqueue.register
def queues(user):
    if user.has_perm("meetings.add_election"):
        yield _to_publish()
        yield _to_count()
        yield _late()
    if user.has_perm("meetings.add_minutes"):
        yield _without_minutes()


def _to_publish() -> workqueue.Queue:
    number = Election.objects.filter(state=Election.State.COUNTED).count()
    return workqueue.Queue(
        title=_("Results to approve and publish"),
        count=number,
        note=ngettext(
            "%(count)d counted election waits for a second person",
            "%(count)d counted elections wait for a second person",
            number,
        )
        % {"count": number},
        url=reverse("admin:meetings_election_changelist") + "?step=publish",
        link_text=_("Look at the results"),
        is_hot=number > 0,
    )


def _to_count() -> workqueue.Queue:
    number = Election.objects.to_count().count()
    return workqueue.Queue(
        title=_("Elections to count"),
        count=number,
        note=ngettext(
            "%(count)d election is closed and not counted",
            "%(count)d elections are closed and not counted",
            number,
        )
        % {"count": number},
        url=reverse("admin:meetings_election_changelist") + "?step=count",
        link_text=_("Enter the votes"),
    )


def _late() -> workqueue.Queue:
    open_elections = Election.objects.filter(state=Election.State.ANNOUNCED)
    number = Nomination.objects.refused().filter(election__in=open_elections).count()
    return workqueue.Queue(
        title=_("Late nominations"),
        count=number,
        note=ngettext(
            "%(count)d nomination came after the close",
            "%(count)d nominations came after the close",
            number,
        )
        % {"count": number},
        url=reverse("admin:meetings_election_changelist") + "?step=late",
        link_text=_("Admit or leave"),
    )


def _without_minutes() -> workqueue.Queue:
    number = Meeting.objects.without_minutes().count()
    return workqueue.Queue(
        title=_("Minutes to approve"),
        count=number,
        note=ngettext(
            "%(count)d meeting was held, its minutes are not approved",
            "%(count)d meetings were held, their minutes are not approved",
            number,
        )
        % {"count": number},
        url=reverse("admin:meetings_meeting_changelist") + "?has_minutes=missing",
        link_text=_("Approve the minutes"),
    )
