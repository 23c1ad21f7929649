"""The papers of a meeting as PDF: eligibility sheet and minutes, each in Russian or in English."""

from django.utils import timezone, translation
from django.utils.translation import gettext as _

from content import documents
from content.dates import day_text, moment_text
from content.languages import in_language
from content.timezones import association_zone
from meetings import attending, eligibility, listing, page
from meetings.models import Decision, Meeting

SHEET = "meetings/pdf/eligibility.typ"
AGENDA = "meetings/pdf/agenda.typ"
MINUTES = "meetings/pdf/minutes.typ"


def sheet_pdf(meeting: Meeting, language: str) -> bytes:
    """The eligibility sheet with both tables."""
    with translation.override(language):
        data = sheet_data(meeting)
        return documents.pdf(SHEET, data, title=data["title"], language=language)


def sheet_data(meeting: Meeting) -> dict:
    """What the sheet prints, in the active language."""
    sheet = eligibility.sheet(meeting)
    whose = _("Member") if meeting.is_general_assembly else _("Seat")
    return {
        "title": _("Eligibility sheet"),
        **_head(meeting),
        "quorum": sheet.quorum_line,
        "eligible_title": _("Entitled to vote"),
        "missing_title": _("Not entitled to vote"),
        "nobody": _("Nobody"),
        "headings": [whose, _("Delegate"), _("Substitute"), _("Note")],
        "missing_headings": [whose, _("Delegate"), _("Substitute"), _("What is missing")],
        "eligible": [_line(one, one.marks) for one in sheet.eligible],
        "missing": [_line(one, [*one.missing, *one.marks]) for one in sheet.missing],
    }


def _line(line: eligibility.Line, words: list[str]) -> list[str]:
    name = f"{line.name} ({line.seat})" if line.seat else line.name
    return [name, line.delegate or "—", line.substitute or "—", " ".join(words)]


def _head(meeting: Meeting) -> dict:
    return {
        "meeting": in_language(meeting, "title")[0],
        "facts": [
            [_("Body"), in_language(meeting.body, "name")[0]],
            [_("Time"), moment_text(meeting.starts_at, meeting.zone)],
            [_("Place"), str(listing.place_words(meeting))],
        ],
    }


def agenda_pdf(meeting: Meeting, language: str) -> bytes:
    """The agenda, to be put among the papers of the meeting."""
    with translation.override(language):
        points = [_point(point) for point in page.points(meeting)[0]]
        data = {"title": _("Agenda"), **_head(meeting), "points": points}
        return documents.pdf(AGENDA, data, title=data["title"], language=language)


def minutes_pdf(meeting: Meeting, language: str) -> bytes:
    """The minutes as they would be approved now."""
    with translation.override(language):
        data = minutes_data(meeting)
        return documents.pdf(MINUTES, data, title=data["title"], language=language)


def minutes_data(meeting: Meeting) -> dict:
    """What the minutes print, in the active language."""
    sheet = eligibility.sheet(meeting)
    listed = attending.rows(meeting, sheet)
    points, decisions, _papers = page.points(meeting)
    return {
        "title": _("Minutes"),
        **_head(meeting),
        "attendance_title": _("Present"),
        "headings": [_("Name"), _("Stands for"), _("Role"), _("In person or online"), _("Vote")],
        "attendance": [_present(row) for row in listed if row.attendance.is_present],
        "nobody": _("Nobody"),
        "quorum": attending.quorum(meeting, listed, sheet).words,
        "agenda_title": _("Agenda and decisions"),
        "points": [_point(point) for point in points],
        "decisions_title": _("Other decisions"),
        "decisions": [_decision(one) for one in decisions],
        "elections": [_election(one) for one in page.outcomes(meeting)],
        "signatures": [
            [_("In the chair"), _person(meeting.chair)],
            [_("Secretary"), _person(meeting.secretary)],
        ],
    }


def _person(person) -> str:
    return in_language(person, "full_name")[0] if person else ""


def _present(row: attending.Row) -> list[str]:
    attendance = row.attendance
    return [
        row.name,
        row.stands_for or "—",
        attendance.get_role_display(),
        attendance.get_mode_display(),
        _("may vote") if row.may_vote else _("without a vote"),
    ]


def _point(point: page.Point) -> dict:
    item = point.item
    speaker = _person(item.speaker) or in_language(item, "speaker_text")[0]
    return {
        "order": item.order,
        "title": in_language(item, "title")[0],
        "speaker": _("Speaker: %(name)s") % {"name": speaker} if speaker else "",
        "note": in_language(item, "note")[0],
        "decisions": [_decision(one) for one in point.decisions],
    }


def _decision(decision: Decision) -> dict:
    return {
        "kind": _("Decision %(number)d: %(kind)s")
        % {"number": decision.number, "kind": decision.get_kind_display()},
        "wording": in_language(decision, "wording")[0],
        "votes": votes_words(decision),
    }


def votes_words(decision: Decision) -> str:
    """ "For: 41, against: 2, abstained: 1", that it was by consensus, or nothing."""
    if decision.is_by_consensus:
        return _("By consensus")
    if decision.votes_for is None:
        return ""
    words = [_("For: %(number)d") % {"number": decision.votes_for}]
    if decision.votes_against is not None:
        words.append(_("against: %(number)d") % {"number": decision.votes_against})
    if decision.votes_abstained is not None:
        words.append(_("abstained: %(number)d") % {"number": decision.votes_abstained})
    return ", ".join(words)


def _election(outcome: page.Outcome) -> dict:
    election = outcome.election
    protocol = getattr(election, "protocol", None)
    data = {
        "title": in_language(election, "title")[0],
        "seats": _("Seats to fill: %(number)d") % {"number": election.seats},
        "headings": [_("Candidate"), _("Votes"), _("Result")],
        "rows": [_candidate(row, protocol) for row in outcome.rows],
        "notes": [],
        "empty": "" if protocol else _("The result is not published yet."),
    }
    if protocol:
        data["notes"] = protocol_notes(outcome.rows, protocol)
        data["notes"] += [
            _("Erratum of %(day)s: %(text)s")
            % {"day": day_text(one.dated_on), "text": in_language(one, "text")[0]}
            for one in election.errata.all()
        ]
    return data


def _candidate(row: dict, protocol) -> list[str]:
    votes = _("by consensus") if protocol.is_by_consensus else " / ".join(map(str, row["votes"]))
    return [row["name"], votes, _("Elected") if row["is_elected"] else _("Not elected")]


def protocol_notes(rows: list[dict], protocol) -> list[str]:
    """What the protocol says below its table: the rule for the tie, late nominations, approval."""
    notes = []
    if protocol.tie_rule != "none":
        notes.append(
            _("A tie for the last seat was settled by: %(rule)s. %(note)s")
            % {
                "rule": protocol.get_tie_rule_display(),
                "note": in_language(protocol, "tie_note")[0],
            }
        )
    for row in rows:
        if late := row["late"]:
            when = f"{late['received']} ({late['sender']})" if late["sender"] else late["received"]
            notes.append(
                _("%(name)s: the nomination came after the close, %(when)s. Admitted: %(reason)s")
                % {"name": row["name"], "when": when, "reason": late["reason"]}
            )
    if protocol.approved_by_name:
        notes.append(
            _("Approved by %(name)s on %(day)s.")
            % {"name": protocol.approved_by_name, "day": _day(protocol.published_at)}
        )
    return notes


def _day(moment) -> str:
    return day_text(timezone.localdate(moment, association_zone()))
