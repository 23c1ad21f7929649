"""The journey in the secretariat's admin: what events ask, the visa desk, changes to decide."""

from django import forms
from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import path, reverse
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _
from modeltranslation.admin import TranslationAdmin, TranslationStackedInline

from content.editing import VersionedAdminMixin
from content.record_admin import LANGUAGE_SUFFIXES
from content.staff_time import StaffTimeMixin
from travel import trips
from travel.desk_views import DeskViewsMixin
from travel.models import Hotel, TravelOffer, TripChange


class HotelInline(TranslationStackedInline):
    model = Hotel
    extra = 0
    fieldsets = [
        (
            None,
            {
                "fields": [
                    ("name_ru", "name_en"),
                    ("price_ru", "price_en"),
                    ("first_night", "last_night", "order"),
                ]
            },
        )
    ]

    def formfield_for_dbfield(self, db_field, request, **kwargs):
        made = super().formfield_for_dbfield(db_field, request, **kwargs)
        if made is not None and db_field.name.endswith(LANGUAGE_SUFFIXES):
            made.required = False
        return made


@admin.register(TravelOffer)
class TravelOfferAdmin(DeskViewsMixin, StaffTimeMixin, VersionedAdminMixin, TranslationAdmin):
    list_display = ["event", "asks_visa", "asks_lodging", "asks_transfer", "asks_meals",
                    "asks_access", "visa_desk"]  # fmt: skip
    list_select_related = ["event"]
    search_fields = ["event__title_ru", "event__title_en"]
    autocomplete_fields = ["event"]
    readonly_fields = ["visa_desk"]
    inlines = [HotelInline]
    fieldsets = [
        (
            None,
            {
                "fields": [
                    "event",
                    ("asks_visa", "asks_lodging", "asks_transfer", "asks_meals", "asks_access"),
                    ("visa_until", "fill_until"),
                    ("note_ru", "note_en"),
                    "visa_desk",
                ]
            },
        )
    ]

    def get_readonly_fields(self, request, obj=None):
        fields = super().get_readonly_fields(request, obj)
        return [*fields, "event"] if obj else fields

    @admin.display(description=_("visa desk"))
    def visa_desk(self, offer):
        if not offer.pk or not offer.asks_visa:
            return "—"
        address = reverse("admin:travel_traveloffer_desk", args=[offer.pk])
        return format_html('<a href="{}">{}</a>', address, _("Open the visa desk"))


class DecideForm(forms.Form):
    """What is said to the delegation with the decision."""

    answer = forms.CharField(
        label=_("Answer to the delegation"), max_length=500, required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
    )  # fmt: skip


@admin.register(TripChange)
class TripChangeAdmin(admin.ModelAdmin):
    """Requests are read and decided, never written here."""

    list_display = ["participant", "event", "state", "asked_at", "asked_by", "decision"]
    list_filter = ["state"]
    list_select_related = ["participant__event", "asked_by"]
    search_fields = ["participant__name_cyrillic", "participant__name_latin"]
    fields = ["participant", "state", "asked_by", "asked_at", "difference", "decided_by",
              "decided_at", "answer"]  # fmt: skip
    readonly_fields = fields

    def has_add_permission(self, request):
        return False

    def has_delete_permission(self, request, obj=None):
        return False

    def get_urls(self):
        decide = path(
            "<int:pk>/decide/",
            self.admin_site.admin_view(self.decide_view),
            name="travel_tripchange_decide",
        )
        return [decide, *super().get_urls()]

    @admin.display(description=_("event"))
    def event(self, change):
        return change.participant.event

    @admin.display(description=_("decision"))
    def decision(self, change):
        if change.state != TripChange.State.OPEN:
            return "—"
        address = reverse("admin:travel_tripchange_decide", args=[change.pk])
        return format_html('<a href="{}">{}</a>', address, _("Decide"))

    @admin.display(description=_("difference"))
    def difference(self, change):
        told = [f"{one.label}: {one.before} → {one.after}" for one in trips.lines(change)]
        return "; ".join(told)

    def decide_view(self, request, pk: int):
        """Shows what is stored beside what is wanted; a post agrees or refuses."""
        change = self.get_object(request, str(pk))
        if change is None:
            raise Http404
        if not self.has_change_permission(request, change):
            raise PermissionDenied
        form = DecideForm(request.POST if request.method == "POST" else None)
        back = reverse("admin:travel_tripchange_changelist")
        if request.method == "POST" and form.is_valid():
            accept = request.POST.get("deed") == "accept"
            try:
                trips.decide(change, accept, request.user, form.cleaned_data["answer"])
                self.message_user(request, _("Decided."))
                return redirect(back)
            except trips.TripRefused as refused:
                form.add_error(None, str(refused))
        context = {
            **self.admin_site.each_context(request),
            "title": _("Change of a journey"),
            "change": change,
            "lines": trips.lines(change),
            "is_open": change.state == TripChange.State.OPEN,
            "form": form,
            "back": back,
            "opts": self.opts,
        }
        return render(request, "admin/travel/decide.html", context)
