"""Leaving an event, or asking for it once the deadline of leaving is over."""

from django.utils.translation import gettext as _

from events import change_requests, registration, waiting
from events.models import Delegation, Participant
from events.people import TooLate

# What the deeds return when the secretariat was asked instead.
ASKED = object()


def cancel_or_ask(person: Participant, by):
    """One person does not come; ASKED when that is for the secretariat to decide."""
    try:
        registration.cancel_participant(person, by)
    except TooLate:
        change_requests.ask_to_leave(person, by)
        return ASKED
    return None


def cancel_all_or_ask(delegation: Delegation, by):
    """Nobody of the delegation comes; ASKED when that is for the secretariat to decide."""
    try:
        registration.cancel_delegation(delegation, by)
    except TooLate:
        change_requests.ask(delegation, by, seen_version=delegation.version, people=[])
        return ASKED
    return None


def give_back_or_ask(person: Participant, by=None):
    """The same from the page of a participant's own link, where nobody is signed in."""
    try:
        waiting.decline_offer(person, by)
    except waiting.TooLateToLeave:
        change_requests.ask_to_leave(person, by)
        return ASKED
    return None


def asked_words() -> str:
    """What to say to somebody who asked."""
    return _("The deadline is over: your wish to withdraw is with the secretariat, which decides.")


def asked_for(person: Participant) -> str:
    """That somebody asked to leave and is not answered yet, as a sentence; empty otherwise."""
    if not person.is_active:
        return ""
    request = change_requests.open_request(person.delegation)
    if request is None or "people" not in request.wanted:
        return ""
    stays = {row["pk"] for row in request.wanted["people"]}
    known = person.pk in request.wanted["known"]
    return asked_words() if known and person.pk not in stays else ""
