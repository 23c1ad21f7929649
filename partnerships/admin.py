"""Partnerships, cities outside, other associations and requests in the secretariat's admin."""

from django.contrib import admin, messages
from django.core.exceptions import ValidationError
from django.http import Http404
from django.urls import path, reverse
from django.utils.html import format_html_join
from django.utils.translation import gettext_lazy as _
from modeltranslation.admin import TranslationAdmin, TranslationStackedInline

from content.dates import partial_text
from content.downloads import pdf_response
from content.editing import VersionedAdminMixin
from content.languages import LANGUAGE_CODES, in_language
from content.record_admin import LANGUAGE_SUFFIXES, PublicRecordAdmin, TranslationFilter
from partnerships import anniversaries, letter, stating
from partnerships.admin_forms import PartnershipForm
from partnerships.models import (
    Affiliation,
    CharterSigning,
    CityAlias,
    ListedCity,
    OutsideCity,
    Partnership,
    Signatory,
)
from partnerships.requests_admin import HelpRequestAdmin, MatchWishAdmin  # noqa: F401 - registers

DAYS = ("starts_on", "starts_precision", "ends_on", "ends_precision")


class EitherLanguageMixin:
    """For admin classes of translated facts: the constraint demands one language, not both."""

    def formfield_for_dbfield(self, db_field, request, **kwargs):
        field = super().formfield_for_dbfield(db_field, request, **kwargs)
        if field is not None and db_field.name.endswith(LANGUAGE_SUFFIXES):
            field.required = False
        return field


class AliasInline(EitherLanguageMixin, TranslationStackedInline):
    model = CityAlias
    fieldsets = [(None, {"fields": [("name_ru", "name_en")]})]
    extra = 0


@admin.register(OutsideCity)
class OutsideCityAdmin(PublicRecordAdmin):
    list_display = ["name_ru", "name_en", "country", "slug"]
    list_filter = [TranslationFilter, ("country", admin.RelatedOnlyFieldListFilter)]
    list_select_related = ["country"]
    search_fields = ["name_search"]
    autocomplete_fields = ["country"]
    inlines = [AliasInline]
    fieldsets = [
        (None, {"fields": [("name_ru", "name_en"), "country", "slug", "small_edit"]}),
        (_("Place"), {"fields": [("latitude", "longitude")]}),
    ]

    def get_search_results(self, request, queryset, search_term):
        return queryset.named_like(search_term), False


class SignatoryInline(EitherLanguageMixin, TranslationStackedInline):
    model = Signatory
    autocomplete_fields = ["person"]
    fieldsets = [
        (
            None,
            {"fields": [("side", "person"), ("name_ru", "name_en"), ("office_ru", "office_en")]},
        )
    ]
    extra = 0


class AnniversaryFilter(admin.SimpleListFilter):
    title = _("anniversary")
    parameter_name = "anniversary"

    def lookups(self, request, model_admin):
        return [("near", _("to be told now"))]

    def queryset(self, request, queryset):
        if self.value() != "near":
            return queryset
        return queryset.filter(pk__in=[one.partnership.pk for one in anniversaries.told_on()])


