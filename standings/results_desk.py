"""Draft results of an edition for staff: lists, warnings, firmness, the points of one city."""

import uuid
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views import View

from content import jobs, tables
from ratings.models import Edition
from ratings.scoring import ScoringRefused
from standings import caveats, desk_lists, explaining, firmness, noted, points_page
from standings.computing import Outcome, compute
from standings.models import Points, Seal

# Cities up to which one page shows all lists; of more it shows one list at a time.
MOST_FOR_ALL_LISTS = 100


class DeskView(View):
    """A page about one edition inside the admin; `needs` is the right it takes."""

    desk: Any = None
    needs = "standings.view_run"
    template = ""

    def dispatch(self, request: HttpRequest, *args, **kwargs) -> HttpResponseBase:
        if not request.user.has_perm(self.needs):
            raise PermissionDenied
        held = Edition.objects.held().select_related("rating", "host", "method")
        self.edition = get_object_or_404(held, pk=kwargs["pk"])
        return super().dispatch(request, *args, **kwargs)

    def get(self, request: HttpRequest, *args, **kwargs) -> HttpResponseBase:
        return self.show(**self.values())

    def values(self) -> dict[str, Any]:
        """What the template shows besides the frame."""
        return {}

    def scored(self, **options) -> Outcome | None:
        """The outcome of now, None where the method does not fit: `refused` says why."""
        self.refused = ""
        try:
            return compute(self.edition, **options)
        except ScoringRefused as refused:
            self.refused = caveats.refused_words(refused)
        return None

    def show(self, **values) -> HttpResponse:
        context = {
            **self.desk.admin_site.each_context(self.request),
            "edition": self.edition,
            "opts": self.desk.opts,
            "may_keep": self.request.user.has_perm("standings.add_run"),
            **values,
        }
        return TemplateResponse(self.request, f"standings/desk/{self.template}.html", context)


class ResultsDesk(DeskView):
    """Draft results: what would be sealed now."""

    template = "results"

    def values(self) -> dict[str, Any]:
        is_long = firmness.is_long(self.edition)
        outcome = self.scored(firm=not is_long)
        values = {
            "title": _("Draft results: %(edition)s") % {"edition": self.edition},
            "refused": self.refused,
            "seal": Seal.objects.filter(edition=self.edition).order_by("-revision").first(),
            "is_long": is_long,
        }
        if outcome is None:
            return values
        found = noted.noted(outcome)
        lists = desk_lists.lists(outcome, found)
        return values | {
            "outcome": outcome,
            "is_empty": not outcome.inputs.responses,
            "all_lists": lists,
            "lists": self._shown(lists, len(outcome.places)),
            "without_place": desk_lists.without_place(outcome),
            "noted": noted.sentences(outcome, found),
            "caveats": caveats.caveats(outcome),
        }

    def _shown(self, lists: list[desk_lists.PlaceList], cities: int) -> list[desk_lists.PlaceList]:
        """All lists; where cities are many the one asked for, or the first."""
        if cities <= MOST_FOR_ALL_LISTS or not lists:
            return lists
        asked = self.request.GET.get("list")
        return [next((one for one in lists if one.key == asked), lists[0])]


class FirmnessDesk(DeskView):
    """Places under other weights, other methods, without one question; a table to download."""

    template = "firmness"

    def get(self, request: HttpRequest, *args, **kwargs) -> HttpResponseBase:
        kind = request.GET.get("format")
        if kind not in ("csv", "xlsx") or firmness.is_long(self.edition):
            return super().get(request, *args, **kwargs)
        outcome = self.scored()
        if outcome is None:
            return super().get(request, *args, **kwargs)
        name, rows = f"likely-places-{self.edition.slug}", firmness.table(outcome)
        if kind == "csv":
            return tables.csv_response(name, firmness.headings(), rows)
        return tables.xlsx_response(name, _("Likely places"), firmness.headings(), rows)

    def post(self, request: HttpRequest, *args, **kwargs) -> HttpResponseBase:
        """Ask for the table of an edition with too many sets of weights to wait for."""
        key = request.POST.get("form_key", "")
        title = _("Likely places: %(edition)s") % {"edition": self.edition}
        job = jobs.ask(
            firmness.JOB, title, {"edition": self.edition.pk}, request.user, key=job_key(key)
        )
        return redirect("admin:content_job_change", job.pk)

    def values(self) -> dict[str, Any]:
        is_long = firmness.is_long(self.edition)
        outcome = self.scored(firm=not is_long)
        values = {
            "title": _("Firmness of places: %(edition)s") % {"edition": self.edition},
            "refused": self.refused, "is_long": is_long, "form_key": uuid.uuid4(),
        }  # fmt: skip
        if outcome is None or outcome.scores is None:
            return values
        found = firmness.alternatives(outcome)
        return values | {
            "outcome": outcome,
            "headings": firmness.headings(),
            "likely": [] if is_long else firmness.table(outcome),
            "alternatives": found,
            "by_method": _by_method(outcome, found),
            "without": firmness.without_each(outcome),
        }


class PointsDesk(DeskView):
    """The points of one city, for the secretariat: sealed ones, or those of now."""

    needs = "standings.view_points"
    template = "points"

    def values(self) -> dict[str, Any]:
        response = get_object_or_404(
            self.edition.responses.counted().select_related("member"), pk=self.kwargs["response"]
        )
        sealed = (
            Points.objects.filter(standing__response=response)
            .select_related("standing").order_by("-standing__seal__revision").first()
        )  # fmt: skip
        if sealed is None:
            outcome = self.scored(firm=False)
            if outcome is None:
                raise Http404
            detail = explaining.points_of(outcome, response)
        else:
            detail = sealed.detail
        title = _("Points: %(city)s") % {"city": response}
        return {
            "title": title, "is_sealed": sealed is not None,
            "points": points_page.explained(self.edition, detail),
            "back": reverse("admin:standings_desk", args=[self.edition.pk]),
        }  # fmt: skip


def _by_method(outcome: Outcome, found: list[firmness.Alternative]) -> list[tuple]:
    """A row for each city with a place: its name and its place by every method."""
    rows = [
        (desk_lists.name_of(place), [one.ranks[at] for one in found])
        for at, place in enumerate(outcome.places)
        if place.rank
    ]
    return sorted(rows, key=lambda row: row[1][0] or 0)


def job_key(text: str) -> uuid.UUID | None:
    """The key of a form that asks for a job, None where it is none."""
    try:
        return uuid.UUID(text)
    except ValueError:
        return None
