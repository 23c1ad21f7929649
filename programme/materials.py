"""Materials asked of speakers: asked by letter, sent through a link, reminded of in time."""

import datetime
from collections.abc import Iterator

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from content import audit, privatefiles, secretlinks
from content.languages import LANGUAGE_CODES, in_language
from events.letters import deadline_text
from events.models import Event
from mailing import cleaning, outbox, reminders
from programme import documents
from programme.models import EventDocument, MaterialRequest
from programme.models.documents import new_seed

State = MaterialRequest.State
DAY = datetime.timedelta(days=1)
# Days before the deadline (after it: negative) on which whoever has not sent is reminded.
REMIND = (7, 1, -1, -7)
LINK_LIVES = 30 * DAY


class MaterialRefused(Exception):
    """Nothing was taken or changed; the text says why."""


@transaction.atomic
def ask(wanted: MaterialRequest, by) -> MaterialRequest:
    """Store a request and write to the speaker. Raises MaterialRefused without an address."""
    if not wanted.address:
        raise MaterialRefused(_("Give an e-mail address: the speaker has none in the programme."))
    if wanted.speaker and wanted.speaker.session.event_id != wanted.event_id:
        raise MaterialRefused(_("The speaker is in the programme of another event."))
    if wanted.speaker and not wanted.email:
        wanted.mail_language = wanted.speaker.mail_language
    wanted.asked_by, wanted.expires_at = by, _until(wanted)
    wanted.save()
    audit.record("programme.material.asked", wanted, by, f"{wanted.pk}")
    _write(wanted)
    return wanted


@transaction.atomic
def renew(wanted: MaterialRequest, by) -> None:
    """Send a new link; the old one is dead. Raises MaterialRefused unless it is still asked for."""
    current = _locked(wanted)
    if current.state != State.ASKED:
        raise MaterialRefused(_("This is not asked for any more."))
    current.seed, current.expires_at = new_seed(), max(_until(current), timezone.now() + LINK_LIVES)
    current.save(update_fields=["seed", "expires_at"])
    audit.record("programme.material.link_renewed", current, by, f"{current.pk}")
    _write(current)


@transaction.atomic
def waive(wanted: MaterialRequest, by) -> None:
    """Ask no more: reminders stop. Raises MaterialRefused when it came meanwhile."""
    current = _locked(wanted)
    if current.state == State.WAIVED:
        return
    if current.state != State.ASKED:
        raise MaterialRefused(_("It was received already."))
    current.state = State.WAIVED
    current.save(update_fields=["state"])
    outbox.cancel_about(current)
    audit.record("programme.material.waived", current, by, f"{current.pk}")


def find(token: str) -> MaterialRequest | None:
    """The request that a link belongs to while the link works; None for any other text."""
    if not (token.isascii() and token.isalnum() and len(token) == 64):
        return None
    found = MaterialRequest.objects.filter(
        token_hash=secretlinks.hashed(token), expires_at__gt=timezone.now()
    ).exclude(state=State.WAIVED)
    shown = found.filter(event__in=Event.objects.exclude(status__in=["cancelled", "withdrawn"]))
    return shown.select_related("event", "speaker__session", "document__file").first()


@privatefiles.all_or_nothing()
def receive(wanted: MaterialRequest, file: UploadedFile, at=None) -> EventDocument:
    """Keep what a speaker sent, as a document that waits to be released; again: a new version.

    Raises ValidationError for files that are not taken, MaterialRefused when it is not asked for.
    """
    current = _locked(wanted)
    if current.state == State.WAIVED:
        raise MaterialRefused(_("This is not asked for any more."))
    now = at or timezone.now()
    kept = privatefiles.store(file, documents.PURPOSE, None, endings=documents.ENDINGS)
    if current.document is None:
        current.document = _document_for(current)
    documents.keep(current.document, kept, None, at=now)
    if current.state == State.ASKED:
        current.state = State.LATE if now > current.due_at else State.RECEIVED
        current.received_at = now
    current.save(update_fields=["state", "received_at", "document"])
    outbox.cancel_about(current)
    return current.document


def _document_for(wanted: MaterialRequest) -> EventDocument:
    who = {code: wanted.person_in(code) for code in LANGUAGE_CODES}
    titles = {
        f"title_{code}": f"{getattr(wanted, f'what_{code}')} ({who[code]})"[:200]
        for code in LANGUAGE_CODES
        if getattr(wanted, f"what_{code}")
    }
    return EventDocument.objects.create(
        event=wanted.event, session=wanted.speaker.session if wanted.speaker else None,
        kind=wanted.kind, language=wanted.language, access=wanted.access, due_at=wanted.due_at,
        is_shown=False, **titles,
    )  # fmt: skip


def _locked(wanted: MaterialRequest) -> MaterialRequest:
    rows = MaterialRequest.objects.select_for_update(of=("self",))
    return rows.select_related("event", "speaker__session", "document").get(pk=wanted.pk)


def _until(wanted: MaterialRequest) -> datetime.datetime:
    """The link outlives the deadline and the event by a month: slides come afterwards, too."""
    return max(wanted.due_at, wanted.event.ends_at) + LINK_LIVES


def _write(wanted: MaterialRequest) -> None:
    outbox.write(
        f"programme.material:{wanted.pk}:{wanted.seed[:8]}", wanted.address, wanted.mail_language,
        "programme/mail/material_asked", facts(wanted), about=wanted, expires_at=wanted.expires_at,
    )  # fmt: skip


def facts(wanted: MaterialRequest) -> dict:
    """What letters about a request say."""
    event = wanted.event
    zone = event.zone
    return {
        "name": lambda: wanted.person_in(),
        "title": lambda: in_language(event, "title")[0],
        "what": lambda: in_language(wanted, "what")[0],
        "file_language": lambda: wanted.get_language_display(),
        "due": lambda: deadline_text(wanted.due_at, zone, zone),
        "upload_link": lambda: cleaning.on_site(reverse("programme:material", args=[wanted.token])),
        "reason": lambda: _("You receive this letter because you speak at this event."),
    }


def material_reminders(now: datetime.datetime) -> Iterator[reminders.DueReminder]:
    """Who was asked and has not sent: a week and a day before the deadline, and after it."""
    window = (now - 7 * DAY - reminders.LOOK_BACK, now + max(REMIND) * DAY)
    waiting = MaterialRequest.objects.open().filter(
        due_at__range=window, expires_at__gt=now, event__status=Event.Status.ANNOUNCED
    )
    for wanted in waiting.select_related("event", "speaker__session", "speaker__participant",
                                         "speaker__user", "speaker__person"):  # fmt: skip
        for days, following in zip(REMIND, (*REMIND[1:], None), strict=True):
            due_at = wanted.due_at - days * DAY
            if wanted.asked_at < due_at <= now and wanted.address:
                yield _reminder(wanted, days, following, due_at)


def _reminder(wanted, days: int, following: int | None, due_at) -> reminders.DueReminder:
    until = wanted.expires_at if following is None else wanted.due_at - following * DAY
    return reminders.DueReminder(
        occasion=f"programme.material:{wanted.pk}:{wanted.due_at:%Y%m%d%H%M}:{days}",
        email=wanted.address,
        language=wanted.mail_language,
        template="programme/mail/material_reminder",
        context={**facts(wanted), "is_overdue": days < 0},
        due_at=due_at,
        expires_at=until,
        about=wanted,
        still_holds=lambda: (
            MaterialRequest.objects.open().filter(pk=wanted.pk).select_for_update().exists()
        ),
    )
