"""The work queue of deeds that wait for a second person."""

import datetime

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from content import approvals, workqueue

PATIENCE = datetime.timedelta(days=2)


@workqueue.register
def queues(user):
    if not user.has_perm("content.view_approval"):
        return
    waiting = approvals.open_for(user)
    late = waiting.filter(asked_at__lt=timezone.now() - PATIENCE).exists()
    yield workqueue.Queue(
        title=_("Approvals"),
        count=waiting.count(),
        note=_("Colleagues ask for a second person's approval"),
        url=f"{reverse('admin:content_approval_changelist')}?state=open",
        link_text=_("Look at them"),
        is_hot=late,
    )
