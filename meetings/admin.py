"""Meetings and elections in the admin."""

from django.contrib import admin
from django.db.models import Count, Q
from django.urls import path, reverse
from django.utils.html import format_html, format_html_join
from django.utils.translation import gettext_lazy as _
from modeltranslation.admin import TranslationAdmin, TranslationStackedInline

from content.record_admin import PublicRecordAdmin, TranslationFilter
from content.staff_time import StaffTimeMixin
from content.templatetags.content_tags import moment
from content.title_column import TitleColumnMixin
from meetings import election_admin, meeting_views
from meetings.admin_forms import DecisionFormSet, DelegateForm, DocumentForm, MeetingForm
from meetings.models import (
    AgendaItem,
    AssemblyDelegate,
    Decision,
    Election,
    Meeting,
    MeetingDocument,
)

admin.site.register(Election, election_admin.ElectionAdmin)


class EitherLanguageMixin:
    """Inlines of a meeting: either language is enough; the constraints demand one of them."""

    extra = 0

    def formfield_for_dbfield(self, db_field, request, **kwargs):
        field = super().formfield_for_dbfield(db_field, request, **kwargs)
        if field is not None and db_field.name.endswith(("_ru", "_en")):
            field.required = False
        return field


class OpenUntilMinutesMixin(EitherLanguageMixin):
    """Inlines of a meeting: what approved minutes say is changed no more."""

    def has_add_permission(self, request, obj=None):
        return super().has_add_permission(request, obj) and not _is_closed(obj)

    def has_change_permission(self, request, obj=None):
        return super().has_change_permission(request, obj) and not _is_closed(obj)

    def has_delete_permission(self, request, obj=None):
        return super().has_delete_permission(request, obj) and not _is_closed(obj)


def _is_closed(meeting) -> bool:
    return isinstance(meeting, Meeting) and meeting.pk is not None and meeting.is_closed


class OwnItemsMixin:
    """The choice of an agenda item is that of the own meeting."""

    def formfield_for_foreignkey(self, db_field, request, **kwargs):
        if db_field.name == "item":
            pk = request.resolver_match.kwargs.get("object_id")
            own = AgendaItem.objects.filter(meeting_id=pk) if pk else AgendaItem.objects.none()
            kwargs["queryset"] = own
        return super().formfield_for_foreignkey(db_field, request, **kwargs)


class AgendaInline(OpenUntilMinutesMixin, TranslationStackedInline):
    model = AgendaItem
    autocomplete_fields = ["speaker"]
    fieldsets = [
        (
            None,
            {
                "fields": [
                    ("order", "kind"), ("title_ru", "title_en"), "speaker",
                    ("speaker_text_ru", "speaker_text_en"), ("note_ru", "note_en"),
                ]
            },
        )
    ]  # fmt: skip


class DecisionInline(OwnItemsMixin, OpenUntilMinutesMixin, TranslationStackedInline):
    model = Decision
    formset = DecisionFormSet
    fieldsets = [
        (
            None,
            {
                "fields": [
                    ("number", "kind", "item"), ("wording_ru", "wording_en"),
                    ("is_by_consensus", "votes_for", "votes_against", "votes_abstained"),
                ]
            },
        )
    ]  # fmt: skip


class DocumentInline(OwnItemsMixin, EitherLanguageMixin, TranslationStackedInline):
    model = MeetingDocument
    form = DocumentForm
    readonly_fields = ["stored"]
    fieldsets = [
        (
            None,
            {
                "fields": [
                    ("title_ru", "title_en"), ("language", "audience", "item"),
                    ("upload", "stored"),
                ]
            },
        )
    ]  # fmt: skip

    def get_queryset(self, request):
        return super().get_queryset(request).select_related("file", "meeting")

    def get_formset(self, request, obj=None, **kwargs):
        formset = super().get_formset(request, obj, **kwargs)
        formset.form.uploaded_by = request.user
        return formset

    @admin.display(description=_("stored file"))
    def stored(self, document):
        if not document.pk:
            return "—"
        return format_html('<a href="{}">{}</a>', document.get_absolute_url(), document.file)


class MinutesFilter(admin.SimpleListFilter):
    title = _("minutes")
    parameter_name = "has_minutes"

    def lookups(self, request, model_admin):
        return [("missing", _("held, not approved"))]

    def queryset(self, request, queryset):
        return queryset.without_minutes() if self.value() == "missing" else queryset


