"""What is written in both languages."""

from modeltranslation.translator import TranslationOptions, register

from consultations.models import Call, Chapter, Consultation, Milestone, Question


@register(Consultation)
class ConsultationTexts(TranslationOptions):
    fields = ["title", "summary", "body", "outcome"]


@register(Call)
class CallTexts(TranslationOptions):
    fields = ["title", "about"]


@register(Question)
class QuestionTexts(TranslationOptions):
    fields = ["text"]


@register(Milestone)
class MilestoneTexts(TranslationOptions):
    fields = ["title"]


@register(Chapter)
class ChapterTexts(TranslationOptions):
    fields = ["title"]
