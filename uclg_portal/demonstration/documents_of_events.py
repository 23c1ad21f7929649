"""Papers of events, materials of speakers, and what was done after a past event."""

import datetime
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from attendance import certificates, newsdraft, presence
from content import documents as paper
from content.privatefiles import keep_bytes
from events.models import Delegation, Event, Participant
from members.models import Member
from programme import documents, materials
from programme.models import EventDocument, MaterialRequest, SpeakerRole
from uclg_portal.demonstration import data

DAY = datetime.timedelta(days=1)
DOCUMENT = ("kind", "access", "language", "order", "link")
REQUEST = ("kind", "access", "language", "name", "email")
PERSON = ("name_cyrillic", "name_latin", "position_ru", "position_en", "rank")


def load(users: dict[str, Any]) -> None:
    """All of it; `users` by address: the first one acts for the secretariat."""
    by = users["admin@example.org"]
    table = data.table("documents_of_events.toml")
    for row in table["documents"]:
        _load_document(row, by)
    for row in table["materials"]:
        _load_request(row, by)
    for row in table["attended"]:
        _load_attended(row, by)


def make_pdf(title: str, source: str, paragraphs: list[str], language: str) -> bytes:
    """A small paper: a heading and a few paragraphs."""
    words = {"title": title, "source": source, "paragraphs": paragraphs}
    return paper.pdf("library/pdf/paper.typ", words, title=title, language=language)


def _in_days(row: dict[str, Any], event: Event) -> datetime.datetime | None:
    days = row.get("due_in_days")
    return None if days is None else data.day_from_now(days, "18:00", event.zone)


def _load_document(row: dict[str, Any], by: Any) -> None:
    event = Event.objects.get(slug=row["event"])
    fields = {name: row[name] for name in DOCUMENT if name in row}
    document = EventDocument.objects.create(
        event=event, due_at=_in_days(row, event), **fields, **data.texts(row, "title")
    )
    if "paragraphs" not in row:
        return
    language = "ru" if row["language"] == "both" else row["language"]
    title = row[f"title_{language}"]
    source = getattr(event, f"title_{language}")
    made = make_pdf(title, source, row["paragraphs"], language)
    name = f"{event.slug}-{document.pk}.pdf"
    file = keep_bytes(made, name, "application/pdf", documents.PURPOSE, by)
    at = timezone.now() if event.ends_at > timezone.now() else event.starts_at - DAY
    documents.keep(document, file, by, at=at)


def _load_request(row: dict[str, Any], by: Any) -> None:
    event = Event.objects.get(slug=row["event"])
    fields = {name: row[name] for name in REQUEST if name in row}
    speakers = SpeakerRole.objects.filter(session__event=event, email=row.get("speaker") or "-")
    wanted = materials.ask(
        MaterialRequest(
            event=event, speaker=speakers.first(), due_at=_in_days(row, event), **fields,
            **data.texts(row, "what"),
        ),
        by,
    )  # fmt: skip
    MaterialRequest.objects.filter(pk=wanted.pk).update(asked_at=timezone.now() - 20 * DAY)
    if row.get("received"):
        made = make_pdf(row["what_ru"], wanted.name, [], "ru")
        materials.receive(wanted, SimpleUploadedFile("photo.pdf", made))


def _load_attended(row: dict[str, Any], by: Any) -> None:
    """People of a past event, who was there, their certificates, and the news draft."""
    event = Event.objects.get(slug=row["event"])
    event.shows_participants = row["shows_participants"]
    event.final_attendance, event.final_countries = row["final_attendance"], row["final_countries"]
    event.save()
    for sent in row["delegations"]:
        _load_delegation(event, sent, by)
    for person in presence.those_there(event).order_by("pk"):
        certificates.issue(person, by)
    newsdraft.write(event, by)


def _load_delegation(event: Event, row: dict[str, Any], by: Any) -> None:
    member = Member.objects.get(slug=row["member"]) if "member" in row else None
    delegation = Delegation.objects.create(
        event=event, member=member, guest_of=row.get("guest_of", ""),
        guest_country=row.get("guest_country", ""), registered_by=by,
    )  # fmt: skip
    for number, one in enumerate(row["people"], 1):
        person = Participant.objects.create(
            event=event, delegation=delegation, order=number, is_head=number == 1,
            status=Participant.Status.CONFIRMED, confirmed_at=event.starts_at - 20 * DAY,
            is_listed=one.get("listed", False), **{name: one[name] for name in PERSON},
        )  # fmt: skip
        if one.get("there"):
            presence.mark([person], by)
