"""The waiting list: freed places are offered in order, for a time, and never twice."""

import datetime
import threading
import zoneinfo

import pytest
from django.db import connection, connections
from django.utils import timezone

from content.dates import moment_text
from events import registration, waiting
from events.models import Participant
from events.registration import RegistrationRefused
from events.tasks import expire_offers
from events.tests.factories import (
    DAY,
    make_delegation,
    make_event,
    make_member,
    make_offer,
    make_participant,
    make_people,
    make_user,
)
from events.waiting import OfferRefused
from mailing.models import Message

pytestmark = pytest.mark.django_db


def state(participant: Participant) -> str:
    participant.refresh_from_db()
    return participant.status


def mails(kind: str) -> list[tuple[str, str]]:
    found = Message.objects.filter(kind=f"events.{kind}").order_by("pk")
    return list(found.values_list("email", "subject"))


def test_evt_1_the_101st_is_first_on_the_waiting_list_and_gets_the_freed_place_for_a_time():
    event = make_event(capacity=100, offer_hours=48)
    full = make_delegation(event, people=100)
    perm = make_delegation(event, make_member(slug="perm"), make_people(1, "perm", language="en"))
    ufa = make_delegation(event, make_member(slug="ufa"), make_people(1, "ufa"))
    first, second = perm.participants.get(), ufa.participants.get()

    # "You are 1st on the waiting list": no place is taken beyond the capacity.
    assert event.participants.positions() == {first.pk: 1, second.pk: 2}
    assert event.participants.holding_a_place().count() == 100
    assert mails("waiting")[0] == (
        "perm1@example.org",
        "You are 1st on the waiting list: Congress of Local Governments",
    )

    # Somebody cancels: the first in the queue gets a mail with a time limit, the place is held.
    before = timezone.now()
    registration.cancel_participant(full.participants.first(), full.registered_by)
    assert (state(first), state(second)) == ("offered", "waiting")
    assert first.offer_expires_at >= before + datetime.timedelta(hours=48)
    assert event.participants.holding_a_place().count() == 100
    assert [email for email, _subject in mails("offered")] == [
        "perm1@example.org",
        "rep-perm@example.org",
    ]

    # Not taken in time: the next one.
    Participant.objects.filter(pk=first.pk).update(offer_expires_at=timezone.now())
    expire_offers()
    assert (state(first), first.departure) == ("cancelled", "lapsed")
    assert state(second) == "offered"

    # A moved-up person who cancels does not stay in the queue.
    waiting.decline_offer(second)
    assert (state(second), second.departure) == ("cancelled", "refused")
    assert event.participants.positions() == {}
    assert event.participants.holding_a_place().count() == 99


def test_event_that_fails_is_logged_and_holds_up_no_other(monkeypatch, caplog):
    past = timezone.now() - DAY
    broken, sound = (
        make_offer(make_event(slug, capacity=1), offer_expires_at=past)
        for slug in ("broken", "sound")
    )
    release = waiting.release

    def fail_once(event, *args):
        if event.slug == "broken":
            event.participants.update(name_latin="Half done")
            raise RuntimeError("a defect")
        return release(event, *args)

    monkeypatch.setattr(waiting, "release", fail_once)

    assert waiting.expire_offers() == 1

    assert (state(broken), broken.name_latin, state(sound)) == ("offered", "", "cancelled")
    (record,) = [one for one in caplog.records if one.name == "events.waiting"]
    assert record.levelname == "ERROR"
    assert f"event {broken.event_id} " in record.getMessage()
    assert "a defect" in record.exc_text

    monkeypatch.setattr(waiting, "release", release)
    assert waiting.expire_offers() == 1


def test_expired_offers_end_once_however_often_the_task_runs():
    event = make_event(capacity=1)
    offer = make_offer(event, offer_expires_at=timezone.now() - DAY)
    next_one = make_participant(event, status="waiting")

    expire_offers()
    letters = Message.objects.count()
    expire_offers()

    assert (state(offer), state(next_one)) == ("cancelled", "offered")
    assert Message.objects.count() == letters


def test_taking_the_offered_place_confirms_and_twice_is_as_good_as_once():
    event = make_event(capacity=1)
    offer = make_offer(event)

    for _time in range(2):
        waiting.accept_offer(offer)

    assert state(offer) == "confirmed"
    assert (offer.is_head, offer.offer_expires_at) == (True, None)
    assert [email for email, _subject in mails("registered")] == [offer.email]


def test_offer_that_ran_out_is_refused_before_the_task_has_run():
    offer = make_offer(make_event(capacity=1), offer_expires_at=timezone.now())

    with pytest.raises(OfferRefused):
        waiting.accept_offer(offer)

    assert state(offer) == "offered"


@pytest.mark.parametrize("status", ["waiting", "over_quota", "declined", "cancelled"])
def test_place_that_is_not_offered_cannot_be_taken(status):
    person = make_participant(make_event(), status=status)

    with pytest.raises(OfferRefused):
        waiting.accept_offer(person)

    assert state(person) == status


def test_nothing_is_taken_or_given_back_once_the_event_is_off():
    event = make_event(capacity=1)
    offer = make_offer(event)
    event.starts_at = timezone.now()
    event.save(update_fields=["starts_at"])

    for deed in (waiting.accept_offer, waiting.decline_offer):
        with pytest.raises(OfferRefused):
            deed(offer)

    assert state(offer) == "offered"


