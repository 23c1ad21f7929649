from modeltranslation.translator import TranslationOptions, register

from facts.models import Fact, Subject


@register(Subject)
class SubjectTranslation(TranslationOptions):
    fields = ("title", "unit", "match_words")


@register(Fact)
class FactTranslation(TranslationOptions):
    fields = ("wording", "text", "source", "note")
