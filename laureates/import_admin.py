"""The import of past laureates in the admin: a file, its preview row by row, the confirmation."""

from django import forms
from django.contrib import messages
from django.contrib.admin.helpers import AdminForm
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils.text import capfirst
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from content import tables
from content.keys import as_key
from content.models import PrivateFile
from content.privatefiles import reserve, store
from laureates import importing
from laureates.importing_file import COLUMNS
from laureates.models import Laureate

PURPOSE = reserve("laureates.import", "laureates.add_laureate")
KINDS = {
    importing.NEW: _("New"),
    importing.SAME: _("There already"),
    importing.WRONG: _("To correct"),
}


class UploadForm(forms.Form):
    file = forms.FileField(
        label=_("File"),
        help_text=_("Excel workbook (.xlsx), a row for every honour; up to 5,000 rows."),
        widget=forms.FileInput(attrs={"accept": ".xlsx"}),
    )


class ImportPages:
    """The pages of the admin class `desk` on which past laureates are imported."""

    def __init__(self, desk):
        self.desk = desk

    def upload(self, request: HttpRequest) -> HttpResponse:
        """Choose a file; see what it says; confirm."""
        if not request.user.has_perm("laureates.add_laureate"):
            raise PermissionDenied
        if request.method == "POST" and "confirm" in request.POST:
            return self._confirm(request)
        form = UploadForm(request.POST or None, request.FILES or None)
        if request.method == "POST" and form.is_valid():
            try:
                kept = store(form.cleaned_data["file"], PURPOSE, request.user, endings=(".xlsx",))
                return self._preview(request, kept, importing.judge(_data(kept)))
            except ValidationError as error:
                form.add_error("file", error)
        context = {
            "adminform": AdminForm(form, [(None, {"fields": ["file"]})], {}, model_admin=self.desk),
            "button": _("Show what it says"),
        }
        return self._page(request, "admin/laureates/import_upload.html", context)

    def _confirm(self, request: HttpRequest) -> HttpResponse:
        rows = PrivateFile.objects.filter(purpose=PURPOSE, uploaded_by=request.user)
        kept = rows.filter(pk=as_key(request.POST.get("file", ""))).first()
        if kept is None:
            messages.error(request, _("The file is not there any more. Choose it again."))
            return redirect("admin:laureates_laureate_import")
        verdicts = importing.apply(_data(kept), request.user)
        written = sum(one.kind == importing.NEW for one in verdicts)
        messages.success(request, _("Laureates added: %(count)d.") % {"count": written})
        return redirect("admin:laureates_laureate_changelist")

    def _preview(self, request: HttpRequest, kept: PrivateFile, verdicts) -> HttpResponse:
        counts = [
            (label, sum(one.kind == kind for one in verdicts)) for kind, label in KINDS.items()
        ]
        context = {
            "kept": kept,
            "counts": counts,
            "rows": [(one, KINDS[one.kind]) for one in verdicts],
            "to_write": sum(one.kind == importing.NEW for one in verdicts),
        }
        return self._page(request, "admin/laureates/import_preview.html", context)

    def _page(self, request: HttpRequest, template: str, context: dict) -> HttpResponse:
        common = {
            **self.desk.admin_site.each_context(request),
            "opts": self.desk.opts,
            "title": _("Import past laureates"),
        }
        return TemplateResponse(request, template, {**common, **context})

    def template(self, request: HttpRequest) -> HttpResponse:
        """An empty workbook with the headings, and a row that shows how they are filled in."""
        if not request.user.has_perm("laureates.add_laureate"):
            raise PermissionDenied
        place = 0 if (get_language() or "ru").startswith("ru") else 1
        headings = [names[place] for names in COLUMNS.values()]
        title = capfirst(Laureate._meta.verbose_name_plural)
        return tables.xlsx_response("laureates", title, headings, [])


def _data(kept: PrivateFile) -> bytes:
    with kept.file.open() as file:
        return file.read()
