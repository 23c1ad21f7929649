"""Consent to stand on the public list of participants (PRV-1), rank and way of taking part."""

import pytest
from django.utils import translation

from attendance.participants_public import groups
from events import registration
from events.models import Delegation, Participant
from events.tests.factories import make_delegation, make_event
from events.tests.posting import page_of, posted, stored

pytestmark = pytest.mark.django_db


def row_of(person: dict, listed: bool | None, **more) -> dict:
    """The fields of one person as the browser sends them, with the box shown."""
    ticked = {"is_listed": "on"} if listed else {}
    shown = {} if listed is None else {"is_listed-shown": "1"}
    return {**person, **ticked, **shown, **more}


def public(event) -> list[str]:
    """The names on the public list of participants."""
    with translation.override("en"):
        return [row["name"] for group in groups(event) for row in group.names]


def test_prv_1_without_the_tick_nobody_is_on_the_public_list(cabinet):
    event = make_event(shows_participants=True)
    anna, bob = {"name_latin": "Anna Kim"}, {"name_latin": "Bob Lee"}

    cabinet.post(page_of(event), posted(row_of(anna, True), row_of(bob, False), head=0))

    assert public(event) == ["Anna Kim"]
    page = cabinet.get(f"/en/events/{event.slug}/participants/").content.decode()
    assert ("Anna Kim" in page, "Bob Lee" in page) == (True, False)
    assert Participant.objects.filter(status="confirmed").count() == 2


def test_prv_1_changing_later_works_both_ways(cabinet, kazan, rep):
    event = make_event(shows_participants=True)
    delegation = make_delegation(event, kazan, 1, by=rep)
    assert public(event) == []
    assert Participant.objects.get().listed_changed_at is None

    for version, listed in ((1, True), (2, False), (3, True)):
        (row,) = stored(delegation)
        cabinet.post(page_of(event), posted(row_of(row, listed), head=0, version=version))
        person = Participant.objects.get()
        assert (person.is_listed, bool(public(event))) == (listed, listed)
        assert person.listed_changed_at is not None


def test_prv_1_editing_other_fields_does_not_reset_it(cabinet, kazan, rep):
    event = make_event(shows_participants=True)
    delegation = make_delegation(event, kazan, 1, by=rep)
    Participant.objects.update(is_listed=True)
    (row,) = stored(delegation)

    cabinet.post(
        page_of(event), posted(row_of({**row, "name_latin": "Other"}, None), head=0, version=1)
    )
    page = cabinet.get(page_of(event))

    person = Participant.objects.get()
    assert (person.name_latin, person.is_listed, person.listed_changed_at) == ("Other", True, None)
    assert page.context["people"].forms[0]["is_listed"].value() is True


def test_rank_and_mode_are_kept_and_asked_for(cabinet, kazan):
    event = make_event(mode="hybrid")

    cabinet.post(
        page_of(event), posted({"name_latin": "Anna", "rank": "1", "mode": "online"}, head=0)
    )
    delegation = Delegation.objects.get()
    (row,) = stored(delegation)
    cabinet.post(page_of(event), posted({**row, "name_latin": "Anna Kim"}, head=0, version=1))

    assert list(Participant.objects.values_list("name_latin", "rank", "mode")) == [
        ("Anna Kim", 1, "online")
    ]


def test_mode_is_not_asked_where_there_is_no_choice(cabinet):
    online, hall = make_event("online", mode="online"), make_event("hall")

    assert "mode" not in cabinet.get(page_of(hall)).context["people"].forms[0].fields
    cabinet.post(page_of(online), posted({"name_latin": "Anna"}, head=0))

    assert Participant.objects.get().mode == "online"
    assert registration.own_people(Delegation.objects.get()).count() == 1
