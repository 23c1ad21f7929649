"""Guests register themselves: an individual, or a delegate of a city that is no member.

What they type waits, and counts nowhere, until they confirm their address by the link in a letter.
Then they are a delegation of their own, seated as everybody is. Whoever asks learns nothing about
who is registered: the letter says it to the owner of the address.
"""

import datetime
from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy

from content import retention, secretlinks
from content.dates import moment_text
from events import audience_rules, letters, placelinks, places, questions, registration
from events.models import Event, GuestApplication, Participant
from events.people import Person, Problem, RegistrationRefused
from mailing import cleaning, outbox
from partnerships import sides

# How long the link in the letter works; what was not confirmed is erased then.
LIFETIME = datetime.timedelta(days=3)


def why_not(event: Event, now: datetime.datetime | None = None) -> str:
    """Why guests cannot register at this moment, as a sentence; empty when they can."""
    closed = places.why_closed(event, now or timezone.now())
    return closed or audience_rules.why_not(event, None)


@transaction.atomic
def apply(
    event: Event, person: Person, guest_of: str, country: str, answers: Mapping[str, Any]
) -> None:
    """Keep what a guest typed and send the link that confirms it.

    `country` is an ISO code; `answers` are the cleaned values of the event's questions. Somebody
    whose address is registered gets a letter that says so instead. RegistrationRefused: closed.
    """
    _refuse(why_not(event))
    if registered := _registered(event, person.email):
        _write_known(registered)
        return
    token = secretlinks.new_token()
    application = GuestApplication.objects.create(
        event=event,
        email=person.email,
        language=person.language,
        token_hash=secretlinks.hashed(token),
        wanted={
            "person": person.values(),
            "guest_of": guest_of,
            "guest_country": country,
            "answers": questions.to_json(event, answers),
        },
    )
    _write_link(application, token)


def find(token: str) -> GuestApplication | None:
    """What waits under this link, or was confirmed by it; None for any other text."""
    rows = GuestApplication.objects.select_related("event", "delegation")
    found = rows.filter(token_hash=secretlinks.hashed(token)).first()
    is_over = found and not found.confirmed_at and found.created_at <= timezone.now() - LIFETIME
    return None if is_over else found


@transaction.atomic
def confirm(application: GuestApplication) -> Participant:
    """The address is theirs: the guest takes a place, or waits for one. Twice is as good as once.

    RegistrationRefused: registration has closed, or the address is registered by now.
    """
    event = places.lock(application.event_id)
    application = GuestApplication.objects.select_for_update().get(pk=application.pk)
    if application.delegation_id:
        return application.delegation.participants.get(whole=None)
    wanted = application.wanted
    people = [Person(**wanted["person"])]
    delegation = registration.register_guests(
        event, wanted["guest_of"], wanted["guest_country"], people
    )
    person = delegation.participants.get(whole=None)
    questions.save(person, questions.from_json(event, wanted["answers"]))
    application.delegation, application.confirmed_at = delegation, timezone.now()
    application.wanted = {}  # the delegation has it now
    application.save(update_fields=["delegation", "confirmed_at", "wanted"])
    return person


def purge_unconfirmed(now: datetime.datetime) -> int:
    """Erase what nobody confirmed in time; gives how many there were."""
    old = GuestApplication.objects.filter(confirmed_at=None, created_at__lte=now - LIFETIME)
    return old.delete()[0]


def member_called(name: str):
    """The member of today that bears the name a guest typed as theirs; None when none does."""
    found = [one.record for one in sides.candidates(name) if one.code.startswith("member:")]
    own = {member.pk for member in type(found[0]).objects.members()} if found else set()
    return next((member for member in found if member.pk in own), None)


def _registered(event: Event, email: str) -> Participant | None:
    people = event.participants.active().filter(email__iexact=email, whole__isnull=True)
    return people.select_related("event", "delegation__member").first()


def _refuse(reason: str) -> None:
    if reason:
        raise RegistrationRefused(Problem(reason))


def _write_link(application: GuestApplication, token: str) -> None:
    event, until = application.event, application.created_at + LIFETIME
    person = Person(**application.wanted["person"])
    outbox.write(
        f"events.guest:{application.pk}",
        application.email,
        application.language,
        "events/mail/guest_confirm",
        {
            **letters.facts(event, event.zone),
            "name": "",
            "who": person.name_cyrillic or person.name_latin,
            "until": lambda: moment_text(until, event.zone),
            "link": lambda: cleaning.on_site(
                reverse("events:guest_confirm", args=[event.slug, token])
            ),
        },
        is_secret=True,
        expires_at=min(until, event.starts_at),
        about=event,
    )


def _write_known(person: Participant) -> None:
    """To somebody who is registered and asks again: at most one such letter in an hour."""
    hour = timezone.now().strftime("%Y%m%d%H")
    event = person.event
    outbox.write(
        f"events.guest_known:{person.pk}:{hour}",
        person.email,
        person.language,
        "events/mail/guest_known",
        {
            **letters.facts(event, event.zone),
            "name": "",
            "place_link": lambda: cleaning.on_site(placelinks.address(person)),
        },
        expires_at=event.starts_at,
        about=event,
    )


retention.register(
    "events.guest_applications",
    label=gettext_lazy("Registrations of guests that nobody confirmed"),
    purpose=gettext_lazy("taking part in an event"),
    basis=gettext_lazy("the person's own request"),
    keeps=gettext_lazy("three days"),
    purge=purge_unconfirmed,
)
