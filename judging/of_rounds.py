"""What a jury adds to a round: it is copied to another year, and missed where there is none."""

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext, pgettext_lazy

from awards import calls, round_copying
from awards.models import Category, Entry, Round
from content import workqueue
from judging.models import Stage


@round_copying.register
def stages(round: Round, new: Round, categories: dict[Category, Category]) -> list[str]:
    """Stages with their criteria and rules, moved by whole years; no jurors, no votes."""
    shift = new.year - round.year
    olds = list(round.stages.prefetch_related("categories", "criteria"))
    for stage in olds:
        copy = round_copying.row_copied(
            stage, round=new, state=Stage.State.PLANNED, closed_at=None, closed_by=None,
            opens_at=round_copying.years_later(stage.opens_at, shift, new),
            closes_at=round_copying.years_later(stage.closes_at, shift, new),
        )  # fmt: skip
        copy.categories.set(categories[one] for one in stage.categories.all())
        for criterion in stage.criteria.all():
            round_copying.row_copied(criterion, stage=copy)
    if not (number := len(olds)):
        return []
    words = ngettext(
        "%(number)d stage of judging with its criteria, without jurors",
        "%(number)d stages of judging with their criteria, without jurors",
        number,
    )
    return [words % {"number": number}]


LACKING = "no-jury"


def without_a_jury() -> QuerySet[Round]:
    """Rounds that are over, have entries to judge, and nobody or nothing to judge them by."""
    now = timezone.now()
    later = Category.objects.filter(closes_at__gt=now).values("round")
    sent = Entry.objects.filter(round=OuterRef("pk"), state=Entry.State.SUBMITTED)
    found = Round.objects.filter(Exists(sent), closes_at__lte=now).exclude(pk__in=later)
    return found.filter(Q(stages=None) | Q(jurors=None)).distinct()


calls.lacking[LACKING] = (pgettext_lazy("calls", "without a jury"), without_a_jury)


@workqueue.register
def queues(user):
    if not user.has_perm("judging.add_stage"):
        return
    number = without_a_jury().count()
    yield workqueue.Queue(
        title=_("Calls that closed without a jury"),
        count=number,
        note=ngettext(
            "%(count)d call is over, has entries and no jury",
            "%(count)d calls are over, have entries and no jury",
            number,
        )
        % {"count": number},
        url=f"{reverse('admin:awards_round_changelist')}?call={LACKING}",
        link_text=_("Open the list"),
        is_hot=number > 0,
    )
