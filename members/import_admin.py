"""The import of members in the admin: a file, its preview, the confirmation, the result."""

import datetime

from django import forms
from django.contrib import admin, messages
from django.contrib.admin.helpers import AdminForm
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from content import dated
from content.editing import OneTimeKeyMixin, once
from members.importing import sheets, staging, wording
from members.importing.judging import KINDS, Options
from members.importing.messages import Refused, Remark
from members.models import MemberImport

Status = MemberImport.Status
ROWS_ON_A_PAGE = 100
# Longer than this a worker should not take; then staff may do the work while they wait.
PATIENCE = datetime.timedelta(minutes=1)
TABS = {"error": _("To correct"), "changed": _("Changed"), "new": _("New"), "same": _("Unchanged")}
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


class UploadForm(OneTimeKeyMixin):
    file = forms.FileField(
        label=_("File"),
        help_text=_("Excel workbook (.xlsx) or CSV, up to 10,000 rows. Headings in Russian or "
                    "English, in any order."),
        widget=forms.FileInput(attrs={"accept": ".xlsx,.csv,.tsv,.txt"}),
    )  # fmt: skip
    population_year = forms.IntegerField(
        label=_("Year of the population figures"),
        required=False,
        min_value=1800,
        widget=forms.NumberInput(attrs={"class": "vIntegerField"}),
        help_text=_("For rows that name no year of their own."),
    )
    source_ru = forms.CharField(
        label=_("Their source, in Russian"), required=False, max_length=200,
        widget=forms.TextInput(attrs={"class": "vTextField"}),
        help_text=_("For example Росстат."),
    )  # fmt: skip
    source_en = forms.CharField(
        label=_("Their source, in English"), required=False, max_length=200,
        widget=forms.TextInput(attrs={"class": "vTextField"}),
        help_text=_("For example Rosstat."),
    )  # fmt: skip

    def clean_population_year(self):
        year = self.cleaned_data["population_year"]
        if year and year > dated.today().year:
            raise ValidationError(_("That year is still to come."))
        return year

    def options(self) -> Options:
        typed = self.cleaned_data
        return Options(typed["population_year"], typed["source_ru"], typed["source_en"])


