from modeltranslation.translator import TranslationOptions, register

from travel.models import Hotel, TravelOffer


@register(TravelOffer)
class TravelOfferTranslation(TranslationOptions):
    fields = ("note",)


@register(Hotel)
class HotelTranslation(TranslationOptions):
    fields = ("name", "price")
    required_languages = ()
