"""What waits for staff: statements that differ, anniversaries, requests of members, texts."""

import datetime
from collections.abc import Iterator

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from content import workqueue
from content.translation_queue import translation_queue
from partnerships import anniversaries
from partnerships.models import HelpRequest, OutsideCity, Partnership

PATIENCE = datetime.timedelta(days=3)
PARTNERSHIPS = "admin:partnerships_partnership_changelist"


@workqueue.register
def queues(user) -> Iterator[workqueue.Queue]:
    if user.has_perm("partnerships.change_partnership"):
        yield _not_confirmed()
        yield _anniversaries()
    if user.has_perm("partnerships.change_helprequest"):
        yield _requests()
    if user.has_perm("partnerships.change_outsidecity"):
        yield translation_queue(OutsideCity, _("Cities outside without a translation"))


def _not_confirmed() -> workqueue.Queue:
    number = Partnership.objects.not_confirmed().count()
    return workqueue.Queue(
        title=_("Partnerships the other side does not confirm"),
        count=number,
        note=_("Two cities say different things; clear it up with both"),
        url=f"{reverse(PARTNERSHIPS)}?answer__exact=refused",
        link_text=_("See the differences"),
        is_hot=number > 0,
    )


def _anniversaries() -> workqueue.Queue:
    return workqueue.Queue(
        title=_("Anniversaries of agreements"),
        count=len(anniversaries.told_on()),
        note=_("Letters in both languages are drafted"),
        url=f"{reverse(PARTNERSHIPS)}?anniversary=near",
        link_text=_("See the anniversaries"),
    )


def _requests() -> workqueue.Queue:
    sent = list(HelpRequest.objects.open().values_list("created_at", flat=True))
    late = sum(moment < timezone.now() - PATIENCE for moment in sent)
    return workqueue.Queue(
        title=_("Requests of members"),
        count=len(sent),
        note=ngettext(
            "%(count)d waits for more than three days",
            "%(count)d wait for more than three days",
            late,
        )
        % {"count": late}
        if late
        else _("Introductions, consultations, help"),
        url=f"{reverse('admin:partnerships_helprequest_changelist')}?todo=received,in_work",
        link_text=_("Answer the requests"),
        is_hot=bool(late),
    )