def test_offer_never_runs_past_the_start():
    event = make_event(capacity=1, starts_at=timezone.now() + datetime.timedelta(hours=5))
    person = make_participant(event, status="waiting")

    waiting.offer_freed_places(event)

    person.refresh_from_db()
    assert person.offer_expires_at == event.starts_at


@pytest.mark.parametrize(
    "fields", [{"status": "withdrawn"}, {"starts_at": timezone.now() - DAY}], ids=["off", "begun"]
)
def test_nothing_is_offered_when_nobody_can_come(fields):
    event = make_event(capacity=1, **fields)
    make_participant(event, status="waiting")

    assert waiting.offer_freed_places(event) == []


def test_as_many_places_are_offered_as_are_free_in_the_order_of_the_queue():
    event = make_event(capacity=3)
    make_participant(event)
    now = timezone.now()
    late, early, last = (
        make_participant(event, status="waiting", queued_at=now - minutes * DAY)
        for minutes in (2, 3, 1)
    )

    lucky = waiting.offer_freed_places(event)
    again = waiting.offer_freed_places(event)

    assert ([one.pk for one in lucky], again) == ([early.pk, late.pk], [])
    assert state(last) == "waiting"


def test_person_without_an_address_is_offered_the_place_through_the_city():
    event = make_event(capacity=1)
    person = make_participant(event, status="waiting", email="")
    person.delegation.registered_by.is_staff = True
    person.delegation.registered_by.save()

    waiting.offer_freed_places(event)

    assert [email for email, _subject in mails("offered")] == [
        person.delegation.registered_by.email
    ]


def test_letter_about_an_offer_says_until_when_in_the_readers_language():
    event = make_event(capacity=1, time_zone="Asia/Bishkek")
    person = make_participant(event, status="waiting", language="en")

    waiting.offer_freed_places(event)

    message = Message.objects.get(email=person.email)
    assert message.subject.startswith("Take your place by ")
    assert "Bishkek time (UTC+6): Congress of Local Governments" in message.subject
    assert message.expires_at == Participant.objects.get(pk=person.pk).offer_expires_at


def test_letter_about_an_offer_gives_the_deadline_by_the_readers_clock_too():
    event = make_event(capacity=1)
    city = make_member(slug="bishkek", time_zone="Asia/Bishkek")
    person = make_participant(event, status="waiting", language="en", member=city)

    waiting.offer_freed_places(event)

    until = Participant.objects.get(pk=person.pk).offer_expires_at
    text = Message.objects.get(email=person.email).text_body
    words = [moment_text(until, zoneinfo.ZoneInfo(name), "en")
             for name in ("Europe/Moscow", "Asia/Bishkek")]  # fmt: skip
    assert f"The place is held until {words[0]}, that is {words[1]}." in text


class Race:
    """The same deed in many threads that start together; each has its own connection."""

    def __init__(self):
        self.errors = []

    def run(self, deeds) -> None:
        barrier = threading.Barrier(len(deeds))
        threads = [threading.Thread(target=self._one, args=(deed, barrier)) for deed in deeds]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join(60)

    def _one(self, deed, barrier) -> None:
        try:
            barrier.wait(30)
            deed()
        except Exception as error:
            self.errors.append(error)
        finally:
            connections.close_all()


@pytest.mark.django_db(transaction=True)
def test_evt_1_twenty_at_once_for_seven_places_give_exactly_seven():
    event = make_event(capacity=7)
    user = make_user()
    cities = [make_member(slug=f"city-{number}") for number in range(20)]
    race = Race()

    race.run(
        [
            lambda city=city: registration.register(event, city, make_people(1, city.slug), user)
            for city in cities
        ]
    )

    assert race.errors == []
    queue = list(event.participants.queue())
    assert event.participants.filter(status="confirmed").count() == 7
    assert [one.pk for one in queue] == sorted(one.pk for one in queue)
    assert len(queue) == 13
    assert sorted(event.participants.positions().values()) == list(range(1, 14))


@pytest.mark.django_db(transaction=True)
def test_offers_under_concurrency_never_exceed_the_capacity():
    event = make_event(capacity=4)
    leaving = [make_participant(event) for _number in range(4)]
    queue = [make_participant(event, status="waiting") for _number in range(6)]
    user = make_user()
    race = Race()

    race.run(
        [
            *[lambda one=one: registration.cancel_participant(one, user) for one in leaving],
            *[lambda: waiting.offer_freed_places(event) for _number in range(4)],
        ]
    )

    assert race.errors == []
    event.refresh_from_db()
    assert [state(one) for one in queue] == ["offered"] * 4 + ["waiting"] * 2


@pytest.mark.django_db(transaction=True)
def test_answers_to_one_offer_at_once_leave_one_holder():
    event = make_event(capacity=1)
    offer = make_offer(event)
    make_participant(event, status="waiting")
    race = Race()

    race.run([lambda: waiting.accept_offer(offer), lambda: waiting.decline_offer(offer)] * 3)

    assert event.participants.holding_a_place().count() == 1
    assert all(isinstance(error, OfferRefused) for error in race.errors)


@pytest.mark.django_db(transaction=True)
def test_two_representatives_of_one_city_register_one_delegation():
    event = make_event()
    city = make_member()
    users = [make_user(f"u{number}@example.org") for number in range(4)]
    race = Race()

    race.run(
        [
            lambda user=user: registration.register(event, city, make_people(2, str(user.pk)), user)
            for user in users
        ]
    )

    assert event.delegations.count() == 1
    assert event.participants.count() == 2
    assert [type(error) for error in race.errors] == [RegistrationRefused] * 3
    assert connection.vendor == "postgresql"
