"""Attendance from the report of an online platform: taken once, matched, decided, counted."""

import hashlib
from collections.abc import Mapping
from pathlib import PurePath

from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.db.models import Count, F, Func, Sum
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from attendance import importing_file, matching
from attendance.matching_names import name_parts, place_key
from attendance.models import AttendanceReport, Attendee, CheckIn
from content import audit
from content.keys import as_key
from content.models import PrivateFile
from content.privatefiles import all_or_nothing, keep_bytes, reserve
from events.columns import country_code
from events.models import Event, Participant
from members.models import Member

PURPOSE = reserve("attendance.report", "attendance.view_attendancereport")
CONTENT_TYPES = {".csv": "text/csv", ".txt": "text/plain", ".tsv": "text/tab-separated-values"}
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
UNKNOWN, IGNORED = "unknown", "ignored"
Outcome = Attendee.Outcome


class ChoiceRefused(ValidationError):
    """A choice that is not among the guesses, or a city that nobody is called."""


@all_or_nothing()
def take(event: Event, upload: UploadedFile, by, *, hosts: str = "") -> tuple:
    """Take a report of an event. Gives the report and whether it is new.

    hosts: addresses and names, separated by commas, of accounts that are no guests. The same file
    again gives the first report and changes nothing. Raises ValidationError with one sentence.
    """
    if upload.size > importing_file.MAX_BYTES:
        raise ValidationError(_("The file is larger than 10 MB."), code="too_heavy")
    data = upload.read()
    digest = hashlib.sha256(data).hexdigest()
    event = Event.objects.select_for_update(of=("self",)).get(pk=event.pk)
    if first := AttendanceReport.objects.filter(event=event, sha256=digest).first():
        return first, False
    lines = importing_file.read(data, event.zone)
    report = AttendanceReport.objects.create(
        event=event, sha256=digest, file=_kept(data, upload.name or "", by), lines=len(lines),
        hosts=hosts[:400], uploaded_by=by,
    )  # fmt: skip
    known = matching.Known(event)
    people = matching.people_of(lines, known.is_city)
    wanted = _hosts(hosts)
    Attendee.objects.bulk_create(
        _attendee(report, person, matching.judge(person, known, wanted)) for person in people
    )
    recount(event)
    audit.record("attendance.report.taken", report, by, f"{event}: {len(lines)}")
    return report, True


def _kept(data: bytes, name: str, by) -> PrivateFile:
    ending = PurePath(name).suffix.lower()
    content_type = CONTENT_TYPES.get(ending, XLSX if data[:2] == b"PK" else "text/plain")
    return keep_bytes(data, PurePath(name).name[:120] or "report", content_type, PURPOSE, by)


def _hosts(text: str) -> frozenset[str]:
    found = set()
    for one in text.replace(";", ",").replace("\n", ",").split(","):
        if "@" in one:
            found.add(one.strip().lower())
        elif parts := name_parts(one):
            found.add(" ".join(parts))
    return frozenset(found)


def _attendee(report: AttendanceReport, person, verdict) -> Attendee:
    return Attendee(
        report=report, lines=[line.number for line in person.lines], name=person.name,
        email=min(person.emails, default=""), joined_at=person.joined_at, left_at=person.left_at,
        minutes=person.minutes, outcome=verdict.outcome, how=verdict.how,
        participant=verdict.participant, member=verdict.member, country=verdict.country,
        guesses=list(verdict.guesses),
    )  # fmt: skip


@transaction.atomic
def decide(report: AttendanceReport, choices: Mapping[int, str], by) -> int:
    """Write what staff chose, by the key of the row: "p17" a participant, "m4" a member,
    "unknown", "ignored". Gives the number of rows that changed; the totals follow.

    Raises ValidationError, with nothing written, for a choice that means nothing here.
    """
    event = Event.objects.select_for_update(of=("self",)).get(pk=report.event_id)
    rows = report.attendees.select_for_update(of=("self",)).filter(pk__in=choices)
    changed = [row for row in rows if _write(row, choices[row.pk], event, by)]
    Attendee.objects.bulk_update(
        changed,
        ["outcome", "how", "participant", "member", "country", "decided_by", "decided_at"],
    )
    if changed:
        recount(event)
        audit.record("attendance.report.decided", report, by, f"{event}: {len(changed)}")
    return len(changed)


