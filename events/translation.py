from modeltranslation.translator import TranslationOptions, register

from events.models import Event, Participant


@register(Event)
class EventTranslation(TranslationOptions):
    fields = ("title", "summary", "body", "place", "cancellation_note")


@register(Participant)
class ParticipantTranslation(TranslationOptions):
    fields = ("position",)
