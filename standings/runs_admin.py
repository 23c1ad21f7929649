"""Trial runs in the admin, and the pages of the results of an edition around them."""

import re
from decimal import Decimal
from urllib.parse import urlencode

from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.db.models import Count, Q
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from questionnaires.numbers import in_field
from ratings.models import Edition
from standings.lab_views import CompareView, KeepView, LabView
from standings.models import Run
from standings.report_desk import ReportDesk
from standings.results_desk import FirmnessDesk, PointsDesk, ResultsDesk

PAGES = [
    ("", ResultsDesk, "desk"),
    ("lab/", LabView, "lab"),
    ("keep/", KeepView, "keep"),
    ("compare/", CompareView, "compare"),
    ("firmness/", FirmnessDesk, "firmness"),
    ("report/", ReportDesk, "report"),
    ("points/<int:response>/", PointsDesk, "desk_points"),
]


@admin.register(Run)
class RunAdmin(admin.ModelAdmin):
    """Kept runs are read, renamed and thrown away; they are made in the lab."""

    list_display = ["title", "edition", "made_by", "made_at", "to_lab"]
    list_select_related = ["edition", "made_by"]
    list_filter = ["edition"]
    search_fields = ["title"]
    fields = ["title", "edition", "made_by", "made_at", "to_lab"]
    readonly_fields = ["edition", "made_by", "made_at", "to_lab"]

    def has_add_permission(self, request):
        """They are made in the lab."""
        return False

    @admin.display(description=_("weights and rules"))
    def to_lab(self, run):
        address = reverse("admin:standings_lab", args=[run.edition_id])
        return format_html('<a href="{}?{}">{}</a>', address, query_of(run), _("Open in the lab"))

    def get_urls(self):
        wrap = self.admin_site.admin_view
        pages = [
            path(
                f"edition/<int:pk>/{address}",
                wrap(view.as_view(desk=self)),
                name=f"standings_{name}",
            )
            for address, view, name in PAGES
        ]
        editions = path("editions/", wrap(self.editions), name="standings_editions")
        return [editions, *pages, *super().get_urls()]

    def editions(self, request: HttpRequest) -> HttpResponse:
        """Editions with a questionnaire, to choose one: results, lab, firmness."""
        if not request.user.has_perm("standings.view_run"):
            raise PermissionDenied
        counted = Q(responses__state__in=["submitted", "checked"])
        rows = Edition.objects.held().select_related("rating").annotate(
            sent=Count("responses", filter=counted)
        )  # fmt: skip
        context = {
            **self.admin_site.each_context(request),
            "editions": rows,
            "opts": self.opts,
            "title": _("Results of ratings"),
        }
        return TemplateResponse(request, "standings/desk/editions.html", context)


def query_of(run: Run) -> str:
    """The address parameters that put a run's weights and rules into the lab."""
    rules = {name: _typed(value) for name, value in run.method.items() if value is not False}
    weights = {f"w-{code}": _typed(value) for code, value in run.weights.items()}
    return urlencode({"try": "1", **rules, **weights})


def _typed(value) -> str:
    """A kept value as a person would type it: nothing that could be read in two ways."""
    if value is True:
        return "on"
    if isinstance(value, float):
        return in_field(Decimal(str(value)))
    if isinstance(value, str) and re.fullmatch(r"[0-9]+\.[0-9]+", value):
        return in_field(Decimal(value))
    return "" if value is None else str(value)
