"""Rows for the tests of the meetings: plain functions with fixed, sensible defaults."""

import datetime
import zoneinfo

from django.utils import timezone

from content.privatefiles import keep_bytes
from governance.models import Body, Organisation, Person, Seat, SeatFilling, SeatTerm
from meetings.models import (
    AgendaItem,
    AssemblyDelegate,
    Attendance,
    Decision,
    Election,
    Meeting,
    MeetingDocument,
    Nomination,
)

KAZAN = zoneinfo.ZoneInfo("Europe/Moscow")
DAY = datetime.timedelta(days=1)
HOUR = datetime.timedelta(hours=1)
START = datetime.datetime(2026, 6, 10, 10, 0, tzinfo=KAZAN)


def make_organisation(slug: str = "uclg-eurasia", **fields) -> Organisation:
    values = {"name_ru": "ОГМВ-Евразия", "name_en": "UCLG-Eurasia", "is_own": True}
    found = Organisation.objects.filter(slug=slug).first()
    return found or Organisation.objects.create(slug=slug, **{**values, **fields})


def make_body(slug: str = "council", **fields) -> Body:
    """The Council of the association; "assembly" and other kinds by `kind`."""
    values = {"name_ru": "Совет", "name_en": "Council", "kind": "council"}
    fields.setdefault("organisation", None)
    fields["organisation"] = fields["organisation"] or make_organisation()
    found = Body.objects.filter(slug=slug).first()
    return found or Body.objects.create(slug=slug, **{**values, **fields})


def make_assembly() -> Body:
    return make_body(
        "general-assembly", kind="assembly", name_ru="Генеральная ассамблея",
        name_en="General Assembly",
    )  # fmt: skip


def make_person(slug: str = "ivanov", name_ru="Иван Иванов", name_en="Ivan Ivanov", **fields):
    return Person.objects.create(slug=slug, full_name_ru=name_ru, full_name_en=name_en, **fields)


def make_meeting(slug: str = "council-2026", body: Body | None = None, **fields) -> Meeting:
    """A published meeting of the Council on 10 June 2026, 10:00 to 14:00 by Kazan time."""
    starts_at = fields.pop("starts_at", START)
    values = {
        "title_ru": "Заседание Совета",
        "title_en": "Meeting of the Council",
        "place_ru": "Казань",
        "place_en": "Kazan",
        "starts_at": starts_at,
        "ends_at": starts_at + 4 * HOUR,
        "status": "published",
        "published_at": timezone.now() - 30 * DAY,
    }
    body = body or make_body()
    return Meeting.objects.create(slug=slug, body=body, **{**values, **fields})


def make_item(meeting: Meeting, order: int = 1, **fields) -> AgendaItem:
    values = {"title_ru": "О плане работы", "title_en": "The plan of work"}
    return AgendaItem.objects.create(meeting=meeting, order=order, **{**values, **fields})


def make_decision(meeting: Meeting, number: int = 1, **fields) -> Decision:
    values = {
        "kind": "approved",
        "wording_ru": "Утвердить план работы.",
        "wording_en": "To approve the plan of work.",
    }
    return Decision.objects.create(meeting=meeting, number=number, **{**values, **fields})


def make_document(meeting: Meeting, audience: str = "public", by=None, **fields):
    """A paper of the meeting: a small PDF."""
    file = keep_bytes(b"%PDF-1.7 paper", "paper.pdf", "application/pdf", "meeting", by)
    values = {"title_ru": "Проект плана", "title_en": "Draft plan", "file": file}
    return MeetingDocument.objects.create(
        meeting=meeting, audience=audience, **{**values, **fields}
    )


def make_seat(body: Body | None = None, order: int = 1, **fields) -> Seat:
    values = {"title_ru": "член Совета", "title_en": "member of the Council"}
    return Seat.objects.create(body=body or make_body(), order=order, **{**values, **fields})


def make_term(seat: Seat | None = None, *, delegate=None, substitute=None, **owner) -> SeatTerm:
    """The seat belongs to a member or person since 2024; `substitute` has no mandate."""
    owner.setdefault("starts_on", datetime.date(2024, 1, 1))
    term = SeatTerm.objects.create(seat=seat or make_seat(), **owner)
    for person, role in ((delegate, "delegate"), (substitute, "substitute")):
        if person:
            SeatFilling.objects.create(
                term=term, person=person, role=role, starts_on=term.starts_on,
                has_mandate=role == "delegate",
            )  # fmt: skip
    return term


def make_delegate(meeting: Meeting, member, role: str = "delegate", **fields) -> AssemblyDelegate:
    values = {"name_ru": f"Делегат: {member.name_ru}", "has_mandate": True}
    return AssemblyDelegate.objects.create(
        meeting=meeting, member=member, role=role, **{**values, **fields}
    )


def make_attendance(meeting: Meeting, **fields) -> Attendance:
    return Attendance.objects.create(
        meeting=meeting, **{"name_ru": "Гость", "role": "guest", "is_present": True, **fields}
    )


def make_election(*, seats: int = 1, closed: bool = True, **fields) -> Election:
    """An announced election to the Council; nominations closed yesterday, or close in ten days."""
    now = timezone.now()
    values = {
        "body": fields.pop("body", None) or make_body(),
        "title_ru": "Выборы в Совет",
        "title_en": "Election to the Council",
        "seats": seats,
        "opens_at": now - 20 * DAY,
        "closes_at": now - DAY if closed else now + 10 * DAY,
        "state": "announced",
    }
    return Election.objects.create(**{**values, **fields})


def make_nomination(election: Election, member=None, person=None, **fields) -> Nomination:
    """A candidate who was nominated a day after the window opened."""
    fields.setdefault("received_at", election.opens_at + DAY)
    return Nomination.objects.create(election=election, member=member, person=person, **fields)


def make_candidates(election: Election, *slugs: str) -> list[Nomination]:
    """A person for each slug, nominated."""
    return [
        make_nomination(election, person=make_person(slug, slug.title(), slug.title()))
        for slug in slugs
    ]
