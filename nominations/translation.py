from modeltranslation.translator import TranslationOptions, register

from nominations.models import DossierSection, OutsideCall


@register(OutsideCall)
class OutsideCallTranslation(TranslationOptions):
    fields = ("title", "terms")


@register(DossierSection)
class DossierSectionTranslation(TranslationOptions):
    fields = ("title", "hint")
