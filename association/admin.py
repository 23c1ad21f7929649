"""The association's own pages in the admin: front page, partners, contacts, staff directory."""

from django.contrib import admin
from django.db import models
from django.utils.translation import gettext_lazy as _
from modeltranslation.admin import TranslationAdmin

from association.forms import FeaturedForm, StaffMemberForm
from association.models import (
    ContactCard,
    Featured,
    HomeBlock,
    OfficeHours,
    Partner,
    StaffMember,
    Welcome,
)
from content.editing import VersionedAdminMixin

VALIDITY = (
    _("Valid"),
    {"fields": [("starts_on", "starts_precision"), ("ends_on", "ends_precision")]},
)


class OnlyOneAdmin(VersionedAdminMixin, TranslationAdmin):
    """Of a table with one row: added once, never deleted."""

    def has_add_permission(self, request):
        """Offered on its own pages alone: the index of every page would ask whether it exists."""
        pages = f"{self.opts.app_label}_{self.opts.model_name}_"
        is_own = request.resolver_match and (request.resolver_match.url_name or "").startswith(
            pages
        )
        may = is_own and super().has_add_permission(request)
        return bool(may) and not self.model.objects.exists()

    def has_delete_permission(self, request, obj=None):
        return False


@admin.register(Welcome)
class WelcomeAdmin(OnlyOneAdmin):
    fieldsets = [(None, {"fields": [("headline_ru", "headline_en"), ("mission_ru", "mission_en")]})]


@admin.register(HomeBlock)
class HomeBlockAdmin(VersionedAdminMixin, TranslationAdmin):
    list_display = ["kind", "position", "is_shown", "count"]
    list_filter = ["is_shown"]
    readonly_fields = ["kind"]
    fieldsets = [
        (None, {"fields": ["kind", ("is_shown", "position", "count"), ("title_ru", "title_en")]})
    ]

    def has_add_permission(self, request):
        return False

    def has_delete_permission(self, request, obj=None):
        return False


@admin.register(Featured)
class FeaturedAdmin(VersionedAdminMixin, TranslationAdmin):
    form = FeaturedForm
    list_display = ["label", "position", "starts_on", "ends_on"]
    search_fields = ["label"]
    autocomplete_fields = ["picture"]
    readonly_fields = ["label"]
    fieldsets = [
        (None, {"fields": ["label", "address", "position", ("text_ru", "text_en"), "picture"]}),
        VALIDITY,
    ]


@admin.register(Partner)
class PartnerAdmin(VersionedAdminMixin, TranslationAdmin):
    formfield_overrides = {models.URLField: {"assume_scheme": "https"}}
    list_display = ["name", "kind", "position", "starts_on", "ends_on"]
    list_filter = ["kind"]
    search_fields = ["name_ru", "name_en"]
    autocomplete_fields = ["organisation", "logo"]
    fieldsets = [
        (
            None,
            {
                "fields": [
                    "kind", ("name_ru", "name_en"), ("role_ru", "role_en"), "url", "organisation",
                    "logo", "position",
                ]
            },
        ),
        VALIDITY,
    ]  # fmt: skip


class OfficeHoursInline(admin.TabularInline):
    model = OfficeHours
    extra = 1


@admin.register(ContactCard)
class ContactCardAdmin(OnlyOneAdmin):
    inlines = [OfficeHoursInline]
    fieldsets = [
        (
            None,
            {
                "fields": [
                    ("name_ru", "name_en"), ("address_ru", "address_en"), ("phone", "fax"), "email",
                    ("latitude", "longitude"), ("directions_ru", "directions_en"),
                    ("note_ru", "note_en"),
                ]
            },
        )
    ]  # fmt: skip


@admin.register(StaffMember)
class StaffMemberAdmin(VersionedAdminMixin, TranslationAdmin):
    form = StaffMemberForm
    list_display = ["name", "position", "order", "ends_on"]
    search_fields = ["name_ru", "name_en", "position_ru", "position_en"]
    autocomplete_fields = ["person"]
    fieldsets = [
        (
            None,
            {
                "fields": [
                    ("name_ru", "name_en"), ("position_ru", "position_en"),
                    ("duties_ru", "duties_en"), "languages", ("email", "phone"), "person", "order",
                ]
            },
        ),
        VALIDITY,
    ]  # fmt: skip
