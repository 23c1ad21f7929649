"""The library of recommendations in the admin."""

from django.contrib import admin
from modeltranslation.admin import TranslationAdmin

from standings.models import Advice


@admin.register(Advice)
class AdviceAdmin(TranslationAdmin):
    """One text for one situation, in both languages."""

    list_display = ["text", "rating", "code", "when", "order"]
    list_display_links = ["text"]
    list_select_related = ["rating"]
    list_filter = ["rating", "when"]
    search_fields = ["code", "text_ru", "text_en"]
    autocomplete_fields = ["rating"]
    fields = ["rating", "code", "when", "text", "order"]
