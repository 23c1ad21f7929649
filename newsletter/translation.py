from modeltranslation.translator import TranslationOptions, register

from newsletter.models import Bulletin


@register(Bulletin)
class BulletinTranslation(TranslationOptions):
    fields = ("title", "intro")
