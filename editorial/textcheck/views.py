"""The text check in the admin: its own screen for a record, a box in the form, the swap button."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from content.languages import LANGUAGE_CODES
from editorial.textcheck.checking import check, in_wrong_slot
from editorial.textcheck.findings import Finding
from editorial.textcheck.fixing import apply
from editorial.textcheck.passages import translated_fields

SWAP = "_swap"


def count_words(number: int) -> str:
    """ "3 remarks of the text check": shown before publishing; empty when there are none."""
    if not number:
        return ""
    text = ngettext(
        "%(number)s remark of the text check", "%(number)s remarks of the text check", number
    )
    return text % {"number": number}


def swapped(data, fields: list[str]):
    """The sent form with the two languages of each field exchanged, where both were sent."""
    data = data.copy()
    for field in fields:
        names = [f"{field}_{code}" for code in LANGUAGE_CODES]
        if all(name in data for name in names):
            first, second = names
            data[first], data[second] = data[second], data[first]
    return data


class TextCheckMixin:
    """For ModelAdmin of public records: remarks on the texts, each with its own fix."""

    def get_urls(self):
        name = f"{self.opts.app_label}_{self.opts.model_name}_textcheck"
        view = self.admin_site.admin_view
        return [
            path("<int:pk>/text-check/", view(self.text_check), name=name),
            path("<int:pk>/text-check/fix/", view(self.fix_text), name=f"{name}_fix"),
            *super().get_urls(),
        ]

    def text_check(self, request: HttpRequest, pk: int) -> HttpResponse:
        """All remarks on a record, with a button for each fix."""
        record = self._checked_record(request, pk)
        may_fix = self.has_change_permission(request, record)
        context = {
            **self.admin_site.each_context(request),
            "title": _("Text check"),
            "opts": self.opts,
            "original": record,
            "rows": [self._row(finding, may_fix) for finding in check(record)],
            "fix_url": _address(self, "textcheck_fix", pk),
        }
        return TemplateResponse(request, "admin/editorial/textcheck.html", context)

    @method_decorator(require_POST)
    def fix_text(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Apply one fix to the text as it was seen; refused when it has changed meanwhile."""
        record = self._checked_record(request, pk)
        if not self.has_change_permission(request, record):
            raise PermissionDenied
        version = request.POST.get("version", "")
        try:
            seen = int(version) if version.isascii() and version.isdigit() else -1
            apply(record, request.POST.get("key", ""), request.user, version=seen)
        except ValidationError as refused:
            self.message_user(request, " ".join(refused.messages), messages.ERROR)
        else:
            self.message_user(request, _("Put right, and kept as a revision."), messages.SUCCESS)
        return redirect(_address(self, "textcheck", pk))

    def changeform_view(self, request, object_id=None, form_url="", extra_context=None):
        """The swap button saves the form with the two languages of a field exchanged."""
        field = request.POST.get(SWAP)
        if request.method == "POST" and field in translated_fields(self.model):
            request.POST = swapped(request.POST, [field])
            request.POST["_continue"] = "1"
        return super().changeform_view(request, object_id, form_url, extra_context)

    def save_related(self, request, form, formsets, change):
        """Text in the wrong language is spoken of at once; it is saved all the same."""
        super().save_related(request, form, formsets, change)
        for finding in in_wrong_slot(form.instance):
            self.message_user(request, finding.message, messages.WARNING)

    def render_change_form(self, request, context, *args, obj=None, **kwargs):
        context["textcheck"] = self._box(context["adminform"].form, obj)
        return super().render_change_form(request, context, *args, obj=obj, **kwargs)

    def _box(self, form, obj) -> dict:
        findings = check(obj) if obj is not None else []
        return {
            "template": "admin/editorial/textcheck_box.html",
            "count": count_words(len(findings)),
            "url": _address(self, "textcheck", obj.pk) if obj is not None else "",
            "wrong": [finding for finding in findings if finding.fix == "swap"],
            "pairs": [
                {"field": name, "label": self.opts.get_field(name).verbose_name}
                for name in translated_fields(self.model)
                if all(f"{name}_{code}" in form.fields for code in LANGUAGE_CODES)
            ],
        }

    def _row(self, finding: Finding, may_fix: bool) -> dict:
        field = self.opts.get_field(finding.field).verbose_name if finding.field else ""
        return {"finding": finding, "field": field, "may_fix": may_fix and bool(finding.fix)}

    def _checked_record(self, request: HttpRequest, pk: int):
        record = self.get_object(request, str(pk))
        if not self.has_view_permission(request, record):
            raise PermissionDenied
        if record is None:
            raise Http404
        return record


def _address(desk, name: str, pk: int) -> str:
    opts = desk.opts
    return reverse(f"admin:{opts.app_label}_{opts.model_name}_{name}", args=[pk])
