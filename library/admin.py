"""The library in the admin."""

from django import forms
from django.contrib import admin
from django.core.exceptions import ValidationError
from django.urls import path
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext
from modeltranslation.admin import TranslationAdmin

from content import privatefiles
from content.dates import partial_text
from content.editing import VersionedAdminMixin, VersionedFormMixin
from content.links_admin import LinkInline
from content.publishing import PublishNowMixin
from content.record_admin import PublicRecordForm, TranslationFilter
from content.staff_time import StaffTimeMixin
from content.title_column import TitleColumnMixin
from editorial.desk import EditorialAdmin
from library.admin_views import PublishPages
from library.models import Publication, PublicationFile, Series

ENDINGS = (".pdf", ".docx", ".xlsx")


class PublicationForm(PublishNowMixin, PublicRecordForm):
    """A publication. Published without a moment: from now on."""


class FileForm(forms.ModelForm):
    """A file of a publication: uploaded here, kept as a private one, sent by its own view."""

    upload = forms.FileField(
        label=_("file"), required=False, help_text=_("PDF, DOCX or XLSX, up to 20 MB.")
    )
    uploaded_by = None

    class Meta:
        model = PublicationFile
        fields = ["language", "audience"]

    def clean(self):
        cleaned = super().clean()
        upload = cleaned.get("upload")
        if not upload and not self.instance.file_id and self.has_changed():
            self.add_error("upload", _("Choose a file."))
        elif upload:
            try:
                self.instance.file = privatefiles.store(
                    upload, "library", self.uploaded_by, endings=ENDINGS
                )
            except ValidationError as error:
                self.add_error("upload", error)
        return cleaned


class FileInline(admin.TabularInline):
    model = PublicationFile
    form = FileForm
    fields = ["language", "audience", "upload", "stored", "found"]
    readonly_fields = ["stored", "found"]
    extra = 0

    def get_queryset(self, request):
        rows = super().get_queryset(request).defer("text")
        return rows.select_related("file", "publication")

    def get_formset(self, request, obj=None, **kwargs):
        formset = super().get_formset(request, obj, **kwargs)
        formset.form.uploaded_by = request.user
        return formset

    @admin.display(description=_("stored file"))
    def stored(self, row):
        if not row.pk:
            return "—"
        return format_html('<a href="{}">{}</a>', row.get_absolute_url(), row.file)

    @admin.display(description=_("what a worker found"))
    def found(self, row):
        if not row.pk:
            return "—"
        if not row.pages:
            return row.get_reading_display()
        counted = ngettext("%(count)d page", "%(count)d pages", row.pages) % {"count": row.pages}
        return f"{row.get_reading_display()}, {counted}"


class BrokenFilesFilter(admin.SimpleListFilter):
    """Publications with a file that does not open."""

    title = _("files")
    parameter_name = "unread"

    def lookups(self, request, model_admin):
        return [("broken", _("a file does not open"))]

    def queryset(self, request, queryset):
        return queryset.with_broken_files() if self.value() == "broken" else queryset


@admin.register(Series)
class SeriesAdmin(TitleColumnMixin, VersionedAdminMixin, TranslationAdmin):
    form = VersionedFormMixin
    list_display = ["shown_title", "numbering", "order"]
    search_fields = ["title_ru", "title_en", "slug"]
    fields = [("title_ru", "title_en"), ("about_ru", "about_en"), "numbering", "slug", "order"]
    prepopulated_fields = {"slug": ("title_en",)}

    def formfield_for_dbfield(self, db_field, request, **kwargs):
        made = super().formfield_for_dbfield(db_field, request, **kwargs)
        if made is not None and db_field.name in ("title_ru", "title_en"):
            made.required = False
        return made


@admin.register(Publication)
class PublicationAdmin(TitleColumnMixin, StaffTimeMixin, EditorialAdmin):
    form = PublicationForm
    list_display = ["shown_title", "kind", "dated", "flow", "superseded"]
    list_filter = ["status", "kind", BrokenFilesFilter, TranslationFilter, "series"]
    autocomplete_fields = [
        "series",
        "issued_by",
        "topics",
        "country",
        "edition_of",
        "superseded_by",
    ]
    search_fields = ["title_ru", "title_en", "slug"]
    date_hierarchy = "dated_on"
    prepopulated_fields = {"slug": ("title_en",)}
    inlines = [FileInline, LinkInline]
    fieldsets = [
        (
            None,
            {
                "fields": [
                    ("title_ru", "title_en"), ("summary_ru", "summary_en"),
                    ("body_ru", "body_en"), "small_edit",
                ]
            },
        ),
        (
            _("Document"),
            {
                "fields": [
                    "kind", ("dated_on", "date_precision"), ("source_ru", "source_en"),
                    "issued_by", ("series", "volume"), ("theme_ru", "theme_en"),
                    "edition_of", "superseded_by", "topics", "country", "licence",
                ]
            },
        ),
        (_("Publishing"), {"fields": ["slug", ("status", "published_at")]}),
    ]  # fmt: skip

    @admin.display(description=_("dated"), ordering="dated_on")
    def dated(self, publication):
        return partial_text(publication.dated_on, publication.date_precision)

    @admin.display(description=_("superseded"), boolean=True)
    def superseded(self, publication):
        return publication.is_superseded

    def get_urls(self):
        pages = PublishPages(self)
        wrap = self.admin_site.admin_view
        return [
            path(
                "publish/<str:label>/<int:pk>/", wrap(pages.publish),
                name="library_publication_publish",
            ),
            path(
                "from-meeting/<int:pk>/", wrap(pages.meeting),
                name="library_publication_from_meeting",
            ),
            *super().get_urls(),
        ]  # fmt: skip
