"""The three deadlines of a registration, by the clock of the event's place."""

import datetime
from dataclasses import dataclass

from django.utils.translation import gettext as _

from content.dates import moment_text, own_clock
from events.models import Event


def registering_until(event: Event) -> datetime.datetime:
    """Until when delegations register: at the latest until the event begins."""
    return min(event.registration_closes_at or event.starts_at, event.starts_at)


def changing_until(event: Event) -> datetime.datetime:
    """Until when a delegation is changed without asking; by default while registration is open."""
    return min(event.change_until or registering_until(event), event.starts_at)


def cancelling_until(event: Event) -> datetime.datetime:
    """Until when people leave without asking; by default until the event begins."""
    return min(event.cancel_until or event.starts_at, event.starts_at)


def why_no_change(event: Event, now: datetime.datetime) -> str:
    """Why changes are requests at this moment, as a sentence; empty while they are free."""
    until = changing_until(event)
    if now < until:
        return ""
    return _("Changes were possible until %(moment)s.") % {"moment": in_words(until, event)}


def why_no_withdrawal(event: Event, now: datetime.datetime) -> str:
    """Why leaving is a request at this moment, as a sentence; empty while it is free."""
    until = cancelling_until(event)
    if now < until:
        return ""
    return _("Withdrawal was possible until %(moment)s.") % {"moment": in_words(until, event)}


def in_words(moment: datetime.datetime, event: Event) -> str:
    """By the clock of the event, then by the reader's own where it shows another hour."""
    words = moment_text(moment, event.zone)
    own = own_clock(moment, event.zone)
    return f"{words} · {own}" if own else words


@dataclass(frozen=True)
class Deadline:
    """One line of the page: what until when, and whether it is over."""

    label: str
    words: str
    is_over: bool


def rows(event: Event, now: datetime.datetime) -> list[Deadline]:
    """Registering, changing and withdrawing: for the page of a delegation."""
    moments = [
        (_("Registration"), registering_until(event)),
        (_("Changes without asking"), changing_until(event)),
        (_("Withdrawal without asking"), cancelling_until(event)),
    ]
    return [Deadline(label, in_words(at, event), now >= at) for label, at in moments]
