"""Laureates in the admin; the payment of prizes and its papers for those with the right to it."""

from django import forms
from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.db import models
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import get_object_or_404
from django.urls import path, reverse
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from content import privatefiles
from content.publishing import PublishNowMixin
from content.record_admin import PublicRecordAdmin, PublicRecordForm, TranslationFilter
from content.staff_time import StaffTimeMixin
from content.title_column import TitleColumnMixin
from dues.money import AmountField
from laureates import wording
from laureates.correcting import TEXTS
from laureates.import_admin import ImportPages
from laureates.models import Laureate, PrizePaper

PAPER = privatefiles.reserve("laureates.prize_paper", "laureates.view_prizepaper")
ENDINGS = (".pdf", ".docx", ".xlsx", ".jpg", ".jpeg", ".png")
HTTPS = {models.URLField: {"assume_scheme": "https"}}
PAYMENT = ("payment", "paid_on")
# What a release freezes; see the trigger on laureates.
FROZEN = (
    "award", "round", "year", "results_of_year", "category", "kind", "member", "honour", "place",
    "status", "published_at", "prize_amount", "prize_currency",
    *(f"{name}_{code}" for name in TEXTS for code in ("ru", "en")),
)  # fmt: skip


class LaureateForm(PublishNowMixin, PublicRecordForm):
    """A laureate. Of a round held here it becomes public with the results alone."""

    class Meta:
        field_classes = {"prize_amount": AmountField}


class PaperForm(forms.ModelForm):
    """A paper about a prize: uploaded here, opened by those with the right to it."""

    upload = forms.FileField(label=_("file"), required=False)
    uploaded_by = None

    class Meta:
        model = PrizePaper
        fields = ["title"]

    def clean(self):
        cleaned = super().clean()
        upload = cleaned.get("upload")
        if not upload and not self.instance.file_id and self.has_changed():
            self.add_error("upload", _("Choose a file."))
        elif upload:
            try:
                self.instance.file = privatefiles.store(
                    upload, PAPER, self.uploaded_by, endings=ENDINGS
                )
            except forms.ValidationError as error:
                self.add_error("upload", error)
        return cleaned


class PaperInline(admin.TabularInline):
    model = PrizePaper
    form = PaperForm
    fields = ["title", "upload", "stored"]
    readonly_fields = ["stored"]
    extra = 0

    def get_queryset(self, request):
        return super().get_queryset(request).select_related("file")

    def get_formset(self, request, obj=None, **kwargs):
        formset = super().get_formset(request, obj, **kwargs)
        formset.form.uploaded_by = request.user
        return formset

    @admin.display(description=_("stored file"))
    def stored(self, row):
        if not row.pk:
            return "—"
        address = reverse("admin:laureates_laureate_paper", args=[row.pk])
        return format_html('<a href="{}">{}</a>', address, row.file)


@admin.register(Laureate)
class LaureateAdmin(TitleColumnMixin, StaffTimeMixin, PublicRecordAdmin):
    form = LaureateForm
    change_list_template = "admin/laureates/laureate_list.html"
    list_display = ["shown_title", "award", "year", "honour_said", "prize", "status"]
    list_filter = ["status", "award", "year", "honour", TranslationFilter]
    list_select_related = ["award"]
    search_fields = ["title_ru", "title_en", "member__name_search", "citation_ru", "citation_en"]
    autocomplete_fields = ["award", "round", "member", "picture", "event"]
    inlines = [PaperInline]
    formfield_overrides = {**PublicRecordAdmin.formfield_overrides, **HTTPS}
    fieldsets = [
        (
            None,
            {
                "fields": [
                    ("title_ru", "title_en"), ("citation_ru", "citation_en"),
                    ("work_title_ru", "work_title_en"), ("jury_words_ru", "jury_words_en"),
                    "small_edit",
                ]
            },
        ),
        (
            _("Honour"),
            {
                "fields": [
                    "award", "round", ("year", "results_of_year"), "category",
                    ("category_text_ru", "category_text_en"), "kind", "member",
                    ("honour", "place"), ("honour_text_ru", "honour_text_en"), "picture",
                ]
            },
        ),
        (
            _("Prize and ceremony"),
            {
                "fields": [
                    ("prize_amount", "prize_currency"), ("presenter_ru", "presenter_en"),
                    ("recipient_ru", "recipient_en"), "event",
                    ("presented_on", "presented_precision"),
                    ("presented_at_ru", "presented_at_en"),
                ]
            },
        ),
        (_("Source"), {"fields": [("source_ru", "source_en"), "source_url", "is_invented"]}),
        (_("Publishing"), {"fields": [("status", "published_at")]}),
    ]  # fmt: skip

    def get_queryset(self, request):
        return super().get_queryset(request).select_related("award", "round__results")

    def get_fieldsets(self, request, obj=None):
        fieldsets = super().get_fieldsets(request, obj)
        if not request.user.has_perm("laureates.view_prizepaper"):
            return fieldsets
        return [*fieldsets, (_("Payment of the prize"), {"fields": [PAYMENT]})]

    def get_list_filter(self, request):
        may = request.user.has_perm("laureates.view_prizepaper")
        return [*self.list_filter, "payment"] if may else self.list_filter

    def lookup_allowed(self, lookup, value, request=None):
        """Nobody learns by a filter in the address who was paid."""
        if lookup.startswith(PAYMENT):
            return request is not None and request.user.has_perm("laureates.view_prizepaper")
        return super().lookup_allowed(lookup, value, request)

    def get_readonly_fields(self, request, obj=None):
        """Payment is another right than the words; what was released is corrected elsewhere."""
        closed = set(super().get_readonly_fields(request, obj))
        may_pay = request.user.has_perm("laureates.change_prizepaper")
        if may_pay and not self.has_add_permission(request):
            closed |= {name for name in self._all_fields() if name not in PAYMENT}
        elif not may_pay:
            closed |= set(PAYMENT)
        if obj is not None and obj.round_id:
            closed |= {"status", "published_at", "round", "award"}
            if _is_released(obj):
                closed |= set(FROZEN)
        closed -= {"version"}
        return sorted(closed)

    def _all_fields(self) -> list[str]:
        names = [name for _title, options in self.fieldsets for name in options["fields"]]
        return [one for name in names for one in (name if isinstance(name, tuple) else [name])
                if one != "small_edit"]  # fmt: skip

    @admin.display(description=_("honour"))
    def honour_said(self, laureate):
        return wording.honour_words(laureate)

    @admin.display(description=_("prize"))
    def prize(self, laureate):
        return wording.prize_words(laureate) or "—"

    def paper(self, request: HttpRequest, pk: int) -> HttpResponseBase:
        """A paper about a prize, for those with the right to it."""
        if not request.user.has_perm("laureates.view_prizepaper"):
            raise PermissionDenied
        paper = get_object_or_404(PrizePaper.objects.select_related("file"), pk=pk)
        return privatefiles.response_for(paper.file)

    def get_urls(self):
        pages = ImportPages(self)
        wrap = self.admin_site.admin_view
        return [
            path("papers/<int:pk>/", wrap(self.paper), name="laureates_laureate_paper"),
            path("import/", wrap(pages.upload), name="laureates_laureate_import"),
            path("import/template/", wrap(pages.template), name="laureates_laureate_template"),
            *super().get_urls(),
        ]


def _is_released(laureate: Laureate) -> bool:
    results = getattr(laureate.round, "results", None)
    return results is not None and results.released_at is not None
