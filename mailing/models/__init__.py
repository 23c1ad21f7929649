from mailing.models.heartbeat import Heartbeat, association_day
from mailing.models.inbox import InboxMail
from mailing.models.message import Message, normalised_address
from mailing.models.rule import TimedRule
from mailing.models.switch import Switch

__all__ = [
    "Heartbeat",
    "InboxMail",
    "Message",
    "Switch",
    "TimedRule",
    "association_day",
    "normalised_address",
]
