"""The journey: told in time it is saved, later it is a request; special needs are sealed."""

import datetime
import html
import zoneinfo

import pytest
from django.utils import timezone

from content import retention
from content.models import AuditEntry
from events import cloning
from events.models import Event
from events.tests.factories import DAY, make_participant
from events.tests.posting import address
from mailing.models import Message
from travel import needs, trips
from travel.models import AccessNeeds, Trip, TripChange
from travel.tests.factories import make_event, make_hotel, make_offer
from travel.tests.test_passports import ended, raw_rows

pytestmark = pytest.mark.django_db
ASTANA = zoneinfo.ZoneInfo("Asia/Almaty")


@pytest.fixture
def person(kazan, rep):
    event = make_event(time_zone="Asia/Almaty")
    person = make_participant(event, member=kazan, by=rep)
    make_offer(event)
    return person


@pytest.fixture
def page(person):
    return address("travel:trip", "kazan", person.event.slug, person.pk)


def posted(person, **fields) -> dict:
    trip = Trip.objects.filter(participant=person).first()
    return {"version": trip.version if trip else 0, **fields}


def flight(person, at: str = "11:40", **fields) -> dict:
    day = (person.event.starts_at - DAY).astimezone(ASTANA).date()
    return posted(
        person, arrival_at=f"{day}T{at}", arrival_by="KC 874", arrival_station="Астана", **fields
    )


def test_journey_is_saved_by_the_clock_of_the_event(cabinet, person, page):
    hotel = make_hotel(person.event.travel)
    nights = {"hotel": hotel.pk, "arrives_on": "2030-05-01", "leaves_on": "2030-05-03"}
    response = cabinet.post(page, flight(person, **nights, meals="halal", meals_note="без рыбы"))
    assert response.status_code == 302
    trip = Trip.objects.get()
    assert trip.arrival_at.astimezone(ASTANA).strftime("%H:%M") == "11:40"
    assert (trip.arrival_by, trip.hotel, trip.meals, trip.meals_note) == (
        "KC 874", hotel, "halal", "без рыбы",
    )  # fmt: skip
    again = cabinet.get(page)
    assert 'T11:40"' in str(again.context["form"]["arrival_at"])
    entry = AuditEntry.objects.get(verb="travel.trip.changed")
    assert (entry.target, "halal" in str(entry.changes)) == (person, False)


def test_only_what_the_event_asks_is_in_the_form(cabinet, person, page):
    offer = person.event.travel
    offer.asks_lodging = offer.asks_meals = offer.asks_access = False
    offer.save()
    form = cabinet.get(page).context["form"]
    assert list(form.fields) == ["version", *Trip.TRANSFER]
    assert all(form[name].label[0].isupper() for name in Trip.TRANSFER)


@pytest.mark.parametrize(
    ("fields", "wrong"),
    [
        ({"arrives_on": "2030-05-03", "leaves_on": "2030-05-03"}, "leaves_on"),
        ({"arrival_at": "2030-05-03T10:00", "departure_at": "2030-05-03T09:00"}, "departure_at"),
        ({"arrival_at": "tomorrow"}, "arrival_at"),
        ({"hotel": "99999"}, "hotel"),
        ({"meals": "cake"}, "meals"),
        ({"wheelchair": "on"}, "needs_consent"),
        ({"arrival_by": "x" * 61}, "arrival_by"),
    ],
)
def test_bad_values_are_refused_beside_the_field(cabinet, person, page, fields, wrong):
    response = cabinet.post(page, posted(person, **fields))
    assert (response.status_code, list(response.context["form"].errors)) == (200, [wrong])
    assert not Trip.objects.exists()


def test_stale_form_overwrites_nothing(cabinet, person, page):
    cabinet.post(page, flight(person))
    stale = flight(person, "15:00") | {"version": 0}
    response = cabinet.post(page, stale)
    assert "Somebody saved this record" in response.context["form"].non_field_errors()[0]
    assert Trip.objects.get().arrival_at.astimezone(ASTANA).hour == 11


def test_evt_5_flight_edited_two_days_after_the_deadline_becomes_a_request(
    cabinet, client_of, events_officer, person, page
):
    cabinet.post(page, flight(person, "11:40"))
    Event.objects.filter(pk=person.event.pk).update(change_until=timezone.now() - 2 * DAY)

    response = cabinet.post(page, flight(person, "18:05") | {"arrival_by": "KC 876"}, follow=True)

    text = html.unescape(response.content.decode())
    assert "The change is sent to the secretariat." in text
    trip = Trip.objects.get()
    assert (trip.arrival_by, trip.arrival_at.astimezone(ASTANA).hour) == ("KC 874", 11)
    change = TripChange.objects.get()
    assert [(line.name, line.before, line.after) for line in trips.lines(change)][1] == (
        "arrival_by", "KC 874", "KC 876",
    )  # fmt: skip

    staff = client_of(events_officer)
    decision = f"/admin/travel/tripchange/{change.pk}/decide/"
    shown = html.unescape(staff.get(decision).content.decode())
    assert all(words in shown for words in ("KC 874", "KC 876", "11:40", "18:05"))
    staff.post(decision, {"deed": "accept", "answer": "Встретим."})

    trip.refresh_from_db()
    change.refresh_from_db()
    assert (trip.arrival_by, trip.arrival_at.astimezone(ASTANA).hour) == ("KC 876", 18)
    assert (change.state, change.decided_by, change.answer) == (
        "accepted", events_officer, "Встретим.",
    )  # fmt: skip
    mail = Message.objects.get(occasion=f"travel.change:{change.pk}:accepted")
    assert (mail.email, "KC 876" in mail.text_body) == ("rep@example.org", False)
    told = html.unescape(cabinet.get(page).content.decode())
    assert "The secretariat agreed to your last change. Встретим." in told


