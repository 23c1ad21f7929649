from modeltranslation.translator import TranslationOptions, register

from events.models import (
    Event,
    EventChange,
    EventLetter,
    EventParty,
    Hall,
    Participant,
    Question,
    QuestionChoice,
    ReminderRule,
    Series,
    Venue,
)


@register(Event)
class EventTranslation(TranslationOptions):
    fields = ("title", "summary", "body", "place", "cancellation_note")


@register(Series)
class SeriesTranslation(TranslationOptions):
    fields = ("title", "summary")


@register(Venue)
class VenueTranslation(TranslationOptions):
    fields = ("name", "address", "directions")


@register(Hall)
class HallTranslation(TranslationOptions):
    fields = ("name",)


@register(EventParty)
class EventPartyTranslation(TranslationOptions):
    fields = ("name",)


@register(Participant)
class ParticipantTranslation(TranslationOptions):
    fields = ("position",)


@register(Question)
class QuestionTranslation(TranslationOptions):
    fields = ("wording", "hint")


@register(QuestionChoice)
class QuestionChoiceTranslation(TranslationOptions):
    fields = ("wording",)


@register(ReminderRule)
class ReminderRuleTranslation(TranslationOptions):
    fields = ("subject", "text")


@register(EventChange)
class EventChangeTranslation(TranslationOptions):
    fields = ("note", "old_place", "new_place")


@register(EventLetter)
class EventLetterTranslation(TranslationOptions):
    fields = ("subject", "text")
