"""Meetings and elections of the demonstration, through the capabilities that staff use."""

import datetime
import zoneinfo
from typing import Any

from content.privatefiles import keep_bytes
from events.models import Event
from governance.models import Body, Organisation, Person
from meetings import attending, minutes, nominating, papers, publishing, results
from meetings.models import (
    AgendaItem,
    AssemblyDelegate,
    Decision,
    Election,
    Meeting,
    MeetingDocument,
)
from members.models import Member
from uclg_portal.demonstration import data

DAY = datetime.timedelta(days=1)
PDF = "application/pdf"
AGENDA = {"title_ru": "Повестка дня", "title_en": "Agenda"}
SHEET = {
    "title_ru": "Кто вправе голосовать: предварительный список",
    "title_en": "Who may vote: preliminary list",
}


def load(users: dict[str, Any]) -> None:
    """All meetings; `users` by address: one asks for an approval, another gives it."""
    table = data.table("meetings.toml")
    for row in table["bodies"]:
        _load_body(row)
    for row in table["meetings"]:
        meeting = _load_meeting(row)
        for order, item in enumerate(row.get("agenda", []), 1):
            _load_item(meeting, item, order)
        for named in row.get("delegates", []):
            _load_delegates(meeting, named)
        for election in row.get("elections", []):
            _load_election(meeting, election, users)
        _after(meeting, row, users)
        if "event" in row:
            Event.objects.filter(slug=row["event"]).update(meeting=meeting)


def _load_body(row: dict[str, Any]) -> None:
    Body.objects.create(
        slug=row["slug"], kind=row["kind"],
        organisation=Organisation.objects.get(slug=row["organisation"]),
        **data.texts(row, "name"),
    )  # fmt: skip


def _person(slug: str | None) -> Person | None:
    return Person.objects.get(slug=slug) if slug else None


def _member(slug: str | None) -> Member | None:
    return Member.objects.get(slug=slug) if slug else None


def _span(row: dict[str, Any]) -> tuple[datetime.datetime, datetime.datetime]:
    zone = zoneinfo.ZoneInfo(row["time_zone"])
    if "starts_at" in row:
        return data.moment(row["starts_at"], zone), data.moment(row["ends_at"], zone)
    days = row["starts_in_days"]
    return data.day_from_now(days, row["at"], zone), data.day_from_now(days, row["until"], zone)


def _load_meeting(row: dict[str, Any]) -> Meeting:
    starts_at, ends_at = _span(row)
    return Meeting.objects.create(
        slug=row["slug"], body=Body.objects.get(slug=row["body"]), number=row.get("number"),
        parent=Meeting.objects.filter(slug=row.get("parent", "")).first(), state=row["state"],
        time_zone=row["time_zone"], starts_at=starts_at, ends_at=ends_at,
        is_online=row.get("is_online", False), chair=_person(row.get("chair")),
        secretary=_person(row.get("secretary")), status=Meeting.Status.PUBLISHED,
        published_at=min(starts_at - 40 * DAY, data.published_at({"published_days_ago": 5})),
        **data.texts(row, "title", "place", "notes"),
    )  # fmt: skip


def _load_item(meeting: Meeting, row: dict[str, Any], order: int) -> None:
    item = AgendaItem.objects.create(
        meeting=meeting, order=order, kind=row.get("kind", "statutory"),
        speaker=_person(row.get("speaker")), **data.texts(row, "title", "speaker_text"),
    )  # fmt: skip
    for decision in row.get("decisions", []):
        Decision.objects.create(
            meeting=meeting, item=item, number=meeting.decisions.count() + 1,
            kind=decision["kind"], is_by_consensus=decision.get("consensus", False),
            votes_for=decision.get("for"), votes_against=decision.get("against"),
            votes_abstained=decision.get("abstained"), **data.texts(decision, "wording"),
        )  # fmt: skip


