"""Rows for letters to participants, postponing, reminders, and the page for joining online."""

from types import SimpleNamespace

from events import placelinks
from events.tests.factories import make_event, make_participant
from tests.access.cells import EVERYBODY, FORBIDDEN, Row, admin, who

EVENT = "/admin/events/event/{session.pk}/"
JOIN = "/ru/events/{session.slug}/join/"
STAFF = admin("events", "lead")

ROWS: list[Row] = [
    Row("Joining online", "signed in", JOIN, who("rep_a", visitor=FORBIDDEN, others=FORBIDDEN)),
    Row("Joining online", "by the link of a letter", JOIN + "{session_link}/", EVERYBODY),
    Row("Joining online", "by a forged link", JOIN + "{session_link}x/",
        who(visitor=FORBIDDEN, others=FORBIDDEN)),
    *(
        Row("Letters of an event", f"{words}{ending}", f"{EVENT}{page}/", STAFF, method)
        for page, words in (
            ("write", "write to participants"),
            ("postpone", "postpone"),
            ("new-date", "announce the new date"),
            ("reminders/{session_rule.pk}", "words of a reminder"),
        )
        for method, ending in (("get", ": open"), ("post", ": send an empty form"))
    ),
]  # fmt: skip


def add_objects(world: SimpleNamespace) -> None:
    """An online session that city A takes part in."""
    world.session = make_event("session", mode="online", join_link="https://meet.example.org/x")
    person = make_participant(world.session, member=world.a, by=world.people["rep_a"])
    world.session_link = placelinks.token(person)
    world.session_rule = world.session.reminder_rules.get(amount=7)
