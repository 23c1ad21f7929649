"""Next year's event begins with this year's programme."""

import datetime

import pytest

from programme import copying
from programme.tests.factories import (
    CLOSING,
    OPENING,
    make_congress,
    make_hall,
    make_role,
    make_session,
)

pytestmark = pytest.mark.django_db
YEAR = datetime.timedelta(days=364)


def test_sessions_are_copied_without_speakers():
    event = make_congress()
    hall = make_hall(event)
    make_role(make_session(event, hall, hour=12, kind="workshop"))
    make_session(event, is_dropped=True)
    later = make_congress(
        "next", venue=event.venue, starts_at=OPENING + YEAR, ends_at=CLOSING + YEAR
    )

    assert copying.copy(event, later) == 1

    (session,) = later.sessions.all()
    old = event.sessions.get(is_dropped=False)
    assert (session.starts_at, session.hall, session.kind, session.title_en) == (
        old.starts_at + YEAR, hall, "workshop", "Opening",
    )  # fmt: skip
    assert session.roles.count() == 0


def test_hall_that_is_taken_or_elsewhere_is_left_empty():
    event = make_congress()
    make_session(event, make_hall(event))
    same, other = make_congress("same", venue=event.venue), make_congress("other")

    assert (copying.copy(event, same), copying.copy(event, other)) == (1, 1)
    assert [same.sessions.get().hall, other.sessions.get().hall] == [None, None]


def test_sessions_outside_of_the_new_event_are_left_out():
    event = make_congress()
    make_session(event)
    make_session(event, day=3)
    short = make_congress("short", starts_at=OPENING, ends_at=OPENING + datetime.timedelta(hours=8))

    assert copying.copy(event, short) == 1
