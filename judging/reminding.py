"""Letters to jurors who are behind: when the coordinator asks, and three days before the end."""

import datetime
import functools
import uuid
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from content import audit
from content.dates import moment_text
from judging import juries, progress
from judging.models import Juror, Stage
from judging.refusals import Refused
from mailing import outbox, reminders

BEFORE = datetime.timedelta(days=3)
TEMPLATE = "judging/mail/behind"


@transaction.atomic
def remind(stage: Stage, key: uuid.UUID, by: Any) -> int:
    """Write to everybody who has works to judge; the same key writes once. Says to how many.

    Raises Refused where votes are not taken.
    """
    if stage.state != Stage.State.OPEN or timezone.now() >= stage.closes_at:
        raise Refused(_("Votes are not taken now: there is nothing to remind of."))
    occasion = f"judging.asked:{stage.pk}:{key}"
    written = [one for one in progress.behind(stage) if _write(occasion, stage, one) is not None]
    audit.record("judging.reminded", stage, by, f"{stage}: {len(written)}")
    return len(written)


def _write(occasion: str, stage: Stage, line: progress.JurorLine):
    user = line.juror.user
    return outbox.write(
        occasion, user.email, user.language, TEMPLATE, context_of(stage, line.juror, line.waiting),
        user=user, about=stage.round, is_bulk=True, expires_at=stage.closes_at,
    )  # fmt: skip


def context_of(stage: Stage, juror: Juror, waiting: int) -> dict[str, Any]:
    """What the letter says: how many works wait, until when by the reader's own clock."""
    return {
        "name": juror.user.full_name,
        "title": lambda: juries.title_of(stage.round),
        "works": functools.partial(_works, waiting),
        "until": lambda: moment_text(stage.closes_at, stage.round.zone),
        "own_until": lambda: _own(stage, juror),
        "link": juries.address,
        "reason": lambda: _("You receive this letter because you are a juror of this round."),
    }


def _own(stage: Stage, juror: Juror) -> str:
    """The end by the juror's own clock, where it differs."""
    clocks = [stage.closes_at.astimezone(one) for one in (stage.round.zone, juror.user.zone)]
    if clocks[0].utcoffset() == clocks[1].utcoffset():
        return ""
    return moment_text(stage.closes_at, juror.user.zone)


def _works(waiting: int) -> str:
    return ngettext("%(count)d work", "%(count)d works", waiting) % {"count": waiting}


@reminders.register
def due(now: datetime.datetime):
    """Reminders three days before a stage ends; a later end brings another one."""
    stages = Stage.objects.filter(
        state=Stage.State.OPEN, closes_at__gt=now - reminders.LOOK_BACK, closes_at__lte=now + BEFORE
    )
    for stage in stages.select_related("round__award"):
        for line in progress.behind(stage):
            user = line.juror.user
            yield reminders.DueReminder(
                occasion=f"judging.behind:{stage.pk}:{line.juror.pk}:{stage.closes_at:%Y%m%d%H%M}",
                email=user.email,
                language=user.language,
                template=TEMPLATE,
                context=context_of(stage, line.juror, line.waiting),
                user=user,
                about=stage.round,
                due_at=stage.closes_at - BEFORE,
                expires_at=stage.closes_at,
            )
