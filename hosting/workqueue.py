"""What waits for staff: calls whose deadline is over and which are not decided."""

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from content import workqueue
from content.translation_queue import translation_queue
from hosting.models import HostCall


@workqueue.register
def queues(user):
    if not user.has_perm("hosting.change_hostcall"):
        return
    number = HostCall.objects.published().filter(
        closes_at__lte=timezone.now(), decided_at__isnull=True
    ).count()  # fmt: skip
    yield workqueue.Queue(
        title=_("Calls for a host city to decide"),
        count=number,
        note=ngettext(
            "%(count)d call is closed and not decided",
            "%(count)d calls are closed and not decided",
            number,
        )
        % {"count": number},
        url=reverse("admin:hosting_hostcall_changelist"),
        link_text=_("Compare the bids"),
        is_hot=number > 0,
    )
    yield translation_queue(HostCall, _("Calls without a translation"))
