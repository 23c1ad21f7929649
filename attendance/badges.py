"""Badges, name tags and cards for the table: of those who have a place, and of nobody else."""

import functools
import io
import zipfile
from collections.abc import Sequence
from typing import Any

from django.utils import translation
from django.utils.translation import gettext as _

from attendance.protocol import Order, in_order
from content import jobs
from content.dates import days_text, local_day
from content.documents import UnfinishedDocument, pdf, qr_svg
from content.languages import LANGUAGE_CODES, in_language
from content.models import Job
from events.columns import country_of, loaded
from events.models import Delegation, Event, Participant

PERMISSION = "events.view_participant"
ON_ONE_FILE = 100
TEMPLATES = {
    "badges": "attendance/pdf/badges.typ",
    "tags": "attendance/pdf/tags.typ",
    "cards": "attendance/pdf/cards.typ",
}
# Dark enough for white letters; one for each delegation, always the same.
COLOURS = [
    "#0d4651", "#7a1430", "#3d4a8a", "#7a4a00", "#17663f", "#5b2a78", "#8a3a12", "#2b4d6f",
    "#4d5a12", "#6a1f5b", "#0a6a6e", "#5a3b2e",
]  # fmt: skip


def with_a_badge(event: Event):
    """Those who get a badge: their place is confirmed. Waiting ones have none (EVT-1)."""
    return event.participants.filter(status=Participant.Status.CONFIRMED)


def sheets(kind: str, event: Event, people: Sequence[Participant]) -> bytes:
    """One PDF of this kind ("badges", "tags", "cards") of these loaded participants."""
    data = {
        "event": {code: _event_in(event, code) for code in LANGUAGE_CODES},
        "people": [_person(one) for one in people],
    }
    title = in_language(event, "title", "ru")[0]
    return pdf(TEMPLATES[kind], data, title=title, language="ru")


def of_delegation(kind: str, delegation: Delegation) -> bytes | None:
    """The sheets of one delegation; None when nobody in it has a place."""
    people = with_a_badge(delegation.event).filter(delegation=delegation)
    rows = list(loaded(people).order_by("order", "pk"))
    return sheets(kind, delegation.event, rows) if rows else None


def ask(kind: str, event: Event, by, key) -> Job:
    """A job that makes the sheets of the whole event, by city."""
    titles = {
        "badges": _("Badges: %(event)s"),
        "tags": _("Name tags: %(event)s"),
        "cards": _("Cards for the table: %(event)s"),
    }
    name = in_language(event, "title")[0]
    return jobs.ask(
        "attendance.badges", titles[kind] % {"event": name},
        {"event": event.pk, "what": kind}, by, key=key,
    )  # fmt: skip


def make(job: Job, progress: jobs.Progress) -> jobs.Made | None:
    """The sheets of an event in files of a hundred people; one file alone is no archive."""
    event = Event.objects.get(pk=job.params["event"])
    kind = job.params["what"]
    people = in_order(list(loaded(with_a_badge(event))), Order.CITY, "ru")
    wanted = [one for one in people if not progress.only or str(one.pk) in progress.only]
    progress.start(len(wanted))
    files = []
    for start in range(0, len(wanted), ON_ONE_FILE):
        chunk = wanted[start : start + ON_ONE_FILE]
        if made := _made(kind, event, chunk, progress):
            files.append((f"{kind}-{start // ON_ONE_FILE + 1:03}.pdf", made))
        progress.step(len(chunk))
    return _packed(f"{event.slug}-{kind}", files)


def _made(kind, event, chunk: list[Participant], progress: jobs.Progress) -> bytes | None:
    """The PDF of these people; where it cannot be made, of those with whom it can."""
    try:
        return sheets(kind, event, chunk)
    except UnfinishedDocument:
        fine = [one for one in chunk if _can_be_made(kind, event, one, progress)]
    return sheets(kind, event, fine) if fine else None


def _can_be_made(kind, event, person: Participant, progress: jobs.Progress) -> bool:
    try:
        sheets(kind, event, [person])
    except UnfinishedDocument as why:
        progress.fail(person.pk, str(person), str(why)[:300])
        return False
    return True


def _packed(name: str, files: list[tuple[str, bytes]]) -> jobs.Made | None:
    if not files:
        return None
    if len(files) == 1:
        return jobs.Made(files[0][1], f"{name}.pdf")
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_STORED) as archive:
        for file, data in files:
            archive.writestr(file, data)
    return jobs.Made(out.getvalue(), f"{name}.zip", "application/zip")


def _event_in(event: Event, code: str) -> dict[str, str]:
    with translation.override(code):
        return {
            "title": in_language(event, "title", code)[0],
            "when": days_text(
                local_day(event.starts_at, event.zone), local_day(event.ends_at, event.zone), code
            ),
        }  # fmt: skip


def _person(person: Participant) -> dict[str, Any]:
    qr = qr_svg(person.badge_code)
    return {code: _side(person, code, qr) for code in LANGUAGE_CODES}


def _side(person: Participant, code: str, qr: str) -> dict[str, str]:
    with translation.override(code):
        return {
            "name": person.name_in(code),
            "position": in_language(person, "position", code)[0],
            "sender": person.delegation.sender_in(code),
            "country": country_of(person, code),
            "role": _("Head of the delegation") if person.is_head else _("Participant"),
            "colour": colour(person.delegation),
            "qr": qr,
            "alt": _("QR code of the badge: %(code)s") % {"code": grouped(person.badge_code)},
            "code": grouped(person.badge_code),
        }


def colour(delegation: Delegation) -> str:
    """The colour of a delegation: of a member always the same, at every event."""
    return COLOURS[(delegation.member_id or delegation.pk) % len(COLOURS)]


@functools.cache
def grouped(code: str) -> str:
    """A code as people read it: four letters at a time."""
    return "-".join(code[place : place + 4] for place in range(0, len(code), 4))


jobs.register(jobs.Kind("attendance.badges", PERMISSION, make))
