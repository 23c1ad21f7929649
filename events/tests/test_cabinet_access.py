"""Who may come into the cabinet's pages of events: every door as a stranger and as a visitor."""

import pytest
from django.utils import timezone

from content.models import AuditEntry
from events.models import Participant
from events.tests.factories import (
    DAY,
    make_delegation,
    make_event,
    make_member,
    make_offer,
    make_participant,
    make_representative,
    make_user,
)
from events.tests.posting import THREE, address, page_of, posted, text_of

pytestmark = pytest.mark.django_db


DOORS = [
    ("events:cabinet", ["kazan"], "get"),
    ("events:register", ["kazan", "congress"], "get"),
    ("events:register", ["kazan", "congress"], "post"),
    ("events:cancel_delegation", ["kazan", "congress"], "post"),
    ("events:participant_deed", ["kazan", "congress", "{pk}", "cancel"], "post"),
    ("events:participant_deed", ["kazan", "congress", "{pk}", "take"], "post"),
]


def knock(client, door, participant):
    name, args, method = door
    url = address(name, *[str(arg).format(pk=participant.pk) for arg in args])
    return getattr(client, method)(url, posted(*THREE) if method == "post" else None)


@pytest.mark.parametrize("door", DOORS, ids=lambda door: f"{door[0]} {door[2]}")
def test_rep_1_representative_of_another_city_finds_nothing(client, kazan, door):
    event = make_event()
    offer = make_offer(event, member=kazan)
    stranger = make_user("perm@example.org")
    make_representative(stranger, make_member(slug="perm"))
    client.force_login(stranger)

    response = knock(client, door, offer)

    offer.refresh_from_db()
    assert (response.status_code, offer.status) == (404, "offered")
    assert "Congress of Local" not in text_of(response)
    assert Participant.objects.count() == 1
    assert AuditEntry.objects.filter(verb="cabinet.refused", actor=stranger).count() == 1


@pytest.mark.parametrize("door", DOORS, ids=lambda door: f"{door[0]} {door[2]}")
def test_visitor_is_asked_to_sign_in(client, kazan, door):
    offer = make_offer(make_event(), member=kazan)

    response = knock(client, door, offer)

    offer.refresh_from_db()
    assert (response.status_code, offer.status) == (302, "offered")
    assert response.headers["Location"].startswith("/accounts/login/")


def test_rep_1_own_page_does_not_reach_a_participant_of_another_city(cabinet):
    event = make_event()
    theirs = make_offer(event, member=make_member(slug="perm"))

    for deed in ("take", "decline", "cancel"):
        url = address("events:participant_deed", "kazan", event.slug, theirs.pk, deed)
        assert cabinet.post(url).status_code == 404

    theirs.refresh_from_db()
    assert theirs.status == "offered"


def test_rep_1_posting_the_key_of_a_foreign_row_changes_nothing(cabinet, kazan, rep):
    event = make_event()
    make_delegation(event, kazan, 1, by=rep)
    theirs = make_participant(event, member=make_member(slug="perm"))

    response = cabinet.post(
        page_of(event), posted({"pk": theirs.pk, "name_latin": "Stolen"}, version=1)
    )

    theirs.refresh_from_db()
    assert (response.status_code, theirs.name_latin) == (200, "")


def test_ended_mandate_ends_the_right_at_once(cabinet, rep):
    event = make_event()
    rep.mandates.update(ends_on=timezone.localdate() - DAY)

    assert cabinet.get(page_of(event)).status_code == 404


def test_delegation_stays_reachable_when_registration_is_switched_off(cabinet, kazan, rep):
    event = make_event()
    make_delegation(event, kazan, 1, by=rep)
    event.takes_registrations = False
    event.save()

    page = cabinet.get(page_of(event))

    assert "Delegations do not register for this event here." in text_of(page)
    assert len(page.context["rows"]) == 1


@pytest.mark.parametrize(
    "fields", [{"status": "draft"}, {"takes_registrations": False}], ids=["draft", "elsewhere"]
)
def test_event_that_cannot_be_registered_for_is_not_found(cabinet, fields):
    event = make_event(**fields)

    assert cabinet.get(page_of(event)).status_code == 404


def test_deeds_are_posts(cabinet, kazan, rep):
    event = make_event()
    offer = make_offer(event, member=kazan, by=rep)

    for url in (
        address("events:participant_deed", "kazan", event.slug, offer.pk, "take"),
        address("events:cancel_delegation", "kazan", event.slug),
    ):
        assert cabinet.get(url).status_code == 405


def test_cabinet_pages_are_kept_by_nobody(cabinet):
    response = cabinet.get(page_of(make_event()))

    assert "no-store" in response.headers["Cache-Control"]


# From the public page to the cabinet.


def test_start_leads_the_representative_of_one_city_straight_on(cabinet):
    event = make_event()

    response = cabinet.get(address("events:start", event.slug))

    assert response.headers["Location"] == page_of(event)


def test_start_lets_the_representative_of_two_cities_choose(cabinet, rep):
    event = make_event()
    make_representative(rep, make_member(slug="perm", name_ru="Пермь", name_en="Perm"))

    response = cabinet.get(address("events:start", event.slug))

    assert [one.slug for one in response.context["members"]] == ["kazan", "perm"]


def test_start_says_why_others_cannot_register(client):
    client.force_login(make_user())

    response = client.get(address("events:start", make_event().slug))

    assert response.status_code == 403
    assert "Delegations are registered by representatives of members." in text_of(response)


def test_start_asks_a_visitor_to_sign_in(client):
    response = client.get(address("events:start", make_event().slug))

    assert response.headers["Location"].startswith("/accounts/login/")
