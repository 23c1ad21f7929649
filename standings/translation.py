from modeltranslation.translator import TranslationOptions, register

from standings.models import Advice, Seal


@register(Seal)
class SealTranslation(TranslationOptions):
    fields = ("reason",)


@register(Advice)
class AdviceTranslation(TranslationOptions):
    fields = ("text",)
