"""Ratings and their editions in the secretariat's admin."""

from django.contrib import admin

from content.record_admin import PublicRecordAdmin
from ratings.models import Edition, Rating


@admin.register(Rating)
class RatingAdmin(PublicRecordAdmin):
    search_fields = ["title_ru", "title_en", "slug"]
    fieldsets = [(None, {"fields": [("title_ru", "title_en"), "slug"]})]


@admin.register(Edition)
class EditionAdmin(PublicRecordAdmin):
    search_fields = ["title_ru", "title_en", "slug"]
    fieldsets = [(None, {"fields": ["rating", ("title_ru", "title_en"), "slug"]})]
