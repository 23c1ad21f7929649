from modeltranslation.translator import TranslationOptions, register

from members.models import (
    Composition,
    CompositionPart,
    Country,
    Department,
    DepartmentContact,
    Member,
    MemberFigure,
    MemberName,
    Prospect,
    SizeCategory,
    StatusChange,
)


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


@register(StatusChange)
class StatusChangeTranslation(TranslationOptions):
    fields = ("decided_by", "reason")


@register(Prospect)
class ProspectTranslation(TranslationOptions):
    fields = ("name",)


@register(Department)
class DepartmentTranslation(TranslationOptions):
    fields = ("name",)


@register(DepartmentContact)
class DepartmentContactTranslation(TranslationOptions):
    fields = ("full_name", "job")


@register(Composition)
class CompositionTranslation(TranslationOptions):
    fields = ("source",)


@register(CompositionPart)
class CompositionPartTranslation(TranslationOptions):
    fields = ("kind",)
