from modeltranslation.translator import TranslationOptions, register

from practices.models import Practice, Recommendation
from practices.models.practices import TEXTS


@register(Practice)
class PracticeTranslation(TranslationOptions):
    fields = ("title", "summary", *TEXTS, "cost_note", "contact_office")


@register(Recommendation)
class RecommendationTranslation(TranslationOptions):
    fields = ("by", "words")