def test_refused_change_leaves_the_journey_as_it_was(person, rep, lead):
    trips.save(person, {"arrival_by": "KC 1"}, 0, rep)
    Event.objects.filter(pk=person.event.pk).update(change_until=timezone.now() - DAY)
    change = trips.save(person, {"arrival_by": "KC 2"}, 1, rep)
    trips.decide(change, False, lead, "Автобус уже заказан.")
    again = trips.decide(change, True, lead)
    assert (again.state, Trip.objects.get().arrival_by) == ("refused", "KC 1")


def test_second_request_takes_the_place_of_the_first(person, rep):
    Event.objects.filter(pk=person.event.pk).update(change_until=timezone.now() - DAY)
    trips.save(person, {"arrival_by": "KC 1"}, 0, rep)
    trips.save(person, {"arrival_by": "KC 2"}, 0, rep)
    states = TripChange.objects.order_by("pk").values_list("state", "wanted__arrival_by")
    assert list(states) == [("withdrawn", "KC 1"), ("open", "KC 2")]
    assert not Trip.objects.exists()


def test_request_is_taken_back(cabinet, person, page, rep):
    Event.objects.filter(pk=person.event.pk).update(change_until=timezone.now() - DAY)
    trips.save(person, {"arrival_by": "KC 1"}, 0, rep)
    cabinet.post(page, {"deed": "take_back"})
    assert TripChange.objects.get().state == "withdrawn"


def test_nothing_is_taken_after_the_event(person, rep):
    ended(person.event, 0.1)
    person.event.refresh_from_db()
    with pytest.raises(trips.TripRefused, match=r"^Мероприятие уже прошло\.$"):
        trips.save(person, {"arrival_by": "KC 1"}, 0, rep)


def test_needs_are_sealed_and_shown_in_the_own_form(cabinet, person, page):
    told = posted(person, wheelchair="on", other="собака-поводырь", needs_consent="on")
    cabinet.post(page, told)
    assert "wheelchair" not in raw_rows("travel_accessneeds")
    assert "собака" not in raw_rows("travel_accessneeds")
    assert needs.of(person) == needs.Needs(wheelchair=True, other="собака-поводырь")
    form = cabinet.get(page).context["form"]
    assert (form["wheelchair"].value(), form["other"].value()) == (True, "собака-поводырь")
    cabinet.post(page, posted(person))
    assert not AccessNeeds.objects.exists()


def test_prv_2_needs_and_meals_go_with_the_passports_journeys_later(person, rep):
    trips.save(person, {"meals": "kosher", "arrival_by": "KC 1"}, 0, rep)
    needs.save(person, needs.Needs(hearing_loop=True), rep)
    ended(person.event, 14)
    erased = retention.run("timetable").erased
    assert {key: erased[key] for key in ("travel.meals", "travel.needs", "travel.trips")} == {
        "travel.meals": 1, "travel.needs": 1, "travel.trips": 0,
    }  # fmt: skip
    assert Trip.objects.values("meals", "arrival_by").get() == {"meals": "", "arrival_by": "KC 1"}
    ended(person.event, 60)
    assert trips.purge(timezone.now() + datetime.timedelta(seconds=1)) == 1
    assert not Trip.objects.exists()


def test_prv_2_meals_that_were_asked_for_go_as_well(person, rep):
    Event.objects.filter(pk=person.event.pk).update(change_until=timezone.now() - DAY)
    trips.save(person, {"meals": "halal", "meals_note": "x", "arrival_by": "KC 1"}, 0, rep)
    ended(person.event, 14)
    retention.run("timetable")
    assert TripChange.objects.get().wanted == {"arrival_by": "KC 1"}


def test_participant_who_asked_alone_is_told_alone(person, lead):
    Event.objects.filter(pk=person.event.pk).update(change_until=timezone.now() - DAY)
    change = trips.save(person, {"arrival_by": "KC 2"}, 0, None)
    trips.decide(change, False, lead, "Автобус уже заказан.")
    mail = Message.objects.get(occasion=f"travel.change:{change.pk}:refused")
    assert mail.email == person.email
    assert "Автобус уже заказан." in mail.text_body


def test_clone_inherits_help_and_hotels_and_nobodys_data(person, rep, lead):
    offer = person.event.travel
    make_hotel(offer, first_night=datetime.date(2030, 5, 1))
    trips.save(person, {"arrival_by": "KC 1"}, 0, rep)
    day = person.event.starts_at.date() + 365 * DAY
    new = cloning.clone(person.event, title_ru="Ещё раз", title_en="Again", first_day=day, by=lead)
    hotel = new.travel.hotels.get()
    assert (new.travel.asks_visa, hotel.name_ru, hotel.first_night) == (True, "Заря", None)
    assert not Trip.objects.filter(participant__event=new).exists()
