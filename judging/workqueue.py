"""What waits for staff: stages that end soon with votes missing, stages that are over."""

import datetime

from django.db.models import Exists, OuterRef
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from content import workqueue
from judging.models import Assignment, Stage

SOON = datetime.timedelta(days=7)


@workqueue.register
def queues(user):
    if not user.has_perm("judging.change_stage"):
        return
    now = timezone.now()
    stages = Stage.objects.filter(state=Stage.State.OPEN)
    yield _queue(
        _("Stages of judging to count"),
        stages.filter(closes_at__lte=now).count(),
        lambda number: ngettext(
            "%(count)d stage is over and not counted",
            "%(count)d stages are over and not counted",
            number,
        ),
    )
    waiting = Assignment.objects.filter(stage=OuterRef("pk"), state="open")
    soon = stages.filter(Exists(waiting), closes_at__gt=now, closes_at__lte=now + SOON)
    yield _queue(
        _("Juries that are behind"),
        soon.count(),
        lambda number: ngettext(
            "%(count)d stage ends within a week with works to be judged",
            "%(count)d stages end within a week with works to be judged",
            number,
        ),
    )


def _queue(title, number: int, words) -> workqueue.Queue:
    return workqueue.Queue(
        title=title,
        count=number,
        note=words(number) % {"count": number},
        url=f"{reverse('admin:judging_stage_changelist')}?state__exact=open",
        link_text=_("Open the stages"),
        is_hot=number > 0,
    )
