"""The desk of the demonstration: rungs taken, a letter, a hand-over that waits."""

import pytest

from accounts.models import User
from members import confirmation, handover
from members.models import (
    Confirmation,
    DepartmentContact,
    Handover,
    LadderStep,
    Member,
    PaperLetter,
    ProfileUpdate,
)

pytestmark = pytest.mark.django_db


def test_desk_of_the_demonstration_is_alive():
    steps = LadderStep.objects.order_by("confirmation__member__slug", "rung")
    taken = {}
    for step in steps.select_related("confirmation__member"):
        taken.setdefault(step.confirmation.member.slug, []).append(step.email or step.rung)
    assert taken == {
        "almaty": ["almaty@example.org"],
        "bishkek": ["bishkek@example.org", 2, "bishkek@example.org"],
        "magadan": [1, 2, 3, 4],
        "yakutsk": ["yakutsk@example.org", 2, 3, 4],
    }
    silent = Confirmation.objects.filter(answered_at__isnull=True)
    assert set(silent.values_list("member__slug", flat=True)) == {
        "almaty", "bishkek", "magadan", "yakutsk",
    }  # fmt: skip
    assert list(Member.objects.members().filter(confirmations=None)) == []
    assert confirmation.last_confirmed(Member.objects.get(slug="kazan")) is not None


def test_letter_and_hand_over_of_the_demonstration():
    letter = PaperLetter.objects.get()
    assert (letter.member.slug, ProfileUpdate.objects.get(letter=letter).status) == (
        "karakol", "decided",
    )  # fmt: skip
    asked = Handover.objects.get()
    assert (asked.mandate.member.slug, asked.state) == ("bukhara", "waiting")
    ended = handover.mandates_ended(User.objects.get(email="bukhara@example.org"))
    assert [mandate.member.slug for mandate in ended] == ["bukhara"]
    assert Member.objects.get(slug="kazan").representatives.on().count() == 2


def test_contacts_of_the_demonstration_say_that_they_are_invented():
    people = DepartmentContact.objects.all()
    assert people.count() == 8
    assert [one for one in people if "придумано" not in one.full_name_ru] == []
    assert people.filter(department__name_en="International and Interregional Relations "
                         "Department", is_public=True).count() == 2  # fmt: skip
