"""Sending a certificate, and sending it again: the same number, the same paper (PDF-5)."""

import uuid

from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _

from attendance import certificates
from content import audit
from content.languages import in_language
from content.models import IssuedDocument
from events import placelinks
from events.contacts import contacts_of
from events.letters import Reader, city_of
from events.models import Participant
from mailing import cleaning, outbox


class NothingToSend(Exception):
    """No letter was written; the text says why."""


@transaction.atomic
def send(person: Participant, by, key: uuid.UUID | None = None) -> int:
    """Write to a participant, or to who answers for them, where the certificate is; how many.

    The same key writes once. Raises NothingToSend without a certificate or without an address.
    """
    document = certificates.current(person)
    if document is None:
        raise NothingToSend(
            _("%(name)s has no valid certificate.") % {"name": person.name_in("ru")}
        )
    person.delegation.event = person.event
    readers = _readers(person)
    if not readers:
        raise NothingToSend(
            _("There is no address to write to: %(name)s.") % {"name": person.name_in("ru")}
        )
    mark = key or uuid.uuid4()
    written = outbox.write_many(
        _letter(person, document, reader, link, f"{document.pk}:{mark}") for reader, link in readers
    )
    audit.record("attendance.certificate.sent", document, by, document.number)
    return written


def _readers(person: Participant) -> list[tuple[Reader, object]]:
    """Whom to write to, each with what gives the address of the paper."""
    if person.email:
        return [(Reader.participant(person), lambda: cleaning.on_site(place_address(person)))]
    delegation = person.delegation
    if delegation.member is None:
        return []
    return [
        (
            Reader.representative(user, delegation),
            lambda: cleaning.on_site(cabinet_address(person)),
        )
        for user in contacts_of([delegation])[delegation.pk]
    ]


def place_address(person: Participant) -> str:
    """Where the signed link of a participant opens the certificate."""
    return reverse("attendance:place_certificate", args=[placelinks.token(person)])


def cabinet_address(person: Participant) -> str:
    """Where the representatives of the member fetch it."""
    args = [person.delegation.member.slug, person.event.slug, person.pk]
    return reverse("attendance:certificate", args=args)


def _letter(person, document: IssuedDocument, reader: Reader, link, mark: str) -> outbox.Letter:
    return outbox.Letter(
        occasion=f"attendance.certificate:{mark}",
        email=reader.email,
        language=reader.language,
        template="attendance/mail/certificate",
        context={
            "name": reader.name,
            "holder": lambda: in_language(document, "holder")[0],
            "number": document.number,
            "title": lambda: in_language(person.event, "title")[0],
            "city": city_of(person.delegation),
            "link": link,
            "check_link": certificates.documents.check_url(document.code),
            "reason": lambda: _("You receive this letter because of your part in this event."),
        },
        user=reader.user,
        about=document,
    )
