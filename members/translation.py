from modeltranslation.translator import TranslationOptions, register

from members.models import Country, Member, MemberFigure, MemberName, SizeCategory


@register(Country)
class CountryTranslation(TranslationOptions):
    fields = ("name",)


@register(Member)
class MemberTranslation(TranslationOptions):
    fields = ("name", "slogan", "about")


@register(MemberName)
class MemberNameTranslation(TranslationOptions):
    fields = ("name",)


@register(MemberFigure)
class MemberFigureTranslation(TranslationOptions):
    fields = ("source",)


@register(SizeCategory)
class SizeCategoryTranslation(TranslationOptions):
    fields = ("name",)
