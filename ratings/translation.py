from modeltranslation.translator import TranslationOptions, register

from ratings.models import (
    Edition,
    Indicator,
    IndicatorGroup,
    Rating,
    Scale,
    ScaleStep,
    SizeClass,
    Zone,
)


@register(Rating)
class RatingTranslation(TranslationOptions):
    fields = ("title", "summary", "body")


@register(Edition)
class EditionTranslation(TranslationOptions):
    fields = ("title", "summary", "body", "methodology")


@register([Zone, SizeClass, Scale])
class TitleTranslation(TranslationOptions):
    fields = ("title",)


@register(IndicatorGroup)
class IndicatorGroupTranslation(TranslationOptions):
    fields = ("title", "description")


@register(ScaleStep)
class ScaleStepTranslation(TranslationOptions):
    fields = ("label",)


@register(Indicator)
class IndicatorTranslation(TranslationOptions):
    fields = ("question", "help", "unit")
