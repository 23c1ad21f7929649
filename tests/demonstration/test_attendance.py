"""Doors and reports of the demonstration: alive, and left for somebody to decide."""

import pytest

from attendance import checkin, importing
from attendance.models import AttendanceReport
from events.models import Event

pytestmark = pytest.mark.django_db


def test_onl_5_demonstration_has_a_door_and_a_report_with_every_outcome():
    event = Event.objects.get(slug="streets-yerevan-2021")
    counted = checkin.counts(event)
    assert (counted.came, counted.expected) == (5, 6)

    report = AttendanceReport.objects.get()
    assert importing.outcome_counts(report) == {
        "matched": (6, 5), "offered": (3, 3), "unknown": (1, 1), "ignored": (3, 3),
    }  # fmt: skip
    assert all(row.guesses for row in report.attendees.filter(outcome="offered"))
    report.event.refresh_from_db()
    assert (report.event.final_attendance, report.event.final_countries) == (9, 2)
