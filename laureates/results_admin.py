"""Results of rounds in the admin: the record, its desk, rounds that wait for results."""

from django.contrib import admin, messages
from django.contrib.admin.helpers import AdminForm
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from content.keys import as_key
from content.staff_time import StaffTimeMixin
from laureates import correcting, workqueue
from laureates.models import Laureate, Results
from laureates.results_desk import ResultsDesk
from laureates.results_forms import CorrectionForm, ResultsForm

FIELDS = ("published_at", "decision", "introduction_ru", "introduction_en")


@admin.register(Results)
class ResultsAdmin(StaffTimeMixin, admin.ModelAdmin):
    form = ResultsForm
    list_display = ["round", "award", "published_at", "released_at", "to_desk"]
    list_select_related = ["round__award"]
    list_filter = ["round__award"]
    search_fields = ["round__title_ru", "round__title_en"]
    fields = ["round", *FIELDS, "released_by", "released_at", "to_desk"]
    readonly_fields = ["round", "released_by", "released_at", "to_desk"]

    def get_queryset(self, request):
        rows = super().get_queryset(request)
        return rows.select_related("round__award", "released_by", "decision__meeting")

    def get_readonly_fields(self, request, obj=None):
        """What was released stays; the release is taken back first, while that can be."""
        if obj is not None and obj.released_at is not None:
            return [*self.readonly_fields, *FIELDS]
        return self.readonly_fields

    def has_add_permission(self, request):
        """They are made from the round: see `to_release`."""
        return False

    def has_delete_permission(self, request, obj=None):
        return False

    @admin.display(description=_("award"))
    def award(self, results):
        return results.round.award

    @admin.display(description=_("laureates and release"))
    def to_desk(self, results):
        address = reverse("admin:laureates_results_desk", args=[results.pk])
        return format_html('<a href="{}">{}</a>', address, _("Open the desk of the results"))

    def get_urls(self):
        wrap = self.admin_site.admin_view
        desk = ResultsDesk.as_view(desk=self)
        return [
            path("<int:pk>/desk/", wrap(desk), name="laureates_results_desk"),
            path("to-release/", wrap(self.to_release), name="laureates_results_to_release"),
            path("correct/<int:pk>/", wrap(self.correct), name="laureates_results_correct"),
            *super().get_urls(),
        ]

    def to_release(self, request: HttpRequest) -> HttpResponse:
        """Rounds that are judged and have no public results; a post begins with one of them."""
        if not request.user.has_perm("laureates.change_results"):
            raise PermissionDenied
        rounds = workqueue.rounds_to_release().select_related("award", "results")
        if request.method == "POST":
            round = get_object_or_404(rounds, pk=as_key(request.POST.get("round", "")))
            results, _is_new = Results.objects.get_or_create(round=round)
            return redirect("admin:laureates_results_desk", results.pk)
        context = {
            **self.admin_site.each_context(request),
            "rounds": rounds,
            "opts": self.opts,
            "title": _("Results to publish"),
        }
        return TemplateResponse(request, "admin/laureates/to_release.html", context)

    def correct(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Correct a released laureate; what was wrong stands on the public page."""
        if not request.user.has_perm("laureates.add_erratum"):
            raise PermissionDenied
        rows = Laureate.objects.filter(round__results__released_at__isnull=False)
        laureate = get_object_or_404(rows.select_related("round"), pk=pk)
        form = CorrectionForm(request.POST or None, instance=laureate)
        if request.method == "POST" and form.is_valid() and self._corrected(request, form):
            return redirect("admin:laureates_results_desk", laureate.round.results.pk)
        context = {
            **self.admin_site.each_context(request),
            "adminform": AdminForm(
                form, [(None, {"fields": list(form.fields)})], {}, model_admin=self
            ),
            "lead": _("The page of the results says what was corrected, and when."),
            "button": _("Publish the correction"),
            "opts": self.opts,
            "title": _("Correct: %(laureate)s") % {"laureate": laureate},
        }
        return TemplateResponse(request, "accounts/admin/form.html", context)

    def _corrected(self, request: HttpRequest, form: CorrectionForm) -> bool:
        typed = form.cleaned_data
        try:
            correcting.correct(
                form.instance, form.changes(), typed["erratum_ru"], typed["erratum_en"],
                request.user,
            )  # fmt: skip
        except correcting.CorrectionRefused as refused:
            form.add_error(None, str(refused))
            return False
        self.message_user(request, _("The correction is published."), messages.SUCCESS)
        return True
