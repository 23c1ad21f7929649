from modeltranslation.translator import TranslationOptions, register

from laureates.models import Erratum, Laureate, Results


@register(Results)
class ResultsTranslation(TranslationOptions):
    fields = ("introduction",)


@register(Laureate)
class LaureateTranslation(TranslationOptions):
    fields = (
        "title", "honour_text", "category_text", "citation", "work_title", "jury_words",
        "presenter", "recipient", "presented_at", "source",
    )  # fmt: skip


@register(Erratum)
class ErratumTranslation(TranslationOptions):
    fields = ("text",)
