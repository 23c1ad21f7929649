"""EVT-1 on the screen: a hundred places, the hundred and first waits, a place goes round."""

import pytest
from django.utils import timezone

from events import placelinks, registration, waiting
from events.models import Delegation, Participant
from events.tests.factories import DAY, make_event, make_member, make_people, make_user
from events.tests.posting import address, page_of, posted, text_of
from mailing.models import Message

pytestmark = pytest.mark.django_db


def test_evt_1_the_hundred_and_first_waits_is_offered_lapses_and_the_next_one_comes(
    cabinet, client, kazan
):
    event = make_event(capacity=100, offer_hours=24)
    full = registration.register(
        event, make_member(slug="perm"), make_people(100, "full"), make_user("perm@example.org")
    )
    page = cabinet.post(
        page_of(event),
        posted({"name_latin": "Anna", "email": "anna@example.org"}, head=0),
        follow=True,
    )
    assert [row.state for row in page.context["rows"]] == ["1st on the waiting list"]
    anna = Participant.objects.get(email="anna@example.org")
    other = registration.register(
        event, make_member(slug="ufa"), make_people(1, "ufa"), make_user("ufa@example.org")
    ).participants.get()
    own = f"/en/events/places/{placelinks.token(anna)}/"
    assert "You are 1st on the waiting list" in text_of(client.get(own))

    leaver = full.participants.first()
    registration.cancel_participant(leaver, full.registered_by)
    assert "Take the place" in text_of(cabinet.get(page_of(event)))
    offers = Message.objects.filter(email="anna@example.org", occasion__startswith="events.offered")
    assert offers.count() == 1
    assert event.participants.holding_a_place().count() == 100

    Participant.objects.filter(pk=anna.pk).update(offer_expires_at=timezone.now() - DAY)
    waiting.expire_offers()
    other.refresh_from_db()
    assert other.status == "offered"
    gone = cabinet.get(page_of(event))
    assert [row.state for row in gone.context["rows"]] == []

    token = placelinks.token(other)
    client.post(f"/en/events/places/{token}/", {"deed": "take"})
    client.post(f"/en/events/places/{token}/", {"deed": "decline"})
    other.refresh_from_db()
    assert (other.status, event.participants.queue().count()) == ("cancelled", 0)


def test_stale_and_guessed_addresses_are_not_found(cabinet, kazan):
    event = make_event()
    theirs = registration.register(
        event, make_member(slug="perm"), make_people(1), make_user("perm@example.org")
    ).participants.get()

    deeds = [
        cabinet.post(address("events:participant_deed", "kazan", event.slug, theirs.pk, "cancel")),
        cabinet.get(page_of(event, "perm")),
        cabinet.get(f"/en/events/places/{theirs.pk}:guessed/"),
    ]

    assert [one.status_code for one in deeds] == [404, 404, 404]
    assert Participant.objects.active().count() == 1


def test_reply_to_a_cancelled_event_is_refused_with_a_sentence(cabinet):
    event = make_event(status="cancelled", cancelled_at=timezone.now())

    page = text_of(cabinet.post(page_of(event), posted({"name_latin": "Anna"})))

    assert "The event is cancelled." in page
    assert Delegation.objects.count() == 0


@pytest.mark.parametrize("number", [5, 50])
def test_page_of_a_delegation_holds_its_query_count(
    cabinet, kazan, rep, django_assert_max_num_queries, number
):
    event = make_event(capacity=3, quota=40)
    council = make_event("council", parent=event, starts_at=event.starts_at)
    people = make_people(number, parts=frozenset([council.pk]))
    registration.register(event, kazan, people, rep)
    cabinet.get(page_of(event))

    with django_assert_max_num_queries(32):
        cabinet.get(page_of(event))
