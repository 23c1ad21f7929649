"""The glossary in the admin."""

from django.contrib import admin
from modeltranslation.admin import TranslationAdmin

from content.editing import VersionedAdminMixin, VersionedFormMixin
from content.languages import LANGUAGE_CODES
from translating.models import Term


class TermForm(VersionedFormMixin):
    """A term; one language is enough until somebody knows the other."""


@admin.register(Term)
class TermAdmin(VersionedAdminMixin, TranslationAdmin):
    form = TermForm
    list_display = [*(f"name_{code}" for code in LANGUAGE_CODES), "kind", "note"]
    list_filter = ["kind"]
    search_fields = [
        f"{field}_{code}" for field in ("name", "forbidden") for code in LANGUAGE_CODES
    ]
    fieldsets = [
        (
            None,
            {
                "fields": [
                    tuple(f"name_{code}" for code in LANGUAGE_CODES),
                    tuple(f"forbidden_{code}" for code in LANGUAGE_CODES),
                    "kind",
                    "note",
                ]
            },
        )
    ]
