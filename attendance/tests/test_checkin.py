"""The door: one scan, one answer, nobody twice."""

import datetime
import threading
import uuid

import pytest
from django.db import IntegrityError, connections
from django.urls import reverse
from django.utils import timezone, translation

from accounts.models import Role
from attendance import checkin, checkin_doors
from attendance.checkin import Keeper
from attendance.models import CheckIn
from attendance.tests.factories import (
    crowd,
    make_check_in,
    make_event,
    make_part,
    make_participant,
    make_user,
    today_in,
)
from content.models import AuditEntry
from events.models import Participant

pytestmark = pytest.mark.django_db
Status = Participant.Status


@pytest.fixture(autouse=True)
def _english():
    with translation.override("en"):
        yield


@pytest.fixture
def event(db):
    return make_event()


@pytest.fixture
def keeper(db):
    return Keeper(user=make_user("door@example.org"))


@pytest.fixture
def person(event):
    return make_participant(event, name_latin="Alia Karimova")


def test_scan_lets_in_once(event, keeper, person):
    first = checkin.scan(event, person.badge_code, keeper)
    assert (first.tone, first.words, first.person) == ("good", "Welcome.", person)
    second = checkin.scan(event, person.badge_code, keeper)
    came = timezone.localtime(first.check_in.at, event.zone).strftime("%H:%M")
    assert (second.tone, second.words) == ("known", f"Already in since {came}.")
    assert list(CheckIn.objects.values_list("participant", "by", "way")) == [
        (person.pk, keeper.user.pk, "code")
    ]


def test_database_refuses_a_second_check_in(event, keeper, person):
    checkin.scan(event, person.badge_code, keeper)
    with pytest.raises(IntegrityError):
        CheckIn.objects.create(event=event, participant=person, at=timezone.now(), by=keeper.user)


def test_code_is_taken_as_it_is_printed_and_typed(event, keeper, person):
    code = person.badge_code
    typed = f" {code[:4].upper()}-{code[4:8]} {code[8:12]} {code[12:]} "
    assert checkin.scan(event, typed, keeper).tone == "good"


@pytest.mark.parametrize("code", ["", "x", "https://example.org/", "0" * 16, "я" * 16, "2" * 16])
def test_foreign_code_is_no_badge(event, keeper, code):
    answer = checkin.scan(event, code, keeper)
    assert (answer.tone, answer.person) == ("bad", None)


@pytest.mark.parametrize(
    ("status", "words"),
    [
        ("waiting", "On the waiting list: no place. Send them to the secretariat."),
        ("offered", "A place is offered and not taken yet. Send them to the secretariat."),
        ("over_quota", "Over the quota, not decided. Send them to the secretariat."),
        ("pending", "Not approved yet. Send them to the secretariat."),
        ("declined", "The registration was declined."),
        ("cancelled", "The registration was cancelled."),
    ],
)
def test_who_has_no_place_is_not_let_in(event, keeper, status, words):
    person = make_participant(event, status=status)
    answer = checkin.scan(event, person.badge_code, keeper)
    assert (answer.tone, answer.words) == ("bad", words)
    assert not CheckIn.objects.exists()


def test_badge_of_another_event_says_which(event, keeper):
    other = make_participant(make_event("seminar", title_ru="Семинар", title_en="Seminar"))
    answer = checkin.scan(event, other.badge_code, keeper)
    assert (answer.tone, answer.words) == ("bad", "The badge is of another event: Seminar.")


def test_cancelled_event_lets_nobody_in(event, keeper, person):
    event.status, event.cancelled_at = "cancelled", timezone.now()
    event.save()
    answer = checkin.scan(event, person.badge_code, keeper)
    assert (answer.tone, answer.words) == ("bad", "The event is cancelled.")


def test_parts_are_counted_apart_and_open_with_the_badge_of_the_whole(event, keeper, person):
    council = make_part(event)
    here = make_participant(
        council, member=person.delegation.member, by=keeper.user, whole=person, email=""
    )
    assert checkin.scan(council, person.badge_code, keeper).person == here
    assert (checkin.counts(council).came, checkin.counts(event).came) == (1, 0)
    assert checkin.scan(event, here.badge_code, keeper).person == person
    assert (checkin.counts(council).came, checkin.counts(event).came) == (1, 1)


