from members.models.composition import Composition, CompositionPart
from members.models.contacts import Department, DepartmentContact, LinkCheck, MemberPhoto
from members.models.desk import Confirmation, Handover, LadderStep, PaperLetter
from members.models.facts import MemberFigure, MemberName, MembershipPeriod, SizeCategory
from members.models.imports import MemberImport
from members.models.lifecycle import (
    ApplicationFile,
    CountingRule,
    MembershipApplication,
    Prospect,
    StatusChange,
)
from members.models.member import Country, Member, OldSlug
from members.models.profile import ProfileChange, ProfileUpdate
from members.models.representatives import Representative

__all__ = [
    "ApplicationFile",
    "Composition",
    "CompositionPart",
    "Confirmation",
    "CountingRule",
    "Country",
    "Department",
    "DepartmentContact",
    "Handover",
    "LadderStep",
    "LinkCheck",
    "Member",
    "MemberFigure",
    "MemberImport",
    "MemberName",
    "MemberPhoto",
    "MembershipApplication",
    "MembershipPeriod",
    "OldSlug",
    "PaperLetter",
    "ProfileChange",
    "ProfileUpdate",
    "Prospect",
    "Representative",
    "SizeCategory",
    "StatusChange",
]
