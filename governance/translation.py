from modeltranslation.translator import TranslationOptions, register

from governance.models import (
    Body,
    BodyName,
    DelegateProposal,
    FoundingPaper,
    Office,
    OfficeTerm,
    Organisation,
    OrganisationFigure,
    OrganisationName,
    PaperSignatory,
    Person,
    Seat,
    SeatFilling,
    SeatTerm,
)


@register(Person)
class PersonTranslation(TranslationOptions):
    fields = ("full_name", "salutation", "biography")


@register(Organisation)
class OrganisationTranslation(TranslationOptions):
    fields = ("name", "short_name", "aims", "services")


@register([OrganisationName, BodyName])
class NameTranslation(TranslationOptions):
    fields = ("name",)


@register(OrganisationFigure)
class OrganisationFigureTranslation(TranslationOptions):
    fields = ("what", "source")


@register(FoundingPaper)
class FoundingPaperTranslation(TranslationOptions):
    fields = ("title", "note")


@register(PaperSignatory)
class PaperSignatoryTranslation(TranslationOptions):
    fields = ("name", "office")


@register([Office, Seat])
class TitleTranslation(TranslationOptions):
    fields = ("title",)


@register(Body)
class BodyTranslation(TranslationOptions):
    fields = ("name", "description")


@register([OfficeTerm, SeatTerm, SeatFilling])
class NoteTranslation(TranslationOptions):
    fields = ("note",)


@register(DelegateProposal)
class DelegateProposalTranslation(TranslationOptions):
    fields = ("full_name", "position", "reason")