def _load_delegates(meeting: Meeting, row: dict[str, Any]) -> None:
    for role in ("delegate", "substitute"):
        who = row[role]
        AssemblyDelegate.objects.create(
            meeting=meeting, member=_member(row["member"]), role=role,
            person=_person(who.get("person")), has_mandate=who.get("mandate", False),
            is_coming=who.get("is_coming", True), **data.texts(who, "name"),
        )  # fmt: skip


def _window(meeting: Meeting, row: dict[str, Any]) -> tuple[datetime.datetime, datetime.datetime]:
    if "opens_in_days" in row:
        zone = meeting.zone
        return (
            data.day_from_now(row["opens_in_days"], "09:00", zone),
            data.day_from_now(row["closes_in_days"], "00:00", zone),
        )
    return meeting.starts_at - 30 * DAY, meeting.starts_at - DAY


def _load_election(meeting: Meeting, row: dict[str, Any], users: dict[str, Any]) -> None:
    editor, lead = users["editor@example.org"], users["admin@example.org"]
    opens_at, closes_at = _window(meeting, row)
    election = Election.objects.create(
        body=Body.objects.get(slug=row["body"]), meeting=meeting, seats=row["seats"],
        opens_at=opens_at, closes_at=closes_at, state=Election.State.ANNOUNCED,
        **data.texts(row, "title"),
    )  # fmt: skip
    votes = {}
    for candidate in row["candidates"]:
        nomination = nominating.nominate(
            election, by=editor, member=_member(candidate.get("member")),
            person=_person(candidate.get("person")),
            proposed_by_member=_member(candidate.get("member")), at=opens_at + DAY,
        )  # fmt: skip
        votes[candidate.get("member")] = (nomination.pk, candidate.get("votes"))
    _count(election, row, votes, editor)
    if row.get("ask") or row.get("publish"):
        publishing.ask(election, editor)
    if row.get("publish"):
        publishing.approve(election, lead, publishing.digest_of(election))
        publishing.publish(election, editor, at=meeting.ends_at + DAY)
    if row.get("erratum_ru"):
        texts = {"text_ru": row["erratum_ru"], "text_en": row["erratum_en"]}
        publishing.correct(election, by=editor, **texts)


def _count(election: Election, row: dict[str, Any], votes: dict, by: Any) -> None:
    if row.get("consensus"):
        results.by_consensus(election, by)
    elif "ballots" in row:
        results.record(election, dict(votes.values()), by, ballots=row["ballots"])
    if "tie_rule" in row:
        winner, _number = votes[row["tie_winner"]]
        results.settle_tie(
            election, row["tie_rule"], note_ru=row["tie_note_ru"], note_en=row["tie_note_en"],
            by=by, winners=[winner],
        )  # fmt: skip


def _after(meeting: Meeting, row: dict[str, Any], users: dict[str, Any]) -> None:
    """Attendance, papers, minutes: made of what was loaded before."""
    by = users["admin@example.org"]
    if row.get("attendance"):
        attending.prepare(meeting, by)
        there = list(meeting.attendances.values_list("pk", flat=True))[:-1]
        attending.take(meeting, there, there[::2], by)
    if audience := row.get("papers"):
        for code in ("ru", "en"):
            _keep(meeting, papers.agenda_pdf(meeting, code), f"agenda-{code}.pdf", by,
                  language=code, audience=audience, **AGENDA)  # fmt: skip
    if row.get("eligibility_for_members"):
        _keep(meeting, papers.sheet_pdf(meeting, "ru"), "eligibility-ru.pdf", by,
              language="ru", audience="members", **SHEET)  # fmt: skip
    if row.get("minutes"):
        minutes.approve(meeting, by)


def _keep(meeting: Meeting, pdf: bytes, name: str, by: Any, **fields: str) -> None:
    file = keep_bytes(pdf, name, PDF, "meeting", by)
    MeetingDocument.objects.create(meeting=meeting, file=file, **fields)