@admin.register(Partnership)
class PartnershipAdmin(VersionedAdminMixin, EitherLanguageMixin, TranslationAdmin):
    form = PartnershipForm
    list_display = ["pair", "kind", "stage", "signed_on", "stated_by", "answer"]
    list_filter = ["answer", "stage", "kind", AnniversaryFilter]
    list_select_related = ["member_a", "member_b", "city", "stated_by"]
    search_fields = [
        "member_a__name_search", "member_b__name_search", "city__name_search",
        "agreement_ru", "agreement_en",
    ]  # fmt: skip
    autocomplete_fields = ["member_a", "member_b", "city", "stated_by"]
    readonly_fields = ["answer", "answered_at", "answered_by", "difference", "drafts"]
    inlines = [SignatoryInline]
    actions = ["settle"]
    fieldsets = [
        (None, {"fields": [("member_a", "stated_by"), ("member_b", "city"), ("kind", "stage")]}),
        (
            _("Agreement"),
            {
                "fields": [
                    ("signed_on", "signed_precision", "is_date_unknown"),
                    ("ended_on", "ended_precision"),
                    ("agreement_ru", "agreement_en"),
                    ("source_ru", "source_en"),
                    "is_invented",
                ]
            },
        ),
        (
            _("What the other side says"),
            {"fields": [("answer", "answered_at", "answered_by"), "difference"]},
        ),
        (_("Anniversary"), {"fields": ["drafts"]}),
    ]

    def has_delete_permission(self, request, obj=None):
        return False  # it ends; its history stays

    def save_model(self, request, obj, form, change):
        if change:
            stating.restate(obj, obj.stated_by, request.user)
        else:
            stating.begin(obj, request.user)

    @admin.display(description=_("cities"), ordering="member_a__sort_key_ru")
    def pair(self, partnership):
        return str(partnership)

    @admin.display(description=_("what is not so"))
    def difference(self, partnership):
        """What the other side says instead, for the secretariat alone."""
        said = [partnership.reason, partnership.get_other_stage_display()]
        if partnership.other_signed_on:
            said.append(partial_words(partnership))
        return "; ".join(filter(None, said)) or "—"

    @admin.display(description=_("letters"))
    def drafts(self, partnership):
        """Links to the drafted letters while an anniversary is near."""
        if not partnership.pk:
            return "—"
        near = [one for one in anniversaries.told_on() if one.partnership.pk == partnership.pk]
        links = [
            (
                reverse(
                    "admin:partnerships_partnership_letter", args=[partnership.pk, side.pk, code]
                ),
                in_language(side, "name")[0],
                code,
            )
            for _one in near[:1]
            for side in partnership.sides
            for code in LANGUAGE_CODES
        ]
        return format_html_join(" · ", '<a href="{}">{} ({})</a>', links) or _(
            "No anniversary is near."
        )

    @admin.action(description=_("Cleared up: it is so for both sides"), permissions=["change"])
    def settle(self, request, queryset):
        done = 0
        for partnership in queryset.filter(member_b__isnull=False):
            try:
                stating.settle(partnership, request.user)
                done += 1
            except ValidationError as error:
                self.message_user(request, f"{partnership}: {error.messages[0]}", messages.ERROR)
        self.message_user(request, _("Cleared up: %(count)d") % {"count": done})

    def get_urls(self):
        drafted = self.admin_site.admin_view(self.letter_view)
        return [
            path(
                "<int:pk>/letter/<int:side>/<str:language>/",
                drafted,
                name="partnerships_partnership_letter",
            ),
            *super().get_urls(),
        ]

    def letter_view(self, request, pk: int, side: int, language: str):
        """The drafted letter of a near anniversary to the head of one side, as PDF."""
        partnership = self.get_object(request, str(pk))
        if partnership is None or not self.has_view_permission(request, partnership):
            raise Http404
        near = [one for one in anniversaries.told_on() if one.partnership.pk == pk]
        to = next((one for one in partnership.sides if one.pk == side), None)
        if not near or to is None or language not in LANGUAGE_CODES:
            raise Http404
        made = letter.draft(near[0], to, language)
        return pdf_response(made, f"anniversary-{pk}-{language}.pdf")


def partial_words(partnership: Partnership) -> str:
    """The date that the other side says."""
    return partial_text(partnership.other_signed_on, partnership.other_precision)


@admin.register(Affiliation)
class AffiliationAdmin(EitherLanguageMixin, TranslationAdmin):
    list_display = ["member", "organisation", "grade", "is_founder", "starts_on", "ends_on"]
    list_filter = ["grade", "is_founder", ("organisation", admin.RelatedOnlyFieldListFilter)]
    list_select_related = ["member", "organisation"]
    search_fields = ["member__name_search", "organisation__name_ru", "organisation__name_en"]
    autocomplete_fields = ["member", "organisation"]
    fieldsets = [
        (
            None,
            {
                "fields": [
                    ("member", "organisation"),
                    ("grade", "is_founder"),
                    DAYS,
                    ("note_ru", "note_en"),
                    ("source_ru", "source_en"),
                ]
            },
        )
    ]


@admin.register(ListedCity)
class ListedCityAdmin(EitherLanguageMixin, TranslationAdmin):
    list_display = ["name_ru", "name_en", "organisation", "order"]
    list_filter = [("organisation", admin.RelatedOnlyFieldListFilter)]
    list_select_related = ["organisation"]
    search_fields = ["name_ru", "name_en"]
    autocomplete_fields = ["organisation"]
    fieldsets = [
        (
            None,
            {"fields": [("organisation", "order"), ("name_ru", "name_en"),
                        ("source_ru", "source_en")]},
        )
    ]  # fmt: skip


@admin.register(CharterSigning)
class CharterSigningAdmin(EitherLanguageMixin, TranslationAdmin):
    list_display = ["member", "charter_ru", "charter_en", "signed_on"]
    list_select_related = ["member"]
    search_fields = ["member__name_search", "charter_ru", "charter_en"]
    autocomplete_fields = ["member", "person"]
    fieldsets = [
        (
            None,
            {
                "fields": [
                    "member",
                    ("charter_ru", "charter_en"),
                    ("signed_on", "signed_precision"),
                    "person",
                    ("signatory_ru", "signatory_en"),
                    ("office_ru", "office_en"),
                    ("note_ru", "note_en"),
                    ("source_ru", "source_en"),
                ]
            },
        )
    ]
