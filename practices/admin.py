"""Practices in the secretariat's admin."""

from django import forms
from django.contrib import admin
from django.core.exceptions import ValidationError
from django.db import models
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _
from modeltranslation.admin import TranslationStackedInline

from content import privatefiles
from content.languages import LANGUAGE_CODES
from content.links_admin import LinkInline
from content.publishing import PublishNowMixin
from content.record_admin import LANGUAGE_SUFFIXES, PublicRecordForm, TranslationFilter
from content.staff_time import StaffTimeMixin
from content.title_column import TitleColumnMixin
from editorial.desk import EditorialAdmin
from practices import moderating, placing
from practices.desk_views import PracticeDeskMixin
from practices.models import Adoption, Practice, PracticeFile, PracticePicture, Recommendation
from practices.models.practices import TEXTS


class PracticeForm(PublishNowMixin, PublicRecordForm):
    """A practice. Published without a moment: from now on."""

    def clean(self):
        cleaned = super().clean()
        is_open = self.instance.pk and self.instance.stage != Practice.Stage.ACCEPTED
        if is_open and cleaned.get("status") == Practice.Status.PUBLISHED:
            self.add_error("status", _("Only an accepted practice is published."))
        return cleaned


class PictureInline(admin.TabularInline):
    model = PracticePicture
    extra = 0
    autocomplete_fields = ["picture"]


class FileForm(forms.ModelForm):
    """A paper of a practice: uploaded here, sent by its own view."""

    upload = forms.FileField(
        label=_("file"), required=False, help_text=_("PDF, DOCX or XLSX, up to 20 MB.")
    )
    uploaded_by = None

    class Meta:
        model = PracticeFile
        fields: list[str] = []

    def clean(self):
        cleaned = super().clean()
        upload = cleaned.get("upload")
        if upload:
            try:
                self.instance.file = privatefiles.store(
                    upload, moderating.PURPOSE, self.uploaded_by, endings=moderating.ENDINGS
                )
            except ValidationError as error:
                self.add_error("upload", error)
        return cleaned


class FileInline(admin.TabularInline):
    model = PracticeFile
    form = FileForm
    fields = ["upload", "stored"]
    readonly_fields = ["stored"]
    extra = 0

    def get_queryset(self, request):
        return super().get_queryset(request).select_related("file", "practice")

    def get_formset(self, request, obj=None, **kwargs):
        formset = super().get_formset(request, obj, **kwargs)
        formset.form.uploaded_by = request.user
        return formset

    @admin.display(description=_("stored file"))
    def stored(self, row):
        if not row.pk:
            return "—"
        return format_html('<a href="{}">{}</a>', row.get_absolute_url(), row.file)


class RecommendationInline(TranslationStackedInline):
    model = Recommendation
    extra = 0
    autocomplete_fields = ["body", "meeting"]
    fieldsets = [
        (
            None,
            {
                "fields": [
                    ("body", "meeting"), ("by_ru", "by_en"),
                    ("recommended_on", "date_precision"), ("words_ru", "words_en"),
                ]
            },
        )
    ]  # fmt: skip

    def formfield_for_dbfield(self, db_field, request, **kwargs):
        made = super().formfield_for_dbfield(db_field, request, **kwargs)
        if made is not None and db_field.name.endswith(LANGUAGE_SUFFIXES):
            made.required = False
        return made


def _both(*names: str) -> list[tuple[str, ...]]:
    """The columns of translated fields, the languages side by side."""
    return [tuple(f"{name}_{code}" for code in LANGUAGE_CODES) for name in names]


@admin.register(Practice)
class PracticeAdmin(PracticeDeskMixin, TitleColumnMixin, StaffTimeMixin, EditorialAdmin):
    form = PracticeForm
    list_display = ["shown_title", "member", "stage", "flow", "sent_at"]
    list_filter = ["stage", "status", TranslationFilter, "topics"]
    list_select_related = ["member"]
    search_fields = ["title_ru", "title_en", "slug", "member__name_ru", "member__name_en"]
    autocomplete_fields = ["member", "topics"]
    readonly_fields = ["stage_now", "told"]
    formfield_overrides = {
        **EditorialAdmin.formfield_overrides, models.URLField: {"assume_scheme": "https"},
    }  # fmt: skip
    prepopulated_fields = {"slug": ("title_en",)}
    inlines = [RecommendationInline, PictureInline, FileInline, LinkInline]
    fieldsets = [
        (None, {"fields": [*_both("title", "summary", *TEXTS), "small_edit"]}),
        (
            _("Facts"),
            {
                "fields": [
                    "member", ("starts_year", "ends_year"), "topics",
                    ("cost_amount", "cost_currency"), *_both("cost_note", "contact_office"),
                    ("contact_email", "website"),
                ]
            },
        ),
        (_("Between the city and the secretariat"), {"fields": ["stage_now", "told"]}),
        (_("Publishing"), {"fields": ["slug", ("status", "published_at"), "licence"]}),
    ]  # fmt: skip

    def save_model(self, request, obj, form, change):
        """What staff write themselves needs nobody's decision."""
        if not change:
            obj.stage = Practice.Stage.ACCEPTED
        if not change or "member" in form.changed_data:
            placing.place(obj)
        super().save_model(request, obj, form, change)

    @admin.display(description=_("stage"))
    def stage_now(self, practice):
        if not practice.pk:
            return "—"
        if practice.stage != Practice.Stage.SENT:
            return practice.get_stage_display()
        address = reverse("admin:practices_practice_decide", args=[practice.pk])
        link = format_html('<a href="{}">{}</a>', address, _("Decide on the practice"))
        return format_html("{}. {}", practice.get_stage_display(), link)

    @admin.display(description=_("what was said"))
    def told(self, practice):
        if not practice.pk:
            return "—"
        steps = practice.steps.select_related("by")
        lines = [f"{one.made_at:%d.%m.%Y} {one.get_verb_display()}. {one.comment}" for one in steps]
        return "\n".join(lines) or "—"


@admin.register(Adoption)
class AdoptionAdmin(admin.ModelAdmin):
    """Which cities say that they took a practice over; written by them, taken out here."""

    list_display = ["practice", "member", "adopted_on"]
    list_select_related = ["practice", "member"]
    search_fields = ["practice__title_ru", "practice__title_en", "member__name_ru",
                     "member__name_en"]  # fmt: skip
    fields = ["practice", "member", "note", "language", "adopted_on", "told_by"]
    readonly_fields = fields

    def has_add_permission(self, request):
        return False

    def has_change_permission(self, request, obj=None):
        return False
