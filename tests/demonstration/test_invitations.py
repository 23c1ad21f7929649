"""Questions, guests and invitations of the demonstration."""

import pytest

from events import guests, questions
from events.models import Delegation, Event, GuestApplication, Invitation

pytestmark = pytest.mark.django_db


def test_congress_has_questions_guests_and_mixed_answers():
    congress = Event.objects.get(slug="congress-and-assembly")

    assert [one.kind for one in questions.asked(congress)] == ["choice", "yes_no", "file"]
    guest_rows = Delegation.objects.filter(event=congress, member=None)
    assert sorted(guest_rows.values_list("guest_of", "guest_country")) == [
        ("Izmir", "TR"), ("Комрат", "MD"),
    ]  # fmt: skip
    assert GuestApplication.objects.filter(confirmed_at=None).count() == 1
    assert guests.member_called("Комрат") is None
    states = Invitation.objects.filter(event=congress).values_list("member__slug", "state")
    assert dict(states) == {
        "kazan": "accepted", "ulaanbaatar": "accepted", "bishkek": "accepted",
        "samarkand": "declined", "stavropol": "open", "baku": "open", "almaty": "open",
        "yerevan": "open", "osh": "open", "gomel": "open", "naryn": "open",
    }  # fmt: skip
    silent = Invitation.objects.get(event=congress, member__slug="naryn")
    assert [(step.rung, bool(step.letter)) for step in silent.steps.all()] == [
        (1, False), (2, False), (3, True),
    ]  # fmt: skip
