"""Awards and rounds in the secretariat's admin."""

from django.contrib import admin

from awards.models import Award, Round
from content.record_admin import PublicRecordAdmin


@admin.register(Award)
class AwardAdmin(PublicRecordAdmin):
    search_fields = ["title_ru", "title_en", "slug"]


@admin.register(Round)
class RoundAdmin(PublicRecordAdmin):
    search_fields = ["title_ru", "title_en", "slug", "award__title_ru", "award__title_en"]
    autocomplete_fields = ["award", "event"]
