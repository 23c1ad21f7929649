from modeltranslation.translator import TranslationOptions, register

from questionnaires.models import QuestionnaireReminder


@register(QuestionnaireReminder)
class QuestionnaireReminderTranslation(TranslationOptions):
    fields = ("subject", "text")
