"""What waits for staff: profile changes that representatives sent."""

import datetime

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from content import workqueue
from members.models import ProfileUpdate

PATIENCE = datetime.timedelta(days=2)


@workqueue.register
def queues(user):
    if not user.has_perm("members.change_profileupdate"):
        return
    sent = list(ProfileUpdate.objects.waiting().values_list("submitted_at", flat=True))
    late = sum(moment < timezone.now() - PATIENCE for moment in sent)
    yield workqueue.Queue(
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