def _write(row: Attendee, choice: str, event: Event, by) -> bool:
    before = (row.outcome, row.participant_id, row.member_id)
    row.participant = row.member = None
    row.country = ""
    if choice in (UNKNOWN, IGNORED):
        row.outcome = choice
    elif choice[:1] == "p":
        row.participant = _participant(choice[1:], event)
        row.member, row.outcome = row.participant.delegation.member, Outcome.MATCHED
        row.country = country_code(row.participant)
    else:
        row.member, row.outcome = _member(choice), Outcome.MATCHED
        row.country = row.member.country.code
    row.how, row.decided_by, row.decided_at = Attendee.How.STAFF, by, timezone.now()
    return before != (row.outcome, row.participant_id, row.member_id)


def _participant(text: str, event: Event) -> Participant:
    rows = Participant.objects.select_related("delegation__member__country")
    found = rows.filter(event=event, pk=as_key(text)).first()
    if found is None:
        raise ChoiceRefused(_("This person is not of the event."), code="stranger")
    return found


def _member(choice: str) -> Member:
    rows = Member.objects.select_related("country")
    found = rows.filter(pk=as_key(choice[1:])).first() if choice[:1] == "m" else None
    if found is None:
        raise ChoiceRefused(_("No member is called so."), code="member")
    return found


def member_called(text: str) -> Member | None:
    """The one member that bears this name or alias; None for none and for several."""
    wanted = place_key(text)
    rows = Member.objects.only("pk", "name_search")
    found = [
        one for one in rows if wanted in {place_key(name) for name in one.name_search.split("\n")}
    ]
    return found[0] if wanted and len(found) == 1 else None


def outcome_counts(report: AttendanceReport) -> dict[str, tuple[int, int]]:
    """Outcome -> (rows of the file, people): one query."""
    rows = report.attendees.order_by().values("outcome").annotate(
        people=Count("pk"), rows=Sum(Func(F("lines"), function="cardinality")),
    )  # fmt: skip
    found = {row["outcome"]: (row["rows"], row["people"]) for row in rows}
    return {one: found.get(one, (0, 0)) for one in Outcome.values}


def took_part(event: Event) -> dict[str, set]:
    """Everybody who was there, by the reports and through the doors, nobody twice.

    "people": keys of theirs; "participants": primary keys; "countries": codes. Three queries.
    """
    people: set = set()
    participants: set[int] = set()
    countries: set[str] = set()
    rows = Attendee.objects.filter(report__event=event).exclude(outcome=Outcome.IGNORED)
    for row in rows:
        if row.participant_id:
            participants.add(row.participant_id)
        else:
            people.add((name_parts(row.name) or row.name, row.email, row.member_id))
        countries.add(row.country)
    came = CheckIn.objects.filter(event=event, undone_at__isnull=True)
    inside = Participant.objects.filter(pk__in=came.values("participant"))
    for person in inside.select_related("delegation__member__country"):
        participants.add(person.pk)
        countries.add(country_code(person))
    people |= {("participant", pk) for pk in participants}
    return {"people": people, "participants": participants, "countries": countries - {""}}


def recount(event: Event) -> None:
    """Write the final attendance and countries of an event that has a report."""
    found = took_part(event)
    total, countries = len(found["people"]), len(found["countries"])
    if (event.final_attendance, event.final_countries) != (total, countries):
        event.final_attendance, event.final_countries = total, countries
        event.save(update_fields=["final_attendance", "final_countries"])
