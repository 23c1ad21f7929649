"""The programme in the admin: sessions with their speakers, the desk, what was published."""

import datetime

from django.contrib import admin
from django.db import IntegrityError
from django.shortcuts import redirect
from django.urls import path, reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _
from modeltranslation.admin import TranslationAdmin, TranslationStackedInline

from content.editing import VersionedAdminMixin
from content.languages import LANGUAGE_CODES
from content.title_column import TitleColumnMixin
from events.words import when_text
from programme import (
    admin_documents,  # noqa: F401 - registers its models
    overlaps,
    snapshots,
)
from programme.admin_forms import RoleForm, RoleFormSet, SessionForm
from programme.desk import DeskPages
from programme.models import ProgrammeVersion, Session, SpeakerRole

SUFFIXES = tuple(f"_{code}" for code in LANGUAGE_CODES)


class TextsForTranslatorsMixin:
    """Who may change sessions but not add any is a translator: texts alone are open to them."""

    def get_readonly_fields(self, request, obj=None):
        if obj is None or request.user.has_perm("programme.add_session"):
            return self.readonly_fields
        names = [field for _title, options in self.fieldsets for field in options["fields"]]
        flat = [one for row in names for one in (row if isinstance(row, tuple) else (row,))]
        return [one for one in flat if not one.endswith(SUFFIXES)]


class SpeakerInline(TextsForTranslatorsMixin, TranslationStackedInline):
    model = SpeakerRole
    form = RoleForm
    formset = RoleFormSet
    extra = 0
    autocomplete_fields = ["person", "participant", "user"]
    fieldsets = [
        (
            None,
            {
                "fields": [
                    ("order", "role", "minutes", "language"), ("person", "participant"),
                    ("name_ru", "name_en"), ("position_ru", "position_en"),
                    ("on_behalf_of_ru", "on_behalf_of_en"),
                    ("email", "mail_language", "time_zone"), "user",
                    ("promised_ru", "promised_en"), ("missing_ru", "missing_en"),
                ]
            },
        )
    ]  # fmt: skip

    def get_queryset(self, request):
        return super().get_queryset(request).select_related("person", "participant", "user")


class MissingFilter(admin.SimpleListFilter):
    title = _("translation")
    parameter_name = "translation"

    def lookups(self, request, model_admin):
        found = [
            (code, _("title missing in: %(code)s") % {"code": code}) for code in LANGUAGE_CODES
        ]
        return [("to_do", _("title missing, event to come")), *found]

    def queryset(self, request, queryset):
        if self.value() == "to_do":
            return queryset.half_titled(timezone.now())
        if self.value() not in LANGUAGE_CODES:
            return queryset
        name = f"title_{self.value()}"
        return queryset.exclude(**{f"{name}__gt": ""})


@admin.register(Session)
class SessionAdmin(
    TextsForTranslatorsMixin, TitleColumnMixin, VersionedAdminMixin, TranslationAdmin
):
    form = SessionForm
    list_display = ["shown_title", "when", "hall", "kind", "event", "missing", "is_dropped"]
    list_filter = [("event", admin.RelatedOnlyFieldListFilter), MissingFilter, "kind", "is_dropped"]
    list_select_related = ["event", "hall"]
    search_fields = ["title_ru", "title_en", "roles__name_ru", "roles__name_en"]
    autocomplete_fields = ["event"]
    ordering = ["-event__starts_at", "starts_at", "pk"]
    inlines = [SpeakerInline]
    fieldsets = [
        (
            None,
            {
                "fields": [
                    "event", "kind", ("title_ru", "title_en"), ("summary_ru", "summary_en"),
                ]
            },
        ),
        (
            _("Time and place"),
            {"fields": [("starts_at", "ends_at"), ("hall", "is_online"), "capacity"]},
        ),
        (_("Languages"), {"fields": ["languages", "interpretation"]}),
        (
            _("Further"),
            {"fields": ["item", ("listeners_ru", "listeners_en"), "is_dropped"]},
        ),
    ]  # fmt: skip

    def get_queryset(self, request):
        return super().get_queryset(request).prefetch_related("roles")

    def formfield_for_dbfield(self, db_field, request, **kwargs):
        if db_field.name in ("listeners_ru", "listeners_en", "summary_ru", "summary_en"):
            kwargs["widget"] = admin.widgets.AdminTextareaWidget(attrs={"rows": 3})
        return super().formfield_for_dbfield(db_field, request, **kwargs)

    @admin.display(description=_("time"), ordering="starts_at")
    def when(self, session):
        address = reverse("admin:programme_session_desk", args=[session.event_id])
        words = when_text(session.starts_at, session.ends_at, session.zone)
        return format_html('{} <a href="{}">{}</a>', words, address, _("Open the desk"))

    @admin.display(description=_("untranslated cells"))
    def missing(self, session):
        return len(snapshots.gaps_of(session)) or "—"

    def get_changeform_initial_data(self, request):
        """A link of the desk says the event, the hall and when it begins; it lasts an hour."""
        found = super().get_changeform_initial_data(request)
        try:
            starts = datetime.datetime.fromisoformat(found.get("starts_at", ""))
            found |= {"starts_at": starts, "ends_at": starts + datetime.timedelta(hours=1)}
        except (ValueError, OverflowError):
            found.pop("starts_at", None)
        return found

    def changeform_view(self, request, object_id=None, form_url="", extra_context=None):
        """Twice where somebody took the hall in between: the second time the form says so."""
        try:
            return super().changeform_view(request, object_id, form_url, extra_context)
        except IntegrityError as error:
            if not overlaps.is_overlap(error):
                raise
            return super().changeform_view(request, object_id, form_url, extra_context)

    def has_delete_permission(self, request, obj=None):
        """What was published is taken out of the programme: those concerned are told."""
        allowed = super().has_delete_permission(request, obj)
        return allowed and obj is not None and not obj.event.programme_versions.exists()

    def response_post_save_add(self, request, obj):
        return self._to_desk(request, obj)

    def response_post_save_change(self, request, obj):
        return self._to_desk(request, obj)

    def _to_desk(self, request, session):
        return redirect("admin:programme_session_desk", session.event_id)

    def get_urls(self):
        pages = DeskPages(self)
        wrap = self.admin_site.admin_view
        own = [
            path("desk/<int:pk>/", wrap(pages.desk), name="programme_session_desk"),
            path("desk/<int:pk>/draft.pdf", wrap(pages.paper), name="programme_session_paper"),
        ]
        return [*own, *super().get_urls()]


@admin.register(ProgrammeVersion)
class ProgrammeVersionAdmin(admin.ModelAdmin):
    list_display = ["event", "number", "published_at", "published_by"]
    list_filter = [("event", admin.RelatedOnlyFieldListFilter)]
    list_select_related = ["event", "published_by"]
    fields = readonly_fields = ["event", "number", "published_at", "published_by"]

    def has_add_permission(self, request):
        return False

    def has_change_permission(self, request, obj=None):
        return False

    def has_delete_permission(self, request, obj=None):
        return False
