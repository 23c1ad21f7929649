from members.models.facts import MemberFigure, MemberName, MembershipPeriod, SizeCategory
from members.models.imports import MemberImport
from members.models.member import Country, Member, OldSlug
from members.models.profile import ProfileChange, ProfileUpdate
from members.models.representatives import Representative

__all__ = [
    "Country",
    "Member",
    "MemberFigure",
    "MemberImport",
    "MemberName",
    "MembershipPeriod",
    "OldSlug",
    "ProfileChange",
    "ProfileUpdate",
    "Representative",
    "SizeCategory",
]