def test_whole_does_not_open_a_part_without_registration(event, keeper, person):
    answer = checkin.scan(make_part(event), person.badge_code, keeper)
    assert (answer.tone, answer.words) == (
        "bad",
        "Registered for “Congress of Local Governments”, but not for this part.",
    )


def test_undo_opens_the_door_again(event, keeper, person):
    made = checkin.scan(event, person.badge_code, keeper).check_in
    checkin.undo(event, made.pk, keeper)
    checkin.undo(event, made.pk, keeper)
    assert checkin.counts(event).came == 0
    assert AuditEntry.objects.filter(verb="attendance.checkin.undone").count() == 1
    assert checkin.scan(event, person.badge_code, keeper).tone == "good"
    assert CheckIn.objects.count() == 2


def test_undo_of_another_event_is_nothing(event, keeper, person):
    made = checkin.scan(event, person.badge_code, keeper).check_in
    assert checkin.undo(make_event("other"), made.pk, keeper) is None
    assert checkin.counts(event).came == 1


def test_same_key_is_one_scan(event, keeper, person):
    key = uuid.uuid4()
    first = checkin.scan(event, person.badge_code, keeper, key=key)
    again = checkin.scan(event, person.badge_code, keeper, key=key)
    assert (first.tone, again.tone, again.check_in) == ("good", "good", first.check_in)
    checkin.undo(event, first.check_in.pk, keeper)
    assert checkin.scan(event, person.badge_code, keeper, key=key).tone == "bad"
    assert checkin.counts(event).came == 0


def test_kept_scan_bears_its_own_time(event, keeper, person):
    at = timezone.now() - datetime.timedelta(hours=2)
    assert checkin.scan(event, person.badge_code, keeper, at=at).check_in.at == at


@pytest.mark.parametrize("hours", [-1, 25])
def test_time_that_cannot_be_is_not_believed(event, keeper, person, hours):
    at = timezone.now() - datetime.timedelta(hours=hours)
    assert checkin.scan(event, person.badge_code, keeper, at=at).check_in.at != at


@pytest.mark.django_db(transaction=True)
def test_two_doors_let_one_person_in_once(make_user):
    event = make_event()
    person = make_participant(event)
    users = [make_user(f"door{number}@example.org") for number in range(2)]
    barrier, answers = threading.Barrier(2), []

    def door(user):
        try:
            barrier.wait(timeout=10)
            answers.append(checkin.scan(event, person.badge_code, Keeper(user=user)).tone)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=door, args=[user]) for user in users]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=30)
    assert sorted(answers) == ["good", "known"]
    assert CheckIn.objects.count() == 1


def test_counts_by_city_take_the_same_queries_for_many(event, keeper, django_assert_num_queries):
    people = crowd(event, cities=3, people=2)
    checkin.let_in(event, people[0].pk, keeper)
    with django_assert_num_queries(3):
        rows = checkin.by_city(event)
    assert [(row.came, row.expected) for row in rows] == [(1, 2), (0, 2), (0, 2)]
    assert (checkin.counts(event).came, checkin.counts(event).expected) == (1, 6)


def test_search_finds_by_name_in_both_alphabets_and_by_city(event):
    make_participant(event, name_cyrillic="Каримова Алия", name_latin="Alia Karimova")
    for text in ("карим", "Karimova", "Алия Карим", "Казань"):
        assert [str(one.name_latin) for one in checkin.search(event, text)] == ["Alia Karimova"]
    assert checkin.search(event, "к") == []
    assert checkin.search(event, "Иванов") == []


