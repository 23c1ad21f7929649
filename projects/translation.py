from modeltranslation.translator import TranslationOptions, register

from projects.models import (
    Commitment,
    CommitmentPaper,
    OutsideLibrary,
    Project,
    Recommendation,
    Strategy,
    Wave,
)


@register(Project)
class ProjectTranslation(TranslationOptions):
    fields = ("title", "summary", "body", "results")


@register(Strategy)
class StrategyTranslation(TranslationOptions):
    fields = ("title", "summary", "body")


@register(Wave)
class WaveTranslation(TranslationOptions):
    fields = ("title", "text")


@register(Recommendation)
class RecommendationTranslation(TranslationOptions):
    fields = ("title", "text", "body", "meeting", "source")


@register(OutsideLibrary)
class OutsideLibraryTranslation(TranslationOptions):
    fields = ("name", "kept_by", "about")


@register(Commitment)
class CommitmentTranslation(TranslationOptions):
    fields = ("title", "note", "source")


@register(CommitmentPaper)
class CommitmentPaperTranslation(TranslationOptions):
    fields = ("title",)