class MemberImportAdmin(admin.ModelAdmin):
    """Its "add" page takes a file, its "change" page shows what became of it."""

    list_display = ["file_name", "created_at", "created_by", "status", "new", "changed", "wrong"]
    list_select_related = ["created_by"]
    actions = None

    def get_queryset(self, request):
        return MemberImport.objects.for_user(request.user).defer("rows").order_by("-pk")

    def _may(self, request) -> bool:
        return request.user.has_perms(["members.add_member", "members.change_member"])

    def has_module_permission(self, request):
        return self._may(request)

    def has_add_permission(self, request):
        return self._may(request)

    def has_view_permission(self, request, obj=None):
        return self._may(request)

    def has_change_permission(self, request, obj=None):
        return False

    def has_delete_permission(self, request, obj=None):
        return False

    @admin.display(description=TABS["new"])
    def new(self, chosen):
        return chosen.counts.get("new", "—")

    @admin.display(description=TABS["changed"])
    def changed(self, chosen):
        return chosen.counts.get("changed", "—")

    @admin.display(description=TABS["error"])
    def wrong(self, chosen):
        return chosen.counts.get("error", "—")

    def get_urls(self):
        def own(view):
            return self.admin_site.admin_view(view)

        return [
            path("template/", own(self.template_view), name="members_memberimport_template"),
            path("<int:pk>/errors.<str:ending>", own(self.errors_view),
                 name="members_memberimport_errors"),
            *super().get_urls(),
        ]  # fmt: skip

    def changelist_view(self, request, extra_context=None):
        title = {"title": capfirst(self.opts.verbose_name_plural)}
        return super().changelist_view(request, {**title, **(extra_context or {})})

    def add_view(self, request, form_url="", extra_context=None):
        """Choose a file. What cannot be read is said beside the field."""
        self._refuse_strangers(request)
        form = UploadForm(
            request.POST or None, request.FILES or None,
            initial={"population_year": dated.today().year - 1},
        )  # fmt: skip
        if request.method == "POST" and form.is_valid():
            try:
                return once(form.cleaned_data["form_key"], lambda: self._receive(request, form))
            except Refused as refused:
                form.add_error("file", refused.remark.text)
        names = [field.name for field in form.visible_fields()]
        context = {
            "adminform": AdminForm(form, [(None, {"fields": names})], {}, model_admin=self),
            "title": _("Import members"),
        }
        return self._page(request, "admin/members/import_upload.html", context)

    def _receive(self, request: HttpRequest, form: UploadForm) -> str:
        chosen = staging.receive(form.cleaned_data["file"], form.options(), request.user)
        return self._address(chosen.pk)

    def change_view(self, request, object_id, form_url="", extra_context=None):
        """The preview, the progress or the result of one import."""
        self._refuse_strangers(request)
        chosen = self._chosen(request, object_id)
        if request.method == "POST":
            if chosen.created_by_id != request.user.pk:
                raise Http404
            return self._deed(request, chosen)
        if chosen.status in (Status.JUDGING, Status.APPLYING):
            waited = timezone.now() - chosen.changed_at
            context = {"is_late": waited > PATIENCE, "is_own": chosen.created_by == request.user}
            return self._show(request, chosen, "admin/members/import_progress.html", context)
        if chosen.status in (Status.REFUSED, Status.DISCARDED):
            refusal = Remark(*chosen.refusal) if chosen.refusal else None
            context = {"refusal": refusal}
            return self._show(request, chosen, "admin/members/import_closed.html", context)
        return self._preview(request, chosen)

    def _preview(self, request: HttpRequest, chosen: MemberImport) -> HttpResponse:
        filled = [kind for kind in KINDS if chosen.counts.get(kind)]
        asked = request.GET.get("kind")
        kind = asked if asked in filled else (filled or ["error"])[0]
        rows = [row for row in chosen.rows if row["kind"] == kind]
        page = Paginator(rows, ROWS_ON_A_PAGE).get_page(request.GET.get("page"))
        context = {
            "tabs": [
                {"kind": one, "label": TABS[one], "count": chosen.counts.get(one, 0),
                 "is_open": one == kind}
                for one in KINDS
            ],
            "kind": kind,
            "page": page,
            "lines": [wording.line(row) for row in page],
            "to_write": staging.will_write(chosen),
            "is_own": chosen.created_by_id == request.user.pk,
            "is_applied": chosen.status == Status.APPLIED,
        }  # fmt: skip
        return self._show(request, chosen, "admin/members/import_preview.html", context)

    def _deed(self, request: HttpRequest, chosen: MemberImport) -> HttpResponse:
        if "discard" in request.POST:
            staging.discard(chosen)
            messages.info(request, _("The file is discarded. Nothing was written."))
            return HttpResponseRedirect(reverse("admin:members_memberimport_add"))
        if "confirm" in request.POST:
            if not staging.confirm(chosen, request.POST.get("seen", "")):
                messages.warning(request, _("The preview has been renewed. Look at it again."))
        elif "now" in request.POST:
            staging.run(chosen.pk)
        return HttpResponseRedirect(self._address(chosen.pk))

    def errors_view(self, request, pk: int, ending: str):
        """The rows that are not taken, to be corrected and chosen again."""
        self._refuse_strangers(request)
        writers = {"xlsx": (sheets.as_workbook, XLSX), "csv": (sheets.as_csv, "text/csv")}
        if ending not in writers:
            raise Http404
        write, kind = writers[ending]
        data = write(sheets.error_rows(self._chosen(request, pk)))
        return _download(data, f"rows-to-correct-{pk}.{ending}", kind)

    def template_view(self, request):
        """The workbook to fill in, in the reader's language."""
        self._refuse_strangers(request)
        return _download(sheets.template(), "members-template.xlsx", XLSX)

    def _refuse_strangers(self, request: HttpRequest) -> None:
        if not self._may(request):
            raise PermissionDenied

    def _chosen(self, request: HttpRequest, pk: str | int) -> MemberImport:
        imports = MemberImport.objects.for_user(request.user).select_related("created_by")
        chosen = imports.filter(pk=pk).first() if str(pk).isdecimal() else None
        if chosen is None:
            raise Http404
        return chosen

    def _address(self, pk: int) -> str:
        return reverse("admin:members_memberimport_change", args=[pk])

    def _show(self, request, chosen: MemberImport, template: str, context: dict) -> HttpResponse:
        return self._page(
            request, template, {"chosen": chosen, "title": chosen.file_name, **context}
        )

    def _page(self, request, template: str, context: dict) -> HttpResponse:
        shared = {**self.admin_site.each_context(request), "opts": self.opts}
        return TemplateResponse(request, template, {**shared, **context})


def _download(data: bytes, name: str, kind: str) -> HttpResponse:
    return HttpResponse(
        data,
        content_type=kind,
        headers={"Content-Disposition": f'attachment; filename="{name}"'},
    )
