"""People, organisations and offices in the admin."""

from django.contrib import admin
from django.db import models
from django.urls import path
from django.utils.translation import gettext_lazy as _
from modeltranslation.admin import TranslationAdmin, TranslationStackedInline

from content.record_admin import PublicRecordAdmin, TranslationFilter
from governance import desk
from governance.body_admin import BodyAdmin, SeatAdmin, SeatTermAdmin
from governance.models import (
    Body,
    DelegateProposal,
    FoundingPaper,
    Office,
    OfficeTerm,
    Organisation,
    OrganisationFigure,
    OrganisationName,
    PaperSignatory,
    Person,
    PersonConsent,
    PersonSpelling,
    Seat,
    SeatTerm,
)
from governance.proposal_admin import ProposalAdmin

DAYS = [("starts_on", "starts_precision"), ("ends_on", "ends_precision")]
HTTPS = {models.URLField: {"assume_scheme": "https"}}

admin.site.register(Body, BodyAdmin)
admin.site.register(Seat, SeatAdmin)
admin.site.register(SeatTerm, SeatTermAdmin)
admin.site.register(DelegateProposal, ProposalAdmin)


class EitherLanguageMixin:
    """For inlines with a text that one language is enough for; the constraint demands one."""

    either_language: tuple[str, ...] = ()

    def formfield_for_dbfield(self, db_field, request, **kwargs):
        field = super().formfield_for_dbfield(db_field, request, **kwargs)
        if field and db_field.name[:-3] in self.either_language:
            field.required = False
        return field


class SpellingInline(admin.TabularInline):
    model = PersonSpelling
    extra = 0


class ConsentInline(admin.TabularInline):
    model = PersonConsent
    extra = 0

    def has_delete_permission(self, request, obj=None):
        return False  # withdrawn by its day; what was agreed stays on record


@admin.register(Person)
class PersonAdmin(PublicRecordAdmin):
    list_display = ["full_name_ru", "full_name_en", "is_public", "slug"]
    list_filter = ["is_public", TranslationFilter]
    search_fields = ["full_name_ru", "full_name_en", "spellings__text"]
    autocomplete_fields = ["photo"]
    inlines = [SpellingInline, ConsentInline]
    fieldsets = [
        (None, {"fields": [("full_name_ru", "full_name_en"), "slug", "is_public"]}),
        (
            _("For letters"),
            {"fields": [("name_genitive", "name_dative"), ("salutation_ru", "salutation_en")]},
        ),
        (
            _("Shown by consent"),
            {"fields": ["photo", ("biography_ru", "biography_en"), "small_edit"]},
        ),
    ]


class OrganisationNameInline(EitherLanguageMixin, TranslationStackedInline):
    model = OrganisationName
    either_language = ("name",)
    fieldsets = [(None, {"fields": [("name_ru", "name_en"), "kind", *DAYS]})]
    extra = 0


class FigureInline(EitherLanguageMixin, TranslationStackedInline):
    model = OrganisationFigure
    either_language = ("what",)
    fieldsets = [
        (
            None,
            {
                "fields": [
                    ("what_ru", "what_en", "value"),
                    ("as_of", "as_of_precision"),
                    ("source_ru", "source_en"),
                ]
            },
        )
    ]
    extra = 0


@admin.register(Organisation)
class OrganisationAdmin(PublicRecordAdmin):
    list_display = ["name_ru", "name_en", "kind", "parent", "is_own"]
    list_filter = ["kind", TranslationFilter]
    list_select_related = ["parent"]
    search_fields = ["name_search"]
    autocomplete_fields = ["parent", "country", "member"]
    formfield_overrides = {**PublicRecordAdmin.formfield_overrides, **HTTPS}
    inlines = [OrganisationNameInline, FigureInline]
    fieldsets = [
        (
            None,
            {
                "fields": [
                    ("name_ru", "name_en"),
                    ("short_name_ru", "short_name_en"),
                    ("kind", "parent"),
                    ("slug", "is_own"),
                ]
            },
        ),
        (
            _("Texts"),
            {"fields": [("aims_ru", "aims_en"), ("services_ru", "services_en"), "small_edit"]},
        ),
        (
            _("Facts"),
            {
                "fields": [
                    ("founded_on", "founded_precision"),
                    ("dissolved_on", "dissolved_precision"),
                    ("website", "country", "member"),
                ]
            },
        ),
    ]

    def get_search_results(self, request, queryset, search_term):
        return queryset.named_like(search_term), False


class SignatoryInline(TranslationStackedInline):
    model = PaperSignatory
    autocomplete_fields = ["person", "member"]
    fieldsets = [
        (
            None,
            {
                "fields": [
                    ("person", "member", "order"),
                    ("name_ru", "name_en"),
                    ("office_ru", "office_en"),
                ]
            },
        )
    ]
    extra = 0


@admin.register(FoundingPaper)
class FoundingPaperAdmin(EitherLanguageMixin, TranslationAdmin):
    either_language = ("title",)
    list_display = ["title_ru", "title_en", "organisation", "signed_on"]
    list_select_related = ["organisation"]
    search_fields = ["title_ru", "title_en", "organisation__name_search"]
    autocomplete_fields = ["organisation"]
    readonly_fields = ["file"]
    inlines = [SignatoryInline]
    fieldsets = [
        (
            None,
            {
                "fields": [
                    "organisation",
                    ("title_ru", "title_en"),
                    ("signed_on", "signed_precision"),
                    ("note_ru", "note_en"),
                    "file",
                ]
            },
        )
    ]


class OfficeTermInline(TranslationStackedInline):
    model = OfficeTerm
    autocomplete_fields = ["person"]
    fieldsets = [
        (
            None,
            {"fields": [("person", "is_acting"), *DAYS, "end_reason", ("note_ru", "note_en")]},
        )
    ]
    extra = 0


@admin.register(Office)
class OfficeAdmin(EitherLanguageMixin, TranslationAdmin):
    either_language = ("title",)
    change_form_template = "admin/governance/office/change_form.html"
    list_display = ["title_ru", "title_en", "kind", "member", "organisation", "is_single"]
    list_filter = ["kind"]
    list_select_related = ["member", "organisation"]
    search_fields = ["title_ru", "title_en", "member__name_search", "organisation__name_search"]
    autocomplete_fields = ["member", "organisation"]
    inlines = [OfficeTermInline]
    fieldsets = [
        (None, {"fields": [("member", "organisation"), ("title_ru", "title_en"), "kind"]}),
        (_("For letters"), {"fields": [("title_genitive", "title_dative")]}),
        (_("Order"), {"fields": [("is_single", "order")]}),
    ]

    def has_delete_permission(self, request, obj=None):
        return False  # an office that is gone keeps its history: its last term is ended

    def get_urls(self):
        view = self.admin_site.admin_view
        return [
            path("<int:pk>/appoint/", view(self.appoint_view), name="governance_office_appoint"),
            path("terms/<int:pk>/end/", view(self.end_view), name="governance_office_end"),
            *super().get_urls(),
        ]

    def render_change_form(self, request, context, *args, obj=None, **kwargs):
        may_appoint = obj is not None and request.user.has_perm("governance.add_officeterm")
        context["may_appoint"] = may_appoint
        if may_appoint:
            context["running"] = obj.terms.on().select_related("person")
        return super().render_change_form(request, context, *args, obj=obj, **kwargs)

    def appoint_view(self, request, pk: int):
        """Appoint somebody to this office."""
        return desk.appoint(self, request, pk)

    def end_view(self, request, pk: int):
        """End a term of an office."""
        return desk.end_office(self, request, pk)
