"""Admin pages of the ground floor."""

from django import forms
from django.contrib import admin
from django.utils.translation import gettext_lazy as _
from modeltranslation.admin import TranslationAdmin

from content import documents_admin, jobs_admin, pictures, retention_admin
from content.editing import VersionedAdminMixin, VersionedFormMixin
from content.models import (
    Approval,
    AuditEntry,
    IssuedDocument,
    Job,
    Picture,
    RetentionRun,
    Topic,
)
from content.title_column import TitleColumnMixin

admin.site.register(IssuedDocument, documents_admin.IssuedDocumentAdmin)
admin.site.register(Approval, documents_admin.ApprovalAdmin)
admin.site.register(Job, jobs_admin.JobAdmin)
admin.site.register(RetentionRun, retention_admin.RetentionRunAdmin)


@admin.register(Topic)
class TopicAdmin(TitleColumnMixin, VersionedAdminMixin, TranslationAdmin):
    list_display = ["shown_title", "kind", "number"]
    list_filter = ["kind"]
    search_fields = ["title_ru", "title_en", "slug"]
    autocomplete_fields = ["goal"]
    fieldsets = [
        (
            None,
            {"fields": [("title_ru", "title_en"), ("kind", "number"), ("goal", "code"), "slug"]},
        )
    ]


class PictureForm(VersionedFormMixin):
    """A picture with its texts: judged and re-encoded before anything is stored."""

    upload = forms.FileField(label=_("picture"), required=False)

    class Meta:
        model = Picture
        fields = ["alt_ru", "alt_en", "caption_ru", "caption_en", "credit", "is_decorative"]

    def clean_upload(self):
        upload = self.cleaned_data.get("upload")
        if upload is None:
            if not self.instance.pk:
                raise forms.ValidationError(_("Choose a picture."), code="required")
            return None
        return pictures.accept_upload(upload)

    def clean(self):
        cleaned = super().clean()
        has_text = cleaned.get("alt_ru") or cleaned.get("alt_en")
        if not has_text and not cleaned.get("is_decorative"):
            self.add_error(
                "alt_ru",
                _("Say what the picture shows in one language at least, or mark it as decoration."),
            )
        return cleaned


@admin.register(Picture)
class PictureAdmin(VersionedAdminMixin, TranslationAdmin):
    form = PictureForm
    list_display = ["pk", "alt_ru", "alt_en", "credit", "width", "height", "created_at"]
    search_fields = ["alt_ru", "alt_en", "caption_ru", "caption_en", "credit"]
    fieldsets = [
        (
            None,
            {
                "fields": [
                    "upload",
                    ("alt_ru", "alt_en"),
                    ("caption_ru", "caption_en"),
                    ("credit", "is_decorative"),
                ]
            },
        )
    ]

    def save_model(self, request, obj, form, change):
        checked = form.cleaned_data.get("upload")
        if checked is None:
            return super().save_model(request, obj, form, change)
        return pictures.put_file(obj, checked, uploaded_by=request.user)


@admin.register(AuditEntry)
class AuditEntryAdmin(admin.ModelAdmin):
    list_display = ["created_at", "actor", "verb", "summary"]
    list_filter = ["verb"]
    list_select_related = ["actor"]
    search_fields = ["summary", "actor__email"]
    date_hierarchy = "created_at"

    def has_add_permission(self, request):
        return False

    def has_change_permission(self, request, obj=None):
        return False

    def has_delete_permission(self, request, obj=None):
        return False
