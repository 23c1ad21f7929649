"""The weights lab in the admin: try, keep, compare, download. Trying writes nothing."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponseBase, QueryDict
from django.urls import reverse
from django.utils.translation import get_language, pgettext
from django.utils.translation import gettext as _

from content import tables
from content.editing import once
from ratings.models import Method
from ratings.scoring import ScoringRefused
from standings import caveats, comparing, lab, runs
from standings.computing import Rows, load
from standings.lab_forms import KeepForm, RulesForm, RunsForm, WeightsForm, filled
from standings.results_desk import DeskView


class LabForms:
    """Both forms of the lab with what an address says, or as the edition has it."""

    def __init__(self, edition, data: QueryDict):
        self.rows: Rows = load(edition)
        self.is_tried = "try" in data
        method = Method.objects.filter(edition=edition).first() or Method(edition=edition)
        typed: dict[str, Any] = {"weights": None, "rules": None}
        if self.is_tried:
            typed["weights"] = filled(WeightsForm, data, rows=self.rows)
            typed["rules"] = filled(RulesForm, data, instance=method)
        self.weights = WeightsForm(self.rows, typed["weights"])
        self.rules = RulesForm(typed["rules"], instance=method)

    def trial(self) -> lab.Trial | None:
        """What comes out, None where nothing was tried or something is wrong with what was typed.

        A method that does not fit is said on top of the rules.
        """
        if not self.is_tried or not all([self.weights.is_valid(), self.rules.is_valid()]):
            return None
        try:
            return lab.try_out(self.rows, self.weights.weights(), self.rules.instance)
        except ScoringRefused as refused:
            self.rules.add_error(None, caveats.refused_words(refused))
        return None


class LabView(DeskView):
    """Change weights and rules, see who moves; nothing is saved."""

    template = "lab"

    def get(self, request: HttpRequest, *args, **kwargs) -> HttpResponseBase:
        forms = LabForms(self.edition, request.GET)
        trial = forms.trial()
        kind = request.GET.get("format")
        if trial is not None and kind in ("csv", "xlsx"):
            return self._file(trial, kind)
        return self.show(**self.shown(forms, trial))

    def shown(self, forms: LabForms, trial: lab.Trial | None, keep: KeepForm | None = None) -> dict:
        query = self.request.GET if self.request.method == "GET" else forms_query(self.request)
        return {
            "title": _("What if: %(edition)s") % {"edition": self.edition},
            "weights": forms.weights, "rules": forms.rules, "sections": forms.weights.sections(),
            "is_tried": forms.is_tried, "trial": trial, "query": query.urlencode(),
            "keep": keep or KeepForm(), "is_empty": not forms.rows.responses,
            "runs": self.edition.runs.select_related("made_by")[:20],
        }  # fmt: skip

    def _file(self, trial: lab.Trial, kind: str) -> HttpResponseBase:
        headings = [_("City"), pgettext("beside a trial", "Place now"), _("Place tried"),
                    pgettext("of a place", "Change"), _("Score now"), _("Score tried")]  # fmt: skip
        rows = [
            [one.name, one.before, one.after, one.words, one.score_before, one.score_after]
            for one in trial.comparison.moves
        ]
        name = f"what-if-{self.edition.slug}"
        if kind == "csv":
            return tables.csv_response(name, headings, rows)
        return tables.xlsx_response(name, _("What if"), headings, rows)


class KeepView(LabView):
    """Keep what was tried as a trial run; the only deed of the lab that writes."""

    needs = "standings.add_run"
    http_method_names = ["post"]

    def post(self, request: HttpRequest, *args, **kwargs) -> HttpResponseBase:
        forms = LabForms(self.edition, forms_query(request))
        trial = forms.trial()
        keep = KeepForm(request.POST)
        if trial is None or not keep.is_valid():
            return self.show(**self.shown(forms, trial, keep))

        def deed() -> str:
            run = runs.keep(
                trial.tried, keep.cleaned_data["title"], forms.weights.weights(),
                forms.rules.instance, request.user,
            )  # fmt: skip
            messages.success(request, _("The trial run “%(title)s” is kept.") % {"title": run})
            return reverse("admin:standings_compare", args=[self.edition.pk]) + f"?second={run.pk}"

        return once(keep.cleaned_data["form_key"], deed)


class CompareView(DeskView):
    """Two runs side by side, or a run and the results of now."""

    template = "compare"

    def values(self) -> dict[str, Any]:
        form = RunsForm(self.edition, self.request.GET)
        values = {
            "title": _("Compare trial runs: %(edition)s") % {"edition": self.edition},
            "form": form, "has_runs": self.edition.runs.exists(),
        }  # fmt: skip
        if not form.is_valid() or not any(form.cleaned_data.values()):
            return values
        first, second = form.cleaned_data["first"], form.cleaned_data["second"]
        try:
            sides = [runs.side(one, self.edition) for one in (first, second)]
        except ScoringRefused as refused:
            return values | {"refused": caveats.refused_words(refused)}
        names = runs.names_of(self.edition, (get_language() or "ru")[:2])
        return values | {
            "first": first, "second": second,
            "comparison": comparing.compare(sides[0][0], sides[1][0], names),
            "answers_changed": sides[0][1] != sides[1][1],
        }  # fmt: skip


def forms_query(request: HttpRequest) -> QueryDict:
    """What was tried, as the form for keeping carries it."""
    return QueryDict(request.POST.get("query", ""))
