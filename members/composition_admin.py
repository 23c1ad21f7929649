"""The composition of an association in the admin: the parts have to add up to the total."""

from django import forms
from django.contrib import admin
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from modeltranslation.admin import TranslationAdmin, TranslationTabularInline

from content.dates import grouped
from members.composition import sum_words
from members.models import Composition, CompositionPart, Member

PARTS = "parts"


class CompositionForm(forms.ModelForm):
    """Its fields are named by the admin page that uses it."""

    def clean_member(self) -> Member:
        member = self.cleaned_data["member"]
        if member.kind != Member.Kind.ASSOCIATION:
            raise ValidationError(_("Only an association of municipalities has a composition."))
        return member

    def clean_total(self) -> int:
        total = self.cleaned_data["total"]
        if not total:
            raise ValidationError(_("An association unites one municipality at least."))
        return total

    def clean(self):
        """The sum is told beside the total, whichever number is the wrong one."""
        typed = super().clean()
        total, counts = self.cleaned_data.get("total"), self.typed_counts()
        if total and counts and sum(counts) != total:
            message = _("The parts add up to %(sum)s, and the total is %(total)s.")
            words = {"sum": sum_words(sum(counts), counts), "total": grouped(total)}
            self.add_error("total", ValidationError(message, code="sum", params=words))
        return typed

    def typed_counts(self) -> list[int]:
        """The numbers in the rows of the parts below, rows to be deleted left out.

        What is no number is refused by its own row.
        """
        rows = range(int(self.data.get(f"{PARTS}-TOTAL_FORMS") or 0))
        kept = [row for row in rows if not self.data.get(f"{PARTS}-{row}-DELETE")]
        typed = [self.data.get(f"{PARTS}-{row}-count", "").strip() for row in kept]
        return [int(text) for text in typed if text.isdecimal()]


class PartInline(TranslationTabularInline):
    model = CompositionPart
    fields = ["kind", "count", "order"]
    extra = 0

    def formfield_for_dbfield(self, db_field, request, **kwargs):
        """Either language is enough for a kind; the constraint demands one of them."""
        field = super().formfield_for_dbfield(db_field, request, **kwargs)
        if db_field.name in ("kind_ru", "kind_en"):
            field.required = False
        return field


@admin.register(Composition)
class CompositionAdmin(TranslationAdmin):
    form = CompositionForm
    list_display = ["member", "as_of", "total"]
    list_select_related = ["member"]
    search_fields = ["member__name_search"]
    autocomplete_fields = ["member"]
    inlines = [PartInline]
    fieldsets = [(None, {"fields": ["member", ("as_of", "total"), ("source_ru", "source_en")]})]

    def get_queryset(self, request):
        return super().get_queryset(request).order_by("member__sort_key_ru", "-as_of")


class CompositionInline(admin.TabularInline):
    """On the page of an association: its compositions, each with a link to its parts."""

    model = Composition
    fields = ["as_of", "total"]
    readonly_fields = ["as_of", "total"]
    extra = 0
    can_delete = False
    show_change_link = True

    def has_add_permission(self, request, obj=None):
        return False
