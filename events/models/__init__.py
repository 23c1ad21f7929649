from events.models.event import Event, ReminderRule
from events.models.registration import Delegation, Participant

__all__ = ["Delegation", "Event", "Participant", "ReminderRule"]
