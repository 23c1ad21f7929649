"""The letter that answers a change of a journey: nothing of the journey itself stands in it."""

from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from content.languages import in_language
from events import placelinks
from events.models import Participant
from mailing import cleaning, outbox
from travel.models import TripChange


def answered(change: TripChange) -> None:
    """Tell whoever asked: the representative, or the participant whose own link it was."""
    person, user = change.participant, change.asked_by
    email = user.email if user else person.email
    if not email:
        return
    outbox.write(
        f"travel.change:{change.pk}:{change.state}",
        email,
        user.language if user else person.language,
        "travel/mail/change",
        {
            "name": lambda: user.full_name if user else person.name_in(get_language()),
            "person": lambda: person.name_in(get_language()),
            "title": lambda: in_language(person.event, "title")[0],
            "accepted": change.state == TripChange.State.ACCEPTED,
            "answer": change.answer,
            "link": lambda: cleaning.on_site(_path(change, person)),
            "reason": lambda: _("You receive this letter because you asked for this change."),
        },
        user=user,
        about=person.event,
    )


def _path(change: TripChange, person: Participant) -> str:
    member = person.delegation.member
    if change.asked_by is None or member is None:
        return reverse("travel:place", args=[placelinks.token(person)])
    return reverse("travel:trip", args=[member.slug, person.event.slug, person.pk])
