"""Meetings of bodies, who was there, what was decided, elections."""

from meetings.models.attendance import AssemblyDelegate, Attendance
from meetings.models.decisions import Decision, Minutes
from meetings.models.elections import (
    CandidateResult,
    Election,
    Erratum,
    Nomination,
    Protocol,
)
from meetings.models.meeting import AgendaItem, Meeting, MeetingDocument

__all__ = [
    "AgendaItem",
    "AssemblyDelegate",
    "Attendance",
    "CandidateResult",
    "Decision",
    "Election",
    "Erratum",
    "Meeting",
    "MeetingDocument",
    "Minutes",
    "Nomination",
    "Protocol",
]
