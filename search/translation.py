from modeltranslation.translator import TranslationOptions, register

from search.models import ChosenAnswer


@register(ChosenAnswer)
class ChosenAnswerTranslation(TranslationOptions):
    fields = ("title", "text")
