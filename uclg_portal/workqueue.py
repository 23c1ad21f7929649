"""What waits for staff in the outbox: mailing may not know the queues of the ground floor."""

from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from content import workqueue
from mailing.models import Message


@workqueue.register
def queues(user):
    if not user.has_perm("mailing.requeue_message"):
        return
    count = Message.objects.filter(state=Message.State.UNSURE).count()
    yield workqueue.Queue(
        title=_("Mails in doubt"),
        count=count,
        note=ngettext(
            "%(count)d mail may or may not have arrived",
            "%(count)d mails may or may not have arrived",
            count,
        )
        % {"count": count},
        url=reverse("admin:mailing_message_changelist") + "?state__exact=unsure",
        link_text=_("Decide"),
        is_hot=count > 0,
    )
