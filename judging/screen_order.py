"""The works of a ranking stage in a juror's own order: by dragging, by buttons, by numbers."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.generic import TemplateView

from content.keys import as_key
from judging import jurors_view, voting
from judging.models import Assignment, Stage
from judging.refusals import Refused
from judging.screen import StageMixin, progress


class Order(StageMixin, TemplateView):
    """All works that a juror does not abstain from, the best first; saved as a whole."""

    template_name = "judging/screen/order.html"

    def prepare(self) -> None:
        super().prepare()
        if self.stage.method != Stage.Method.RANKING:
            raise Http404

    def post(self, request: HttpRequest, *args, **kwargs) -> HttpResponse:
        rows = self._rows()
        try:
            order = _order_in(request.POST, rows)
            seat = self.seats.get(round=self.stage.round_id)
            voting.rank(self.stage, seat, [row.pk for row in order])
        except Refused as refused:
            typed = {row.pk: request.POST.get(f"place-{row.pk}", "") for row in rows}
            return self.render_to_response(
                self.get_context_data(error=str(refused), typed=typed, **kwargs)
            )
        return redirect(f"{request.path}?done=ordered")

    def _rows(self) -> list[Assignment]:
        """Those in order first, then those without a place by their number."""
        ranked = self.works.exclude(state=Assignment.State.ABSTAINED)
        rows = jurors_view.build(ranked, self.stage)
        return sorted(rows, key=lambda row: (row.position or len(rows) + 1, row.entry.number))

    def get_context_data(self, error: str = "", typed=None, **kwargs):
        rows = self._rows()
        for place, row in enumerate(rows, start=1):
            row.shown_place = (typed or {}).get(row.pk, place)
        return super().get_context_data(
            rows=rows,
            error=error,
            done=self.request.GET.get("done", ""),
            is_saved=bool(rows) and all(row.position for row in rows),
            progress=progress(self.works),
            **kwargs,
        )


def _order_in(data, rows: list[Assignment]) -> list[Assignment]:
    """The rows as the form puts them: by their numbers, one moved up or down by its button.

    Raises Refused for what is no number and for a place that is given twice.
    """
    places = {row.pk: as_key(data.get(f"place-{row.pk}", "").strip()) for row in rows}
    if None in places.values():
        raise Refused(_("Give every work a place: 1, 2, 3 and so on."))
    if len(set(places.values())) < len(places):
        raise Refused(_("Two works have the same place: give each its own."))
    order = sorted(rows, key=lambda row: places[row.pk])
    for name, step in (("up", -1), ("down", 1)):
        moved = as_key(data.get(name, ""))
        keys = [row.pk for row in order]
        if moved in keys:
            _move(order, keys.index(moved), step)
    return order


def _move(order: list[Assignment], place: int, step: int) -> None:
    other = place + step
    if 0 <= other < len(order):
        order[place], order[other] = order[other], order[place]
