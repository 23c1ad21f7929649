"""What the questionnaire asks, in the secretariat's admin."""

from django.contrib import admin
from modeltranslation.admin import TranslationAdmin

from ratings.models import Indicator, IndicatorGroup, Scale


@admin.register(IndicatorGroup)
class GroupAdmin(TranslationAdmin):
    search_fields = ["code", "title_ru", "title_en"]


@admin.register(Indicator)
class IndicatorAdmin(TranslationAdmin):
    search_fields = ["code", "question_ru", "question_en"]


@admin.register(Scale)
class ScaleAdmin(TranslationAdmin):
    search_fields = ["title_ru", "title_en"]
