from modeltranslation.translator import TranslationOptions, register

from library.models import Publication


@register(Publication)
class PublicationTranslation(TranslationOptions):
    fields = ("title", "summary", "body", "source")
