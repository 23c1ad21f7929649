from modeltranslation.translator import TranslationOptions, register

from hosting.models import Criterion, HostCall


@register(HostCall)
class HostCallTranslation(TranslationOptions):
    fields = ("title", "body", "outcome")


@register(Criterion)
class CriterionTranslation(TranslationOptions):
    fields = ("name", "hint")
