from modeltranslation.translator import TranslationOptions, register

from judging.models import Criterion, Stage


@register(Stage)
class StageTranslation(TranslationOptions):
    fields = ("title",)


@register(Criterion)
class CriterionTranslation(TranslationOptions):
    fields = ("title", "hint")
