from modeltranslation.translator import TranslationOptions, register

from programme.models import EventDocument, MaterialRequest, Session, SpeakerRole


@register(Session)
class SessionTranslation(TranslationOptions):
    fields = ("title", "summary", "listeners")


@register(SpeakerRole)
class SpeakerRoleTranslation(TranslationOptions):
    fields = ("name", "position", "on_behalf_of", "promised", "missing")


@register(EventDocument)
class EventDocumentTranslation(TranslationOptions):
    fields = ("title",)


@register(MaterialRequest)
class MaterialRequestTranslation(TranslationOptions):
    fields = ("what",)
