from modeltranslation.translator import TranslationOptions, register

from dues.models import CountryGroup, FeeScale, Payee


@register(CountryGroup)
class CountryGroupTranslation(TranslationOptions):
    fields = ("name",)


@register(FeeScale)
class FeeScaleTranslation(TranslationOptions):
    fields = ("title", "approved")


@register(Payee)
class PayeeTranslation(TranslationOptions):
    fields = ("legal_name", "address", "bank", "signatory")
