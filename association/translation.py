"""What is written in both languages."""

from modeltranslation.translator import TranslationOptions, register

from association.models import ContactCard, Featured, HomeBlock, Partner, StaffMember, Welcome


@register(Welcome)
class WelcomeTexts(TranslationOptions):
    fields = ["headline", "mission"]


@register(HomeBlock)
class HomeBlockTexts(TranslationOptions):
    fields = ["title"]


@register(Featured)
class FeaturedTexts(TranslationOptions):
    fields = ["text"]


@register(Partner)
class PartnerTexts(TranslationOptions):
    fields = ["name", "role"]


@register(ContactCard)
class ContactCardTexts(TranslationOptions):
    fields = ["name", "address", "directions", "note"]


@register(StaffMember)
class StaffMemberTexts(TranslationOptions):
    fields = ["name", "position", "duties"]
