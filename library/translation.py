from modeltranslation.translator import TranslationOptions, register

from library.models import Publication, Series


@register(Publication)
class PublicationTranslation(TranslationOptions):
    fields = ("title", "summary", "body", "source", "theme")


@register(Series)
class SeriesTranslation(TranslationOptions):
    fields = ("title", "about")
