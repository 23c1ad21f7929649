"""Scales, groups of countries and payees in the admin."""

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import models
from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.shortcuts import get_object_or_404, redirect
from django.urls import path, reverse
from django.utils.translation import gettext_lazy as _
from modeltranslation.admin import TranslationAdmin

from content.editing import VersionedAdminMixin
from dues import scales
from dues.models import CountryInGroup, FeeRate, FeeScale
from dues.money import AmountField
from dues.staff_forms import BilingualForm, CountriesFormSet, RateFormSet

DAYS = ("starts_on", "starts_precision", "ends_on", "ends_precision")


class CountryInline(admin.TabularInline):
    model = CountryInGroup
    formset = CountriesFormSet
    fields = ["country", *DAYS]
    autocomplete_fields = ["country"]
    extra = 0

    def get_queryset(self, request):
        return super().get_queryset(request).select_related("country")


class CountryGroupAdmin(VersionedAdminMixin, TranslationAdmin):
    form = BilingualForm
    list_display = ["name_ru", "name_en", "countries", "order"]
    search_fields = ["name_ru", "name_en"]
    inlines = [CountryInline]
    fieldsets = [(None, {"fields": [("name_ru", "name_en"), "order"]})]

    def get_queryset(self, request):
        return super().get_queryset(request).prefetch_related("entries__country")

    @admin.display(description=_("countries today"))
    def countries(self, group):
        today = [one for one in group.entries.all() if one.is_valid_on()]
        return ", ".join(one.country.code for one in today) or "—"

    def has_delete_permission(self, request, obj=None):
        used = obj is not None and obj.rates.exists()
        return not used and super().has_delete_permission(request, obj)


class RateInline(admin.TabularInline):
    model = FeeRate
    formset = RateFormSet
    fields = ["kind", "size_category", "country_group", "amount"]
    formfield_overrides = {models.DecimalField: {"form_class": AmountField}}
    extra = 1

    def get_queryset(self, request):
        rates = super().get_queryset(request)
        return rates.select_related("size_category", "country_group")

    def get_formset(self, request, obj=None, **kwargs):
        """Sizes and groups are chosen here and kept on pages of their own: no links beside them."""
        formset = super().get_formset(request, obj, **kwargs)
        for name in ("size_category", "country_group"):
            widget = formset.form.base_fields[name].widget
            for deed in ("add", "change", "delete", "view"):
                setattr(widget, f"can_{deed}_related", False)
        return formset


class FeeScaleAdmin(VersionedAdminMixin, TranslationAdmin):
    form = BilingualForm
    change_form_template = "admin/dues/scale_form.html"
    list_display = ["__str__", "year", "currency", "due_on", "rate_count"]
    list_filter = ["currency"]
    inlines = [RateInline]
    fieldsets = [
        (
            None,
            {
                "fields": [
                    ("year", "currency", "due_on"),
                    ("title_ru", "title_en"),
                    ("approved_ru", "approved_en"),
                ]
            },
        )
    ]

    def get_queryset(self, request):
        return super().get_queryset(request).annotate(rate_total=models.Count("rates"))

    @admin.display(description=_("rates"), ordering="rate_total")
    def rate_count(self, scale):
        return scale.rate_total

    def has_delete_permission(self, request, obj=None):
        used = obj is not None and obj.invoices.exists()
        return not used and super().has_delete_permission(request, obj)

    def get_urls(self):
        copy = self.admin_site.admin_view(self.copy_view)
        return [path("<int:pk>/copy/", copy, name="dues_feescale_copy"), *super().get_urls()]

    def render_change_form(self, request, context, *args, obj=None, **kwargs):
        context["may_copy"] = obj is not None and self.has_add_permission(request)
        return super().render_change_form(request, context, *args, obj=obj, **kwargs)

    def copy_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Make the scale of the next year with the same rates and open it."""
        if not self.has_add_permission(request):
            raise PermissionDenied
        if request.method != "POST":
            return HttpResponseNotAllowed(["POST"])
        scale = get_object_or_404(FeeScale, pk=pk)
        try:
            copy = scales.copy_to_next_year(scale, request.user)
        except ValidationError as error:
            self.message_user(request, error.messages[0], messages.WARNING)
            return redirect(reverse("admin:dues_feescale_change", args=[pk]))
        words = _("The rates are copied. Look at the title, the day and the amounts.")
        self.message_user(request, words, messages.SUCCESS)
        return redirect(reverse("admin:dues_feescale_change", args=[copy.pk]))


class PayeeAdmin(VersionedAdminMixin, TranslationAdmin):
    form = BilingualForm
    list_display = ["__str__", "currency", "starts_on", "ends_on"]
    fieldsets = [
        (
            None,
            {
                "fields": [
                    "currency",
                    ("legal_name_ru", "legal_name_en"),
                    ("address_ru", "address_en"),
                    "tax_numbers",
                ]
            },
        ),
        (_("Bank"), {"fields": [("bank_ru", "bank_en"), "account", "bank_codes"]}),
        (_("Signature"), {"fields": [("signatory_ru", "signatory_en")]}),
        (_("Valid"), {"fields": [DAYS[:2], DAYS[2:]]}),
    ]
