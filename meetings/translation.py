from modeltranslation.translator import TranslationOptions, register

from meetings.models import (
    AgendaItem,
    AssemblyDelegate,
    Attendance,
    Decision,
    Election,
    Erratum,
    Meeting,
    MeetingDocument,
    Nomination,
    Protocol,
)


@register(Meeting)
class MeetingTranslation(TranslationOptions):
    fields = ("title", "place", "notes")


@register(AgendaItem)
class AgendaItemTranslation(TranslationOptions):
    fields = ("title", "speaker_text", "note")


@register(MeetingDocument)
class MeetingDocumentTranslation(TranslationOptions):
    fields = ("title",)


@register([AssemblyDelegate, Attendance])
class NamedPersonTranslation(TranslationOptions):
    fields = ("name",)


@register(Decision)
class DecisionTranslation(TranslationOptions):
    fields = ("wording",)


@register(Election)
class ElectionTranslation(TranslationOptions):
    fields = ("title", "tie_note")


@register(Nomination)
class NominationTranslation(TranslationOptions):
    fields = ("statement", "late_reason")


@register(Protocol)
class ProtocolTranslation(TranslationOptions):
    fields = ("tie_note",)


@register(Erratum)
class ErratumTranslation(TranslationOptions):
    fields = ("text",)
