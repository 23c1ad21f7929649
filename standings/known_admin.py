"""Places of past editions in the admin. What was sealed is not here: nobody edits it."""

from django import forms
from django.contrib import admin
from django.db import models
from django.utils.translation import gettext_lazy as _

from ratings.models import Edition
from standings import known
from standings.models import Standing


class KnownPlaceForm(forms.ModelForm):
    """A place as a source states it."""

    class Meta:
        help_texts = {
            "member": _("Gives name and country. Empty: a city without a record here."),
            "rank": _("In the common table; empty where it is not known."),
        }

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for name in ("rank", "rank_in_class"):
            self.fields[name].min_value = 1
            self.fields[name].validators.append(forms.IntegerField(min_value=1).validators[0])

    def clean_edition(self):
        edition = self.cleaned_data["edition"]
        if not known.takes_known(edition):
            raise forms.ValidationError(
                _("Places of this edition come from its questionnaires. Choose a past edition.")
            )
        return edition

    def clean(self):
        given = super().clean()
        # Before the constraints are checked: a member names the city.
        member = given.get("member")
        if member is not None and not (given.get("name_ru") or given.get("name_en")):
            given["name_ru"], given["name_en"] = member.name_ru or "", member.name_en or ""
        if not any(given.get(one) for one in ("rank", "rank_in_class", "note_ru", "note_en")):
            self.add_error("rank", _("Give a place, or say in the note what is known."))
        if given.get("rank_in_class") and not (
            given.get("class_title_ru") or given.get("class_title_en")
        ):
            self.add_error("class_title_ru", _("Say in which class."))
        if not given.get("source"):
            self.add_error("source", _("Say where this is known from."))
        return given


@admin.register(Standing)
class KnownPlaceAdmin(admin.ModelAdmin):
    """Known places of past editions alone."""

    form = KnownPlaceForm
    fields = [
        "edition", "member", "name_ru", "name_en", "country", "is_guest", "rank",
        "rank_in_class", "class_title_ru", "class_title_en", "note_ru", "note_en", "source",
        "source_url",
    ]  # fmt: skip
    list_display = ["__str__", "edition", "rank_in_class", "class_title_ru", "source"]
    list_filter = [("edition", admin.RelatedOnlyFieldListFilter)]
    list_select_related = ["edition"]
    search_fields = ["name_ru", "name_en"]
    autocomplete_fields = ["member"]
    formfield_overrides = {models.URLField: {"assume_scheme": "https"}}
    ordering = ["-edition__year", "rank", "pk"]

    def get_queryset(self, request):
        return super().get_queryset(request).filter(seal=None)

    def formfield_for_foreignkey(self, db_field, request, **kwargs):
        if db_field.name == "edition":
            kwargs["queryset"] = Edition.objects.filter(kind=Edition.Kind.KNOWN)
        return super().formfield_for_foreignkey(db_field, request, **kwargs)

    def save_model(self, request, obj, form, change):
        known.keep(obj)

    def delete_model(self, request, obj):
        known.forget(obj)

    def delete_queryset(self, request, queryset):
        for one in queryset:
            known.forget(one)
