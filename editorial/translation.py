from modeltranslation.translator import TranslationOptions, register

from editorial.models import Correction


@register(Correction)
class CorrectionTranslation(TranslationOptions):
    fields = ("note",)
