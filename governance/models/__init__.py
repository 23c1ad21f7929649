from governance.models.bodies import Body, BodyName, Seat, SeatFilling, SeatTerm
from governance.models.offices import EndReason, Office, OfficeTerm
from governance.models.organisations import (
    FoundingPaper,
    Organisation,
    OrganisationFigure,
    OrganisationName,
    PaperSignatory,
)
from governance.models.people import Person, PersonConsent, PersonSpelling
from governance.models.proposals import DelegateProposal

__all__ = [
    "Body",
    "BodyName",
    "DelegateProposal",
    "EndReason",
    "FoundingPaper",
    "Office",
    "OfficeTerm",
    "Organisation",
    "OrganisationFigure",
    "OrganisationName",
    "PaperSignatory",
    "Person",
    "PersonConsent",
    "PersonSpelling",
    "Seat",
    "SeatFilling",
    "SeatTerm",
]
