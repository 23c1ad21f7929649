"""Events, who organises them, who comes to them, and what is asked of whom."""

from events.models.asking import Answer, Question, QuestionChoice
from events.models.changes import EventChange, EventLetter
from events.models.event import Event
from events.models.plan import EventParty, Hall, Series, Venue
from events.models.registration import Delegation, Participant
from events.models.reminding import ReminderRule
from events.models.requests import (
    ChangeRequest,
    FeedToken,
    GuestApplication,
    Invitation,
    InvitationStep,
)

__all__ = [
    "Answer",
    "ChangeRequest",
    "Delegation",
    "Event",
    "EventChange",
    "EventLetter",
    "EventParty",
    "FeedToken",
    "GuestApplication",
    "Hall",
    "Invitation",
    "InvitationStep",
    "Participant",
    "Question",
    "QuestionChoice",
    "ReminderRule",
    "Series",
    "Venue",
]
