"""The library in the admin."""

from django import forms
from django.contrib import admin
from django.core.exceptions import ValidationError
from django.urls import path
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from content import privatefiles
from content.dates import partial_text
from content.publishing import PublishNowMixin
from content.record_admin import PublicRecordForm, TranslationFilter
from content.staff_time import StaffTimeMixin
from content.title_column import TitleColumnMixin
from editorial.desk import EditorialAdmin
from library.admin_views import PublishPages
from library.models import Publication, PublicationFile

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
        fields = ["language"]

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
    fields = ["language", "upload", "stored"]
    readonly_fields = ["stored"]
    extra = 0

    def get_queryset(self, request):
        return super().get_queryset(request).select_related("file", "publication")

    def get_formset(self, request, obj=None, **kwargs):
        formset = super().get_formset(request, obj, **kwargs)
        formset.form.uploaded_by = request.user
        return formset

    @admin.display(description=_("stored file"))
    def stored(self, row):
        if not row.pk:
            return "—"
        return format_html('<a href="{}">{}</a>', row.get_absolute_url(), row.file)


@admin.register(Publication)
class PublicationAdmin(TitleColumnMixin, StaffTimeMixin, EditorialAdmin):
    form = PublicationForm
    list_display = ["shown_title", "kind", "dated", "status"]
    list_filter = ["status", "kind", TranslationFilter]
    search_fields = ["title_ru", "title_en", "slug"]
    date_hierarchy = "dated_on"
    prepopulated_fields = {"slug": ("title_en",)}
    inlines = [FileInline]
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
            {"fields": ["kind", ("dated_on", "date_precision"), ("source_ru", "source_en")]},
        ),
        (_("Publishing"), {"fields": ["slug", ("status", "published_at")]}),
    ]  # fmt: skip

    @admin.display(description=_("dated"), ordering="dated_on")
    def dated(self, publication):
        return partial_text(publication.dated_on, publication.date_precision)

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
