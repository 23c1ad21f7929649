"""What waits for staff: profile changes that representatives sent, texts one language lacks."""

import datetime

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from content import dated, workqueue
from content.translation_queue import translation_queue
from members import confirmation, lifecycle_queues
from members.models import Confirmation, Handover, Member, ProfileUpdate

PATIENCE = datetime.timedelta(days=2)


@workqueue.register
def queues(user):
    if user.has_perm("members.change_profileupdate"):
        yield _profile_changes()
    if user.has_perm("members.change_handover"):
        yield _handovers()
    if user.has_perm("members.view_confirmation"):
        yield _unconfirmed()
    if user.has_perm("members.change_confirmation"):
        yield _notes()
    if user.has_perm("members.change_membershipapplication"):
        yield from lifecycle_queues.applications()
    if user.has_perm("members.change_prospect"):
        yield lifecycle_queues.prospects()
    if user.has_perm("members.change_member"):
        yield lifecycle_queues.without_place()
        yield from lifecycle_queues.difference()
        yield lifecycle_queues.anniversaries_of_the_year()
        yield translation_queue(Member, _("Members without a translation"))


def _profile_changes() -> workqueue.Queue:
    sent = list(ProfileUpdate.objects.waiting().values_list("submitted_at", flat=True))
    late = sum(moment < timezone.now() - PATIENCE for moment in sent)
    return workqueue.Queue(
        title=_("Profile changes"),
        count=len(sent),
        note=ngettext(
            "%(count)d waits for more than two days", "%(count)d wait for more than two days", late
        )
        % {"count": late}
        if late
        else _("Representatives wait for a decision"),
        url=f"{reverse('admin:members_profileupdate_changelist')}?status__exact=waiting",
        link_text=_("Decide"),
        is_hot=bool(late),
    )


def _handovers() -> workqueue.Queue:
    sent = Handover.objects.filter(state=Handover.State.WAITING)
    late = sent.filter(asked_at__lt=timezone.now() - PATIENCE).exists()
    return workqueue.Queue(
        title=_("Hand-overs"),
        count=sent.count(),
        note=_("Leaving representatives have named successors"),
        url=f"{reverse('admin:members_handover_changelist')}?state__exact=waiting",
        link_text=_("Decide"),
        is_hot=late,
    )


def _unconfirmed() -> workqueue.Queue:
    late = confirmation.open_questions().filter(deadline__lt=dated.today())
    return workqueue.Queue(
        title=_("Not confirmed in time"),
        count=late.count(),
        note=_("Members that did not answer the yearly question"),
        url=f"{reverse('admin:members_confirmation_changelist')}?answer=late",
        link_text=_("See whom"),
    )


def _notes() -> workqueue.Queue:
    open_notes = Confirmation.objects.filter(note__gt="", note_settled_at__isnull=True)
    return workqueue.Queue(
        title=_("Corrections that came with a confirmation"),
        count=open_notes.count(),
        note=_("Facts that only the secretariat changes"),
        url=f"{reverse('admin:members_confirmation_changelist')}?answer=notes",
        link_text=_("See to them"),
    )
