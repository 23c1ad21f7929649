"""Series, venues, organisers and partners in the admin; the layout of an event's form."""

from django import forms
from django.contrib import admin
from django.db import models
from django.utils.translation import gettext_lazy as _
from modeltranslation.admin import TranslationAdmin, TranslationTabularInline

from content import timezones
from content.record_admin import PublicRecordAdmin, TranslationFilter
from content.title_column import TitleColumnMixin
from events.models import EventParty, Hall, Series, Venue

EVENT_FIELDSETS = [
    (
        None,
        {
            "fields": [
                ("title_ru", "title_en"),
                ("summary_ru", "summary_en"),
                ("body_ru", "body_en"),
                "small_edit",
            ]
        },
    ),
    (_("What it is"), {"fields": ["kind", ("series", "edition"), "parent", "meeting"]}),
    (
        _("Time and place"),
        {
            "fields": [
                "time_zone",
                "tentative",
                ("starts_at", "ends_at"),
                "tells_everybody",
                ("move_note_ru", "move_note_en"),
                "mode",
                ("join_link", "join_opens_minutes"),
                "venue",
                ("place_ru", "place_en"),
                "host_member",
            ]
        },
    ),
    (
        _("Who comes"),
        {
            "fields": [
                ("audience", "body_invited"),
                "languages",
                "interpretation",
                "expected_attendance",
                ("final_attendance", "final_countries"),
                "shows_participants",
            ]
        },
    ),
    (
        _("Registration"),
        {
            "fields": [
                "takes_registrations",
                ("registration_opens_at", "registration_closes_at"),
                ("change_until", "cancel_until"),
                ("capacity", "quota", "offer_hours"),
                ("needs_approval", "admits_guests"),
                "people",
            ]
        },
    ),
    (
        _("Publishing"),
        {
            "fields": [
                "slug",
                ("status", "published_at"),
                "preview",
                "writing",
                "tools",
                "cancelling",
            ]
        },
    ),
    (_("Belongs to"), {"fields": ["picture", "topics"]}),
]


class DatesFilter(admin.SimpleListFilter):
    """Events whose days somebody has yet to fix."""

    title = _("date")
    parameter_name = "date"

    def lookups(self, request, model_admin):
        return [("missing", _("date missing")), ("known", _("date known"))]

    def queryset(self, request, queryset):
        if self.value() == "missing":
            return queryset.tentative()
        return queryset.dated() if self.value() == "known" else queryset


class EventPartyInline(TranslationTabularInline):
    model = EventParty
    extra = 0
    fields = ["role", "member", "organisation", "name_ru", "name_en", "logo", "link", "order"]
    autocomplete_fields = ["member", "organisation", "logo"]
    formfield_overrides = {models.URLField: {"assume_scheme": "https"}}


class EitherTitleForm(forms.ModelForm):
    """Either language will do: the constraint of the model demands one of them."""

    either = "name"

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for code in ("ru", "en"):
            if field := self.fields.get(f"{self.either}_{code}"):
                field.required = False


class HallInline(TranslationTabularInline):
    model = Hall
    form = EitherTitleForm
    extra = 1
    fields = ["order", "name_ru", "name_en", "capacity"]


class VenueForm(EitherTitleForm):
    time_zone = forms.ChoiceField(label=_("time zone"))

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if field := self.fields.get("time_zone"):
            known, own = timezones.choices(), self.instance.time_zone
            field.choices = known if own in dict(known) else [*known, (own, own)]
            field.initial = own


@admin.register(Venue)
class VenueAdmin(TranslationAdmin):
    form = VenueForm
    list_display = ["__str__", "member", "halls_count", "has_step_free_access"]
    list_select_related = ["member"]
    search_fields = ["name_ru", "name_en", "address_ru", "address_en"]
    autocomplete_fields = ["member"]
    inlines = [HallInline]

    def get_queryset(self, request):
        return super().get_queryset(request).prefetch_related("halls")

    @admin.display(description=_("halls"))
    def halls_count(self, venue):
        return len(venue.halls.all())


@admin.register(Series)
class SeriesAdmin(TitleColumnMixin, PublicRecordAdmin):
    list_display = ["shown_title", "slug"]
    list_filter = [TranslationFilter]
    search_fields = ["title_ru", "title_en", "slug"]
    prepopulated_fields = {"slug": ("title_en",)}
    autocomplete_fields = ["countries"]
    fieldsets = [
        (
            None,
            {
                "fields": [
                    ("title_ru", "title_en"),
                    ("summary_ru", "summary_en"),
                    "small_edit",
                    "slug",
                    "countries",
                ]
            },
        )
    ]
