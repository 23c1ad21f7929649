"""Calls for a host city in the secretariat's admin: written, compared, decided."""

from django import forms
from django.contrib import admin
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _
from modeltranslation.admin import TranslationStackedInline

from content import privatefiles
from content.publishing import PublishNowMixin
from content.record_admin import (
    LANGUAGE_SUFFIXES,
    PublicRecordAdmin,
    PublicRecordForm,
    TranslationFilter,
)
from content.staff_time import StaffTimeMixin
from content.title_column import TitleColumnMixin
from hosting.desk_views import CallDeskMixin
from hosting.models import Bid, Criterion, HostCall

TERMS = "hosting.terms"


class HostCallForm(PublishNowMixin, PublicRecordForm):
    """A call; its conditions may come as a file."""

    upload = forms.FileField(label=_("conditions as a file"), required=False)

    def clean_upload(self):
        upload = self.cleaned_data.get("upload")
        if upload:
            privatefiles.refuse(upload)
        return upload


class CriterionInline(TranslationStackedInline):
    model = Criterion
    extra = 0
    fieldsets = [
        (None, {"fields": [("name_ru", "name_en"), ("hint_ru", "hint_en"), ("weight", "order")]})
    ]

    def formfield_for_dbfield(self, db_field, request, **kwargs):
        made = super().formfield_for_dbfield(db_field, request, **kwargs)
        if made is not None and db_field.name.endswith(LANGUAGE_SUFFIXES):
            made.required = False
        return made

    def has_add_permission(self, request, obj):
        """Criteria are fixed once a city has answered them."""
        return super().has_add_permission(request, obj) and not _has_bids(obj)

    def has_change_permission(self, request, obj=None):
        return super().has_change_permission(request, obj) and not _has_bids(obj)

    def has_delete_permission(self, request, obj=None):
        return super().has_delete_permission(request, obj) and not _has_bids(obj)


def _has_bids(call: HostCall | None) -> bool:
    return call is not None and call.bids.exists()


@admin.register(HostCall)
class HostCallAdmin(CallDeskMixin, TitleColumnMixin, StaffTimeMixin, PublicRecordAdmin):
    form = HostCallForm
    list_display = ["shown_title", "opens_at", "closes_at", "status", "host", "sheet"]
    list_filter = ["status", TranslationFilter]
    list_select_related = ["host"]
    search_fields = ["title_ru", "title_en", "slug"]
    autocomplete_fields = ["event"]
    readonly_fields = ["sheet", "terms_now"]
    inlines = [CriterionInline]
    fieldsets = [
        (None, {"fields": [("title_ru", "title_en"), ("body_ru", "body_en"), "small_edit"]}),
        (
            _("Bids"),
            {"fields": ["event", ("opens_at", "closes_at"), "upload", "terms_now", "sheet"]},
        ),
        (_("Publishing"), {"fields": ["slug", ("status", "published_at")]}),
    ]

    def get_fieldsets(self, request, obj=None):
        """Who only reads or translates has no field to upload with."""
        fieldsets = super().get_fieldsets(request, obj)
        if self.has_add_permission(request):
            return fieldsets
        return [
            (title, {**options, "fields": [one for one in options["fields"] if one != "upload"]})
            for title, options in fieldsets
        ]

    def save_model(self, request, obj, form, change):
        if upload := form.cleaned_data.get("upload"):
            obj.terms = privatefiles.store(upload, TERMS, request.user)
        super().save_model(request, obj, form, change)

    @admin.display(description=_("file now"))
    def terms_now(self, call):
        return call.terms.name if call.terms else "—"

    @admin.display(description=_("bids"))
    def sheet(self, call):
        if not call.pk:
            return "—"
        address = reverse("admin:hosting_hostcall_compare", args=[call.pk])
        return format_html('<a href="{}">{}</a>', address, _("Compare the bids"))


@admin.register(Bid)
class BidAdmin(admin.ModelAdmin):
    """Bids are read here; cities write them."""

    list_display = ["member", "call", "state", "dates", "sent_at"]
    list_filter = ["state", ("call", admin.RelatedOnlyFieldListFilter)]
    list_select_related = ["member", "call"]
    search_fields = ["member__name_ru", "member__name_en"]
    fields = ["call", "member", "state", "dates", "summary", "told", "papers", "sent_by", "sent_at",
              "changed_at"]  # fmt: skip
    readonly_fields = fields

    def has_add_permission(self, request):
        return False

    def has_change_permission(self, request, obj=None):
        return False

    def has_delete_permission(self, request, obj=None):
        return False

    @admin.display(description=_("answers"))
    def told(self, bid):
        answers = bid.answers.select_related("criterion").order_by("criterion")
        return "\n\n".join(f"{one.criterion}: {one.text}" for one in answers)

    @admin.display(description=_("files"))
    def papers(self, bid):
        return ", ".join(one.name for one in bid.files.all()) or "—"
