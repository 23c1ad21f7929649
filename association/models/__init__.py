from association.models.contacts import ContactCard, OfficeHours, StaffMember
from association.models.home import Featured, HomeBlock, Welcome
from association.models.partners import Partner

__all__ = [
    "ContactCard",
    "Featured",
    "HomeBlock",
    "OfficeHours",
    "Partner",
    "StaffMember",
    "Welcome",
]
