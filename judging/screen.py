"""The jury's own pages: the stages a juror has work in, and the works of one stage."""

from dataclasses import dataclass

from django.contrib.auth.mixins import LoginRequiredMixin
from django.core.paginator import Paginator
from django.db.models import Count, Q, QuerySet
from django.http import Http404, HttpRequest, HttpResponseBase
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.crypto import salted_hmac
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from django.views.generic import TemplateView

from judging import jurors_view, voting
from judging.models import Assignment, Juror, Stage

PER_PAGE = 100
LONGEST_SEARCH = 100
FILTERS = {
    "": _("All works"),
    "open": _("To be judged"),
    "voted": _("Judged"),
    "abstained": _("Abstained"),
}


def person_key(user) -> str:
    """What a device knows a juror by: scores kept without a connection go to nobody else."""
    return salted_hmac("judging.screen", str(user.pk), algorithm="sha256").hexdigest()[:24]


def is_over(stage: Stage) -> bool:
    """Whether no vote comes in any more."""
    return stage.state == Stage.State.CLOSED or timezone.now() >= stage.closes_at


@dataclass(frozen=True)
class Progress:
    """How many works a juror has judged, abstained from, and has before them."""

    voted: int
    abstained: int
    open: int

    @property
    def done(self) -> int:
        return self.voted + self.abstained

    @property
    def total(self) -> int:
        return self.done + self.open


def progress(assignments: QuerySet[Assignment]) -> Progress:
    """Counted in one query."""
    states = ("voted", "abstained", "open")
    return Progress(
        **assignments.aggregate(**{name: Count("pk", filter=Q(state=name)) for name in states})
    )


class JurorMixin(LoginRequiredMixin):
    """For pages of the jury: who holds no seat learns nothing of them."""

    needs_second_factor = True

    def dispatch(self, request: HttpRequest, *args, **kwargs) -> HttpResponseBase:
        if not request.user.is_authenticated:
            return self.handle_no_permission()
        self.seats = Juror.objects.of(request.user)
        self.prepare()
        return super().dispatch(request, *args, **kwargs)

    def prepare(self) -> None:
        if not self.seats.exists():
            raise Http404

    def get_context_data(self, **kwargs):
        return super().get_context_data(person=person_key(self.request.user), **kwargs)


class StageMixin(JurorMixin):
    """For pages of one stage: only those in its jury come in. Sets `stage` and `seat`."""

    def prepare(self) -> None:
        stages = Stage.objects.exclude(state=Stage.State.PLANNED).select_related("round__award")
        own = stages.filter(round__in=self.seats.values("round"))
        self.stage = get_object_or_404(own, pk=self.kwargs["stage"])

    @cached_property
    def works(self) -> QuerySet[Assignment]:
        """What this person may see of the stage, in the order of the numbers."""
        return jurors_view.visible(self.request.user).filter(stage=self.stage)

    @cached_property
    def can_vote(self) -> bool:
        return voting.is_open(self.stage)

    @cached_property
    def is_ranked(self) -> bool:
        return self.stage.method == Stage.Method.RANKING

    def get_context_data(self, **kwargs):
        # In place of the key of the stage, which the address brings under the same name.
        kwargs |= {"stage": self.stage, "can_vote": self.can_vote, "is_ranked": self.is_ranked}
        return super().get_context_data(is_over=is_over(self.stage), **kwargs)


class JuryFront(JurorMixin, TemplateView):
    """The stages of all juries a person sits in: until when, how far they are, what to do."""

    template_name = "judging/screen/front.html"

    def get_context_data(self, **kwargs):
        rounds = self.seats.values("round")
        stages = Stage.objects.filter(round__in=rounds).select_related("round__award")
        rows = [self._row(stage) for stage in stages.order_by("closes_at", "pk")]
        return super().get_context_data(
            current=[row for row in rows if not row["is_over"]],
            past=[row for row in reversed(rows) if row["is_over"]],
            **kwargs,
        )

    def _row(self, stage: Stage) -> dict:
        counted = self._counts.get(stage.pk, Progress(0, 0, 0))
        can_vote = voting.is_open(stage)
        return {
            "stage": stage,
            "progress": counted,
            "can_vote": can_vote,
            "is_planned": stage.state == Stage.State.PLANNED,
            "is_over": is_over(stage),
        }

    @cached_property
    def _counts(self) -> dict[int, Progress]:
        states = ("voted", "abstained", "open")
        counted = (
            jurors_view.visible(self.request.user)
            .order_by()
            .values("stage")
            .annotate(**{name: Count("pk", filter=Q(state=name)) for name in states})
        )
        return {row["stage"]: Progress(**{name: row[name] for name in states}) for row in counted}


class Gallery(StageMixin, TemplateView):
    """The works of a stage as small pictures with their state; filtered, searched, by hundreds."""

    template_name = "judging/screen/gallery.html"

    def get_context_data(self, **kwargs):
        state = self.request.GET.get("state", "")
        words = self.request.GET.get("q", "")[:LONGEST_SEARCH].replace("\0", "")
        found = jurors_view.search(self.works, words)
        if state in Assignment.State.values:
            found = found.filter(state=state)
        page = Paginator(found, PER_PAGE).get_page(self.request.GET.get("page"))
        page.object_list = jurors_view.build(page.object_list, self.stage)
        counted = progress(self.works)
        return super().get_context_data(
            page=page,
            progress=counted,
            first_open=self.works.filter(state=Assignment.State.OPEN).first(),
            filters=self._filters(state, counted),
            state=state,
            words=words,
            **kwargs,
        )

    @staticmethod
    def _filters(state: str, counted: Progress) -> list[dict]:
        numbers = {"": counted.total, "open": counted.open, "voted": counted.voted,
                   "abstained": counted.abstained}  # fmt: skip
        return [
            {"value": value, "label": label, "count": numbers[value], "current": value == state}
            for value, label in FILTERS.items()
        ]
