from modeltranslation.translator import TranslationOptions, register

from awards.models import Award, Category, DraftReminder, EntryField, EntryFieldChoice, Round


@register(Award)
class AwardTranslation(TranslationOptions):
    fields = ("title", "summary", "body", "given_by")


@register(Round)
class RoundTranslation(TranslationOptions):
    fields = ("title", "theme", "summary", "rules")


@register(Category)
class CategoryTranslation(TranslationOptions):
    fields = ("title", "description")


@register(EntryField)
class EntryFieldTranslation(TranslationOptions):
    fields = ("label", "hint")


@register(EntryFieldChoice)
class EntryFieldChoiceTranslation(TranslationOptions):
    fields = ("label",)


@register(DraftReminder)
class DraftReminderTranslation(TranslationOptions):
    fields = ("subject", "text")
