"""A juror's own scores as a workbook: what the screen shows, and nothing more."""

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.generic import View

from content.tables import xlsx_response
from judging import jurors_view, screen_scores
from judging.models import Assignment, Stage
from judging.screen import StageMixin


class OwnScores(StageMixin, View):
    """Every work with the own points, comment and reason to abstain."""

    def get(self, request: HttpRequest, *args, **kwargs) -> HttpResponse:
        rows = jurors_view.build(self.works, self.stage)
        columns = self._columns()
        headings = [
            _("Number"), _("Age group"), _("Title"),
            *([] if self.stage.is_blind else [_("Entered by"), _("City")]),
            *(title for _key, title in columns),
            _("State"), _("Comment"), _("Why abstained"),
        ]  # fmt: skip
        name = f"jury-{self.stage.pk}"
        cells = (self._cells(row, [key for key, _title in columns]) for row in rows)
        return xlsx_response(name, _("My scores"), headings, cells)

    def _columns(self) -> list[tuple[str, str]]:
        """(key, heading) of what is given for a work."""
        if self.stage.method == Stage.Method.RANKING:
            return [("position", _("Place in my order"))]
        if self.stage.method == Stage.Method.CRITERIA:
            return [(str(one.pk), str(one)) for one in self.stage.criteria.all()]
        return [("work", _("Points"))]

    def _cells(self, row: Assignment, keys: list[str]) -> list:
        given = {screen_scores.key_of(one.criterion_id): one.points for one in row.scores.all()}
        given["position"] = row.position
        who = [] if self.stage.is_blind else [row.work.entrant, row.work.city]
        return [
            row.work.code, row.work.age_group, row.work.title, *who,
            *(given.get(key) for key in keys),
            row.get_state_display(), row.comment, row.abstained_why,
        ]  # fmt: skip
