"""The issue of a year's invoices in the admin: the year, the preview, the progress, the result."""

import datetime

from django.contrib import admin, messages
from django.contrib.admin.helpers import AdminForm
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from content import dated
from content.editing import answered, once
from dues import issuing, plan
from dues.models import IssueRun
from dues.staff_forms import ConfirmForm, RunForm

ROWS_ON_A_PAGE = 100
# Longer than this a worker should not take; then staff may do the work while they wait.
PATIENCE = datetime.timedelta(minutes=1)


class IssueRunAdmin(admin.ModelAdmin):
    """Its "add" page shows the preview, its "change" page how far an issue has come."""

    list_display = ["__str__", "year", "status", "total", "issued", "skipped", "started_by"]
    list_select_related = ["started_by"]
    actions = None

    def get_queryset(self, request):
        return super().get_queryset(request).defer("lines")

    def has_delete_permission(self, request, obj=None):
        return False

    def add_view(self, request, form_url="", extra_context=None):
        """Ask for the year, show who gets what, and issue what was confirmed."""
        if not self.has_add_permission(request):
            raise PermissionDenied
        if request.method == "POST":
            return self._confirm(request)
        given = request.GET if "year" in request.GET else None
        form = RunForm(given, initial={"year": dated.today().year})
        if given is None or not form.is_valid():
            return self._page(request, "admin/dues/run_year.html", self._asked(form))
        return self._preview(request, form)

    def _asked(self, form: RunForm) -> dict:
        names = [field.name for field in form.visible_fields()]
        return {
            "adminform": AdminForm(form, [(None, {"fields": names})], {}, model_admin=self),
            "title": _("Issue invoices"),
        }

    def _preview(self, request: HttpRequest, form: RunForm) -> HttpResponse:
        typed = form.cleaned_data
        found = plan.make(typed["year"], dated.today(), typed["due_on"])
        shown = {**typed, "seen": found.digest}
        page = Paginator(found.lines, ROWS_ON_A_PAGE).get_page(request.GET.get("page"))
        return self._page(
            request,
            "admin/dues/run_preview.html",
            {
                "title": _("Invoices for %(year)s: preview") % {"year": typed["year"]},
                "plan": found,
                "page": page,
                "problems": found.problems[:ROWS_ON_A_PAGE],
                "more_problems": max(len(found.problems) - ROWS_ON_A_PAGE, 0),
                "confirm": ConfirmForm(initial=shown),
                "due_on": typed["due_on"],
            },
        )

    def _confirm(self, request: HttpRequest) -> HttpResponse:
        if first := answered(request.POST.get("form_key", "")):
            return first
        form = ConfirmForm(request.POST)
        if not form.is_valid():
            messages.warning(request, _("The preview cannot be confirmed. Look at it again."))
            return HttpResponseRedirect(reverse("admin:dues_issuerun_add"))
        typed = form.cleaned_data
        found = plan.make(typed["year"], dated.today(), typed["due_on"])
        if found.digest != typed["seen"] or not found.lines:
            messages.warning(request, _("Something has changed meanwhile. Look at it again."))
            due = typed["due_on"].isoformat() if typed["due_on"] else ""
            address = reverse("admin:dues_issuerun_add")
            return HttpResponseRedirect(f"{address}?year={typed['year']}&due_on={due}")
        return once(typed["form_key"], lambda: self._start(request, found, typed["due_on"]))

    def _start(self, request: HttpRequest, found: plan.Plan, due_on) -> str:
        chosen = issuing.start(found, dated.today(), due_on, request.user)
        return reverse("admin:dues_issuerun_change", args=[chosen.pk])

    def change_view(self, request, object_id, form_url="", extra_context=None):
        """How far an issue has come; one that no worker takes may be done while staff wait."""
        chosen = self.get_object(request, object_id)
        if chosen is None:
            raise Http404
        if not self.has_view_permission(request, chosen):
            raise PermissionDenied
        if request.method == "POST":
            if not self.has_add_permission(request):
                raise PermissionDenied
            try:
                issuing.run(chosen.pk)
            except ValidationError as refusal:
                messages.error(request, refusal.messages[0])
            return HttpResponseRedirect(request.path)
        is_running = chosen.status == IssueRun.Status.RUNNING
        return self._page(
            request,
            "admin/dues/run_result.html",
            {
                "title": str(chosen),
                "chosen": chosen,
                "is_running": is_running,
                "is_late": is_running and timezone.now() - chosen.changed_at > PATIENCE,
            },
        )

    def _page(self, request, template: str, context: dict) -> HttpResponse:
        shared = {**self.admin_site.each_context(request), "opts": self.opts}
        return TemplateResponse(request, template, {**shared, **context})
