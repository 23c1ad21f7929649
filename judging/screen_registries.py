"""Where the jury's pages are announced: after sign-in, and in a representative's cabinet."""

from collections.abc import Iterator

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts import landing
from content.languages import in_language
from judging import jurors_view, voting
from judging.models import Juror, Stage
from members import attention
from members.attention import Attention


@landing.register
def jury(user) -> str:
    """Jurors who represent no city come to the jury's pages."""
    return reverse("judging:front") if Juror.objects.of(user).exists() else ""


@attention.register
def works_to_judge(_member, user) -> Iterator[Attention]:
    """A representative who sits in a jury: the works that wait for their vote."""
    waiting = jurors_view.visible(user).filter(state="open").order_by().values("stage")
    for stage in Stage.objects.filter(pk__in=waiting).select_related("round__award"):
        if voting.is_open(stage):
            yield _task(stage, waiting.filter(stage=stage).count())


def _task(stage: Stage, number: int) -> Attention:
    award = in_language(stage.round.award, "title")[0]
    words = ngettext(
        "%(number)s work is to be judged.", "%(number)s works are to be judged.", number
    )
    return Attention(
        title=_("Jury: %(award)s") % {"award": award},
        url=reverse("judging:gallery", args=[stage.pk]),
        action=_("Judge the works"),
        deadline=stage.closes_at,
        note=words % {"number": number},
        zone=stage.round.time_zone,
    )
