"""What the public page of a meeting is made of."""

import zoneinfo
from collections import defaultdict
from dataclasses import dataclass

from django.utils.dateparse import parse_datetime
from django.utils.translation import get_language

from content.dates import moment_text
from content.timezones import association_zone
from meetings import nominating
from meetings.models import AgendaItem, Decision, Election, Meeting, MeetingDocument


@dataclass(frozen=True)
class Point:
    """One item of the agenda with what belongs to it."""

    item: AgendaItem
    decisions: list[Decision]
    documents: list[MeetingDocument]


@dataclass(frozen=True)
class Outcome:
    """An election as readers see it: `candidates` before the result, `rows` after it."""

    election: Election
    phase: str
    candidates: list[str]
    rows: list[dict]


def points(meeting: Meeting) -> tuple[list[Point], list[Decision], list[MeetingDocument]]:
    """The agenda, and the decisions and public papers that belong to no item: three queries."""
    decisions, documents = defaultdict(list), defaultdict(list)
    for decision in meeting.decisions.all():
        decisions[decision.item_id].append(decision)
    for document in meeting.documents.public().select_related("file"):
        document.meeting = meeting
        documents[document.item_id].append(document)
    agenda = meeting.agenda.select_related("speaker")
    found = [Point(item, decisions[item.pk], documents[item.pk]) for item in agenda]
    return found, decisions[None], documents[None]


def outcomes(meeting: Meeting) -> list[Outcome]:
    """The announced elections of a meeting: a fixed number of queries."""
    found = (
        meeting.elections.announced()
        .select_related("protocol", "body")
        .prefetch_related("errata", "nominations__member", "nominations__person")
        .order_by("closes_at", "pk")
    )
    return [_outcome(election) for election in found]


def _outcome(election: Election) -> Outcome:
    protocol = getattr(election, "protocol", None)
    phase = election.phase()
    standing = [] if protocol or phase in ("open", "not_yet") else _standing(election)
    rows = candidate_rows(protocol.candidates) if protocol else []
    # What is counted is nobody's business before it is published.
    shown = Election.Phase.CLOSED if phase == Election.Phase.COUNTED else phase
    return Outcome(election, shown, standing, rows)


def _standing(election: Election) -> list[str]:
    return [one.name_in() for one in election.nominations.all() if nominating.stands(one)]


def candidate_rows(candidates: list[dict], language: str | None = None) -> list[dict]:
    """The candidates of a protocol for a reader: `name`, `votes`, `is_elected`, `by_tie_rule`,
    `late` (None, or `received`, `sender`, `reason` of a late nomination in words)."""
    code = (language or get_language() or "ru")[:2]
    return [
        {
            "name": one[code] or one["ru"] or one["en"],
            "votes": one["votes"],
            "is_elected": one["is_elected"],
            "by_tie_rule": one["by_tie_rule"],
            "late": _late(one["late"], code),
        }
        for one in candidates
    ]


def _late(late: dict | None, code: str) -> dict | None:
    if late is None:
        return None
    received = parse_datetime(late["received_at"])
    other = "en" if code == "ru" else "ru"
    zone = zoneinfo.ZoneInfo(late["sender_zone"]) if late["sender_zone"] else association_zone()
    return {
        "received": moment_text(received, association_zone(), code),
        "sender": moment_text(received, zone, code) if zone != association_zone() else "",
        "reason": late[f"reason_{code}"] or late[f"reason_{other}"],
    }
