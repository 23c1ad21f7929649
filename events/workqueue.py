"""What waits for staff among the events: decisions over the quota, texts that lack a language."""

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from content import workqueue
from content.translation_queue import translation_queue
from events import invitations
from events.models import ChangeRequest, Event, Participant


@workqueue.register
def queues(user):
    if user.has_perm("events.change_participant"):
        yield _over_quota()
        yield _to_approve()
    if user.has_perm("events.change_changerequest"):
        yield _late_changes()
    if user.has_perm("events.change_event"):
        yield translation_queue(Event, _("Events without a translation"))
        yield _date_missing()
    if user.has_perm("events.change_invitation"):
        yield _letters_to_post()


def _letters_to_post() -> workqueue.Queue:
    number = invitations.letters_to_post().values("invitation").distinct().count()
    return workqueue.Queue(
        title=_("Letters on paper: invitations without an answer"),
        count=number,
        note=ngettext(
            "%(count)d letter to a head of a city waits to be posted",
            "%(count)d letters to heads of cities wait to be posted",
            number,
        )
        % {"count": number},
        url=reverse("admin:events_invitation_changelist") + "?letter=waiting",
        link_text=_("Print and post"),
    )


def _date_missing() -> workqueue.Queue:
    open_ones = Event.objects.tentative().filter(ends_at__gt=timezone.now())
    number = open_ones.exclude(status__in=("cancelled", "withdrawn")).count()
    return workqueue.Queue(
        title=_("Events whose date is missing"),
        count=number,
        note=ngettext(
            "%(count)d event has a month or a year, but no day",
            "%(count)d events have a month or a year, but no day",
            number,
        )
        % {"count": number},
        url=reverse("admin:events_event_changelist") + "?date=missing&when=upcoming",
        link_text=_("Fix the dates"),
    )


def _over_quota() -> workqueue.Queue:
    number = Participant.objects.to_decide().count()
    return workqueue.Queue(
        title=_("Delegates over the quota"),
        count=number,
        note=ngettext(
            "%(count)d person waits to hear whether they can come",
            "%(count)d people wait to hear whether they can come",
            number,
        )
        % {"count": number},
        url=reverse("admin:events_participant_changelist") + "?decision=open",
        link_text=_("Decide"),
        is_hot=number > 0,
    )


def _to_approve() -> workqueue.Queue:
    number = Participant.objects.to_approve().count()
    return workqueue.Queue(
        title=_("Registrations to approve"),
        count=number,
        note=ngettext(
            "%(count)d person waits for approval", "%(count)d people wait for approval", number
        )
        % {"count": number},
        url=reverse("admin:events_participant_changelist") + "?decision=pending",
        link_text=_("Decide"),
        is_hot=number > 0,
    )


def _late_changes() -> workqueue.Queue:
    number = ChangeRequest.objects.filter(state=ChangeRequest.State.OPEN).count()
    return workqueue.Queue(
        title=_("Changes of delegations after the deadline"),
        count=number,
        note=ngettext(
            "%(count)d delegation waits for an answer",
            "%(count)d delegations wait for an answer",
            number,
        )
        % {"count": number},
        url=reverse("admin:events_changerequest_changelist") + "?state__exact=open",
        link_text=_("Decide"),
        is_hot=number > 0,
    )
