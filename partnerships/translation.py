from modeltranslation.translator import TranslationOptions, register

from partnerships.models import (
    Affiliation,
    CharterSigning,
    CityAlias,
    ListedCity,
    OutsideCity,
    Partnership,
    Signatory,
)


@register([OutsideCity, CityAlias])
class NameTranslation(TranslationOptions):
    fields = ("name",)


@register(Partnership)
class PartnershipTranslation(TranslationOptions):
    fields = ("agreement", "source")


@register(Signatory)
class SignatoryTranslation(TranslationOptions):
    fields = ("name", "office")


@register(Affiliation)
class AffiliationTranslation(TranslationOptions):
    fields = ("note", "source")


@register(ListedCity)
class ListedCityTranslation(TranslationOptions):
    fields = ("name", "source")


@register(CharterSigning)
class CharterSigningTranslation(TranslationOptions):
    fields = ("charter", "signatory", "office", "note", "source")
