from modeltranslation.translator import TranslationOptions, register

from news.models import Article, Author, Photo, Source


@register(Article)
class ArticleTranslation(TranslationOptions):
    fields = ("title", "lead", "body")


@register(Author)
class AuthorTranslation(TranslationOptions):
    fields = ("name",)


@register(Source)
class SourceTranslation(TranslationOptions):
    fields = ("name",)


@register(Photo)
class PhotoTranslation(TranslationOptions):
    fields = ("caption", "alt")