def test_link_of_a_door_works_on_its_day_alone(event):
    by = make_user("lead@example.org")
    today = today_in(event)
    door, token = checkin_doors.give(event, "North", today, by)
    assert checkin_doors.find(token) == door
    assert checkin_doors.find(f"{token}x") is None
    midnight = datetime.datetime.combine(today, datetime.time(), event.zone)
    moments = [midnight + datetime.timedelta(seconds=s) for s in (-1, 0, 86399, 86400)]
    assert [checkin_doors.works(door, at) for at in moments] == [False, True, True, False]
    checkin_doors.take_back(door, by)
    assert checkin_doors.find(token) is None


def test_token_is_not_stored(event):
    door, token = checkin_doors.give(event, "North", today_in(event), make_user("l@example.org"))
    assert token not in str(door.__dict__)


class TestPage:
    """The page of the door, as a phone asks for it."""

    @pytest.fixture
    def client(self, client_of, events_officer):
        return client_of(events_officer)

    @pytest.fixture
    def address(self, event):
        return reverse("attendance:door", args=[event.slug])

    def test_answer_is_a_small_page_that_works_without_script(self, client, address, person):
        response = client.post(address, {"code": person.badge_code, "key": uuid.uuid4()})
        page = response.content.decode()
        assert response.status_code == 200
        assert len(response.content) < 10_000
        assert "answer--good" in page
        assert "Alia Karimova" in page
        assert "in: <b>1</b> of 1" in page
        assert "no-store" in response.headers["Cache-Control"]
        assert "<style" not in page
        assert "onclick" not in page

    def test_second_scan_says_since_when_and_undo_takes_it_back(self, client, address, person):
        client.post(address, {"code": person.badge_code, "key": uuid.uuid4()})
        second = client.post(address, {"code": person.badge_code, "key": uuid.uuid4()})
        assert "Already in since" in second.content.decode()
        undone = client.post(address, {"undo": CheckIn.objects.get().pk})
        assert "The check-in is undone." in undone.content.decode()
        assert "in: <b>0</b> of 1" in undone.content.decode()

    def test_name_is_found_and_let_in(self, client, address, person):
        page = client.get(address, {"q": "Karim"}).content.decode()
        assert f'name="person" value="{person.pk}"' in page
        client.post(address, {"person": person.pk, "key": uuid.uuid4()})
        assert CheckIn.objects.get().way == "name"
        assert "is in" in client.get(address, {"q": "Karim"}).content.decode()

    @pytest.mark.parametrize(
        "sent",
        [{}, {"code": "x" * 5000}, {"person": "9" * 30}, {"person": "-1"}, {"undo": "0"},
         {"code": "a", "key": "no", "at": "31.02.2026", "way": "hole"}],
    )  # fmt: skip
    def test_bad_input_gets_an_answer(self, client, address, sent):
        assert client.post(address, sent).status_code == 200
        assert not CheckIn.objects.exists()

    def test_page_takes_the_same_queries_for_many(
        self, client, address, event, django_assert_max_num_queries
    ):
        crowd(event, cities=5, people=20)
        client.get(address)
        with django_assert_max_num_queries(14):
            client.get(address, {"q": "Участник", "cities": 1})

    def test_helper_comes_in_by_the_link_alone(self, client_of, event, person):
        door, token = checkin_doors.give(event, "North", today_in(event), make_user("l@e.org"))
        address, visitor = checkin_doors.address(token), client_of()
        assert "North" in visitor.get(address).content.decode()
        visitor.post(address, {"code": person.badge_code, "key": uuid.uuid4()})
        made = CheckIn.objects.get()
        assert (made.door, made.by, made.participant) == (door, None, person)
        assert visitor.get(f"{address[:-1]}x/").status_code == 404

    def test_staff_without_the_permission_and_visitors_stay_outside(
        self, client_of, address, make_user
    ):
        editor = make_user("e@example.org", roles=[Role.EDITOR])
        assert client_of(editor).get(address).status_code == 404
        assert client_of().get(address).status_code == 302


def test_present_are_those_who_came(event):
    people = crowd(event, cities=2, people=2)
    undone = make_check_in(people[0])
    checkin.undo(event, undone.pk, Keeper(user=undone.by))
    make_check_in(people[1])
    assert list(checkin.present(event)) == [people[1]]
