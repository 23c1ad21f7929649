"""What waits for staff among the events: decisions over the quota, texts that lack a language."""

from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from content import workqueue
from content.translation_queue import translation_queue
from events.models import Event, Participant


@workqueue.register
def queues(user):
    if user.has_perm("events.change_participant"):
        yield _over_quota()
    if user.has_perm("events.change_event"):
        yield translation_queue(Event, _("Events without a translation"))


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