@admin.register(Meeting)
class MeetingAdmin(TitleColumnMixin, StaffTimeMixin, PublicRecordAdmin):
    form = MeetingForm
    list_display = ["shown_title", "body", "starts", "state", "status", "people"]
    list_filter = [MinutesFilter, "state", "status", TranslationFilter, "body"]
    list_select_related = ["body"]
    search_fields = ["title_ru", "title_en", "slug", "place_ru", "place_en"]
    date_hierarchy = "starts_at"
    autocomplete_fields = ["body", "parent", "chair", "secretary"]
    prepopulated_fields = {"slug": ("title_en",)}
    readonly_fields = ["desk"]
    inlines = [AgendaInline, DecisionInline, DocumentInline]
    fieldsets = [
        (
            None,
            {"fields": ["desk", ("title_ru", "title_en"), ("body", "number"), "parent", "state"]},
        ),
        (
            _("Time and place"),
            {
                "fields": [
                    "time_zone", ("starts_at", "ends_at"), ("place_ru", "place_en"), "is_online",
                ]
            },
        ),
        (_("People"), {"fields": [("chair", "secretary")]}),
        (_("Text"), {"fields": [("notes_ru", "notes_en"), "small_edit"]}),
        (_("Publishing"), {"fields": ["slug", ("status", "published_at")]}),
    ]  # fmt: skip
    # What approved minutes say is changed no more.
    KEPT = ("body", "number", "state", "time_zone", "starts_at", "ends_at", "place_ru", "place_en",
            "is_online", "chair", "secretary")  # fmt: skip

    def get_queryset(self, request):
        there = Count("attendances", filter=Q(attendances__is_present=True))
        return super().get_queryset(request).annotate(there=there)

    def get_inlines(self, request, obj):
        return self.inlines if obj else [AgendaInline]

    def get_readonly_fields(self, request, obj=None):
        fields = super().get_readonly_fields(request, obj)
        return [*fields, *self.KEPT] if _is_closed(obj) else fields

    @admin.display(description=_("starts at"), ordering="starts_at")
    def starts(self, meeting):
        return moment(meeting.starts_at, meeting.zone)

    @admin.display(description=_("present"), ordering="there")
    def people(self, meeting):
        return meeting.there

    @admin.display(description=_("what can be done"))
    def desk(self, meeting):
        if not meeting.pk:
            return _("After the first save.")
        links = [(meeting_views.address("sheet", meeting.pk), _("Eligibility sheet"))]
        if meeting.body.kind == "assembly":
            named = reverse("admin:meetings_assemblydelegate_changelist")
            links.append((f"{named}?meeting__id__exact={meeting.pk}", _("Delegates")))
        links.append((meeting_views.address("attendance", meeting.pk), _("Attendance list")))
        links.append((meeting_views.address("minutes", meeting.pk), _("Minutes")))
        # A page of an upper app, known by its name.
        library = reverse("admin:library_publication_from_meeting", args=[meeting.pk])
        links.append((library, _("Publish in the library")))
        return format_html_join(" · ", '<a href="{}">{}</a>', links)

    def get_urls(self):
        pages = meeting_views.MeetingPages(self)
        wrap = self.admin_site.admin_view
        return [
            path("<int:pk>/sheet/", wrap(pages.sheet), name="meetings_meeting_sheet"),
            path(
                "<int:pk>/sheet/<str:language>.pdf", wrap(pages.sheet_pdf),
                name="meetings_meeting_sheet_pdf",
            ),
            path(
                "<int:pk>/attendance/", wrap(pages.attendance), name="meetings_meeting_attendance"
            ),
            path("<int:pk>/minutes/", wrap(pages.minutes), name="meetings_meeting_minutes"),
            path(
                "<int:pk>/minutes/<str:language>.pdf", wrap(pages.minutes_pdf),
                name="meetings_meeting_minutes_pdf",
            ),
            *super().get_urls(),
        ]  # fmt: skip


def _is_of_closed(row) -> bool:
    return row is not None and row.meeting.is_closed


@admin.register(AssemblyDelegate)
class AssemblyDelegateAdmin(TranslationAdmin):
    """Delegates that staff enter on behalf of members; members name theirs in the cabinet.

    Those of a meeting whose minutes are approved are looked at, not changed.
    """

    form = DelegateForm

    list_display = ["member", "role", "who", "is_coming", "has_mandate", "meeting"]
    list_filter = [("meeting", admin.RelatedOnlyFieldListFilter), "role", "has_mandate"]
    list_select_related = ["member", "meeting", "person"]
    search_fields = ["member__name_search", "name_ru", "name_en", "person__full_name_ru"]
    autocomplete_fields = ["meeting", "member", "person"]
    fieldsets = [
        (
            None,
            {
                "fields": [
                    "meeting", "member", "role", "person", ("name_ru", "name_en"), "is_coming",
                    "has_mandate", "scan",
                ]
            },
        )
    ]  # fmt: skip
    readonly_fields = ["scan"]

    def has_change_permission(self, request, obj=None):
        return super().has_change_permission(request, obj) and not _is_of_closed(obj)

    def has_delete_permission(self, request, obj=None):
        return super().has_delete_permission(request, obj) and not _is_of_closed(obj)

    @admin.display(description=_("name"))
    def who(self, row):
        return row.name_in()

    @admin.display(description=_("scan of the mandate"))
    def scan(self, row):
        if not row.mandate_id:
            return "—"
        address = reverse("content:file", args=[row.mandate_id])
        return format_html('<a href="{}">{}</a>', address, row.mandate)

    def save_model(self, request, obj, form, change):
        obj.entered_by = request.user
        super().save_model(request, obj, form, change)

    def get_readonly_fields(self, request, obj=None):
        fields = super().get_readonly_fields(request, obj)
        return [*fields, "meeting", "member", "role"] if obj else fields

    def formfield_for_foreignkey(self, db_field, request, **kwargs):
        if db_field.name == "meeting":
            kwargs["queryset"] = Meeting.objects.filter(body__kind="assembly")
        return super().formfield_for_foreignkey(db_field, request, **kwargs)
