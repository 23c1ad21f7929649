from modeltranslation.translator import TranslationOptions, register

from translating.models import Term


@register(Term)
class TermTranslation(TranslationOptions):
    fields = ("name", "forbidden")
