"""One work on a juror's screen: what it is, the points, a comment, and the way to the next one."""

import re

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.views.generic import TemplateView

from judging import jurors_view, screen_scores, voting
from judging.models import Assignment, Result
from judging.refusals import Refused
from judging.screen import StageMixin, progress

POINTS = re.compile(r"[0-9]{1,3}\Z")
CRITERION = re.compile(r"[0-9]{1,18}\Z")


class Work(StageMixin, TemplateView):
    """A work by its number. Every button of a form here saves one thing at once.

    `static/js/judging.js` sends the same to `Votes` and keeps it while there is no connection.
    """

    template_name = "judging/screen/work.html"

    @cached_property
    def assignment(self) -> Assignment:
        return get_object_or_404(self.works, entry__number=self.kwargs["number"])

    def get(self, request: HttpRequest, *args, **kwargs) -> HttpResponse:
        return self.render_to_response(self.get_context_data(**kwargs))

    def post(self, request: HttpRequest, *args, **kwargs) -> HttpResponse:
        try:
            words = self._do(request.POST)
        except Refused as refused:
            return self.render_to_response(
                self.get_context_data(error=str(refused), typed=request.POST, **kwargs)
            )
        return redirect(f"{request.path}?done={words}#scores")

    def _do(self, data) -> str:
        """What the button that was pressed says; Refused where it is not done."""
        if "abstain" in data:
            why = screen_scores.reason_from(data.get("reason", ""), data.get("words", ""))
            voting.abstain(self.assignment, why)
            return "abstained"
        if "take_back" in data:
            voting.take_back(self.assignment)
            return "taken_back"
        voting.give(self.assignment, _points_in(data), comment=data.get("comment"))
        return "given"

    def get_context_data(self, error: str = "", typed=None, **kwargs):
        (row,) = jurors_view.build(self.works.filter(pk=self.assignment.pk), self.stage)
        typed = typed or {}
        return super().get_context_data(
            row=row,
            work=row.work,
            scores=screen_scores.rows_for(self.stage, row),
            reasons=screen_scores.REASONS.items(),
            comment=typed.get("comment", row.comment),
            words=typed.get("words", ""),
            reason=typed.get("reason", ""),
            error=error,
            done=self.request.GET.get("done", ""),
            result=self._result(row),
            progress=progress(self.works),
            **self._neighbours(row),
            **kwargs,
        )

    def _neighbours(self, row: Assignment) -> dict[str, int | None]:
        """Numbers of the works around: by number, and the next one that is to be judged."""
        numbers = list(self.works.values_list("entry__number", "state"))
        own = row.entry.number
        later = [number for number, _state in numbers if number > own]
        earlier = [number for number, _state in numbers if number < own]
        waiting = [number for number, state in numbers if state == "open" and number != own]
        return {
            "previous": earlier[-1] if earlier else None,
            "next": later[0] if later else None,
            "next_open": next((one for one in waiting if one > own), next(iter(waiting), None)),
        }

    def _result(self, row: Assignment) -> Result | None:
        """What was counted of all votes: once the stage is closed, for those who gave their own."""
        if row.state != Assignment.State.VOTED:
            return None
        return Result.objects.filter(stage=self.stage, entry=row.entry_id).first()


def _points_in(data) -> dict[int | None, int]:
    """Points of a form: the button `give`, "12:7", and the fields "points-12" that are filled in.

    Raises Refused for what is no number.
    """
    given = [data["give"].partition(":")[::2]] if "give" in data else []
    typed = [
        (name.removeprefix("points-"), value.strip())
        for name, value in data.items()
        if name.startswith("points-") and value.strip()
    ]
    return dict(_score(key, points) for key, points in [*given, *typed])


def _score(key: str, points: str) -> tuple[int | None, int]:
    if not POINTS.match(points) or not (key == "work" or CRITERION.match(key)):
        raise Refused(_("Points are a whole number."))
    return screen_scores.criterion_of(key), int(points)
