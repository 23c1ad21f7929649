"""How the cabinet says until when a thing is to be done."""

import datetime
import zoneinfo

import pytest
from django.utils import timezone, translation

from content.timezones import reader_zone
from members.attention import Attention
from members.templatetags.members_tags import deadline_words

NOW = datetime.datetime(2026, 11, 20, 9, 30, tzinfo=datetime.UTC)  # 12:30 in Kazan


@pytest.fixture
def words(monkeypatch):
    """A function from a deadline (and its zone) to what a reader in Bishkek is told in English."""
    monkeypatch.setattr(timezone, "now", lambda: NOW)
    token = reader_zone.set(zoneinfo.ZoneInfo("Asia/Bishkek"))

    def told(deadline, zone="Europe/Moscow"):
        with translation.override("en"):
            return deadline_words(Attention("A", "/", "Do", deadline=deadline, zone=zone))

    yield told
    reader_zone.reset(token)


@pytest.mark.parametrize(
    ("hours", "expected"),
    [
        (0.5, "in less than an hour · 13:00 Kazan time (UTC+3) · 16:00 Bishkek time (yours)"),
        (2, "in 2 hours · 14:30 Kazan time (UTC+3) · 17:30 Bishkek time (yours)"),
        (72, "in 3 days · 12:30 Kazan time (UTC+3) · 15:30 Bishkek time (yours)"),
        (-1, "overdue"),
    ],
)
def test_moment_is_told_as_time_left_and_by_both_clocks(words, hours, expected):
    assert words(NOW + datetime.timedelta(hours=hours)) == expected


def test_other_day_of_the_reader_is_written(words):
    deadline = datetime.datetime(2026, 11, 20, 20, 0, tzinfo=datetime.UTC)

    assert words(deadline) == (
        "in 10 hours · 23:00 Kazan time (UTC+3) · 21 November 2026, 02:00 Bishkek time (yours)"
    )


def test_same_clock_is_told_once(words):
    deadline = NOW + datetime.timedelta(hours=3)

    assert words(deadline, "Asia/Bishkek") == "in 3 hours · 18:30 Bishkek time (UTC+6)"


@pytest.mark.parametrize(("days", "expected"), [(0, "today"), (1, "in 1 day"), (-1, "overdue")])
def test_day_without_an_hour(words, days, expected):
    assert words(datetime.date(2026, 11, 20) + datetime.timedelta(days=days)) == expected
