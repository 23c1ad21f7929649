from modeltranslation.translator import TranslationOptions, register

from content.models import Page, Picture, Topic


@register(Topic)
class TopicTranslation(TranslationOptions):
    fields = ("title",)


@register(Page)
class PageTranslation(TranslationOptions):
    fields = ("title", "lead", "body")


@register(Picture)
class PictureTranslation(TranslationOptions):
    fields = ("alt", "caption")
