"""Guests register themselves: the form, the letter, the link, and what counts when."""

import re
import threading
import uuid

import pytest
from django.core.cache import cache, caches
from django.db import connection
from django.utils import timezone, translation

from content import retention
from events import guests, placelinks, questions
from events.guest_form import GuestForm
from events.models import Answer, Delegation, GuestApplication, Participant
from events.people import Person, RegistrationRefused
from events.tests.factories import (
    DAY,
    make_delegation,
    make_event,
    make_member,
    make_participant,
)
from events.tests.posting import address, text_of
from events.tests.test_questions import ask, offer
from mailing.models import Message
from members.models import Member
from partnerships.sides import country_choices

pytestmark = pytest.mark.django_db
GUEST = {
    "name_cyrillic": "Ион Чебан",
    "name_latin": "Ion Ceban",
    "position_ru": "Советник",
    "position_en": "Adviser",
    "guest_of": "Комрат",
    "guest_country": "MD",
    "email": "Ion@Example.org",
    "language": "ru",
}


@pytest.fixture(autouse=True)
def fresh_counters():
    cache.clear()
    caches["counters"].clear()


@pytest.fixture
def event():
    return make_event(admits_guests=True)


def page_of(event, language="en") -> str:
    return address("events:guest", event.slug, language=language)


def form_of(**fields) -> dict:
    return {"form_key": str(uuid.uuid4()), **GUEST, **fields}


def link(email="ion@example.org") -> str:
    """The path of the link in the latest letter to that address."""
    body = Message.objects.filter(email=email).order_by("-pk").first().text_body
    return re.search(r"http://testserver(/\S+/guest/[\w-]+/)", body).group(1)


def register(client, event, **fields):
    """Fill in the form and press the button on the page of the link."""
    client.post(page_of(event), form_of(**fields))
    return client.post(link(fields.get("email", "ion@example.org").lower()))


def apply(event, **fields) -> GuestApplication:
    person = Person(name_latin="Ion Ceban", email="ion@example.org", **fields)
    guests.apply(event, person, "Comrat", "MD", {})
    return GuestApplication.objects.latest("pk")


def errors(response) -> dict:
    return {field: list(texts) for field, texts in response.context["form"].errors.items()}


@pytest.mark.parametrize(
    ("language", "city", "country", "name"),
    [
        ("ru", "Комрат", "MD", "Молдова"),
        ("en", "Comrat", "MD", "Moldova"),
        ("ru", "Измир", "TR", "Турция"),
        ("en", "Izmir", "TR", "Türkiye"),
    ],
)
def test_evt_8_delegate_from_outside_the_region_is_a_guest(
    client, event, language, city, country, name
):
    make_delegation(event, people=2)
    shown = client.get(page_of(event, language))
    members = Member.objects.count()

    client.post(
        page_of(event, language),
        form_of(guest_of=city, guest_country=country, language=language),
    )
    answer = client.post(link())

    assert dict(shown.context["form"].fields["guest_country"].choices)[country] == name
    guest = Delegation.objects.get(member=None)
    assert (guest.guest_of, guest.guest_country, guest.registered_by) == (city, country, None)
    person = guest.participants.get()
    assert (person.status, person.name_latin, person.email, person.is_head) == (
        "confirmed", "Ion Ceban", "ion@example.org", True,
    )  # fmt: skip
    with translation.override(language):
        assert answer.headers["Location"] == placelinks.address(person)
    # Not a member city: no record of a member, not among the members' delegations.
    assert Member.objects.count() == members
    assert event.delegations.exclude(member=None).count() == 1
    assert event.participants.holding_a_place().count() == 3
    page = client.get(event.get_absolute_url())
    assert page.status_code == 200


def test_evt_8_list_of_countries_is_complete():
    """The 249 of ISO 3166-1, and Kosovo as Unicode has it."""
    for language in ("ru", "en"):
        with translation.override(language):
            codes = [code for code, _name in country_choices()]
        assert (len(codes), len(set(codes))) == (250, 250)
        assert {"MD", "TR", "AQ", "VA", "TW", "XK"} <= set(codes)


def test_nothing_counts_before_the_address_is_confirmed(client, event):
    response = client.post(page_of(event), form_of(), follow=True)

    assert "You are not registered yet" in text_of(response)
    assert (Delegation.objects.count(), Participant.objects.count()) == (0, 0)
    application = GuestApplication.objects.get()
    assert (application.email, application.confirmed_at) == ("ion@example.org", None)
    letter = Message.objects.get()
    assert (letter.email, letter.is_secret) == ("ion@example.org", True)
    assert letter.subject.startswith("Подтвердите") or "Confirm" in letter.subject
    assert application.token_hash not in letter.text_body


def test_opening_the_link_registers_nobody(client, event):
    client.post(page_of(event), form_of())

    page = client.get(link())

    assert "Confirm the registration" in text_of(page) or "Подтвердить" in text_of(page)
    assert (page.headers["Referrer-Policy"], "no-store" in page.headers["Cache-Control"]) == (
        "same-origin", True,
    )  # fmt: skip
    assert Participant.objects.count() == 0


def test_second_click_says_that_it_is_done(client, event):
    register(client, event)

    seen, pressed = client.get(link_of(event)), client.post(link_of(event))

    for answer in (seen, pressed):
        assert (answer.status_code, answer.context["done"]) == (200, True)
        assert placelinks.token(Participant.objects.get()) in answer.context["place"]
    assert Participant.objects.count() == 1


def link_of(event) -> str:
    """The link of the letter that confirms, whatever was written after it."""
    body = Message.objects.get(occasion__startswith="events.guest:").text_body
    return re.search(r"http://testserver(/\S+/guest/[\w-]+/)", body).group(1)


def test_old_link_shows_no_way_to_a_place_with_another_address(client, event):
    register(client, event)
    Participant.objects.update(email="other@example.org")

    assert client.get(link_of(event)).context["place"] == ""


@pytest.mark.parametrize("token", ["x", "sent", "а" * 43, "%00"])
def test_guessed_link_says_what_to_do(client, event, token):
    answer = client.get(f"{page_of(event)}{token}/")

    assert (answer.status_code, "This link does not work" in text_of(answer)) == (404, True)


def test_link_of_another_event_does_not_work(client, event):
    client.post(page_of(event), form_of())
    make_event("other", admits_guests=True)

    assert client.get(link().replace(event.slug, "other")).status_code == 404


def test_same_answer_whether_or_not_the_address_is_registered(client, event):
    """Nobody learns who comes: the page is the same, only the letter differs."""
    new = client.post(page_of(event), form_of(email="new@example.org"), follow=True)
    make_participant(event, email="known@example.org")
    known = client.post(page_of(event), form_of(email="known@example.org"), follow=True)

    assert new.content.decode().count("<h1>") == 1
    shown = [re.sub(r"/sent/[^/]+/", "", text_of(page)) for page in (new, known)]
    nonces = [re.sub(r'nonce="[^"]*"', "", text) for text in shown]
    assert nonces[0] == nonces[1]
    assert list(GuestApplication.objects.values_list("email", flat=True)) == ["new@example.org"]
    letter = Message.objects.get(email="known@example.org")
    assert letter.occasion.startswith("events.guest_known:")


def test_full_event_puts_the_guest_on_the_waiting_list(client):
    event = make_event(admits_guests=True, capacity=1)
    make_delegation(event)

    register(client, event)

    guest = Participant.objects.get(delegation__member=None)
    assert guest.status == "waiting"
    page = client.get(address("events:place", placelinks.token(guest)))
    assert "You are 1st on the waiting list" in text_of(page)


def test_guest_waits_for_approval_where_everybody_does(client):
    event = make_event(admits_guests=True, needs_approval=True)

    register(client, event)

    assert Participant.objects.get().status == "pending"


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"registration_closes_at": timezone.now() - DAY}, "Registration closed on"),
        ({"registration_opens_at": timezone.now() + DAY}, "Registration opens on"),
    ],
)
def test_closed_registration_says_so(client, fields, words):
    event = make_event(admits_guests=True, **fields)

    page = client.get(page_of(event))
    posted = client.post(page_of(event), form_of())

    assert words in text_of(page)
    assert "form_key" not in text_of(page)
    assert words in text_of(posted)
    assert GuestApplication.objects.count() == 0


def test_event_without_guests_has_no_such_page(client):
    assert client.get(page_of(make_event())).status_code == 404


def test_link_opened_after_registration_closed_is_refused(client, event):
    client.post(page_of(event), form_of())
    type(event).objects.update(registration_closes_at=timezone.now() - DAY)

    answer = client.post(link())

    assert ("Registration closed on" in text_of(answer)
            or "Регистрация закрылась" in text_of(answer))  # fmt: skip
    assert Participant.objects.count() == 0


def test_cancelled_event_refuses_the_link(client, event):
    application = apply(event)
    type(event).objects.update(status="cancelled", cancelled_at=timezone.now())

    with translation.override("en"), pytest.raises(RegistrationRefused) as refused:
        guests.confirm(application)

    assert str(refused.value) == "The event is cancelled."


def test_second_application_of_a_registered_guest_takes_no_second_place(event):
    first, second = apply(event), apply(event)
    guests.confirm(first)

    with translation.override("en"), pytest.raises(RegistrationRefused) as refused:
        guests.confirm(second)

    assert str(refused.value) == "Somebody with this e-mail is registered for this event already."
    assert Participant.objects.count() == 1


@pytest.mark.parametrize(
    ("fields", "problems"),
    [
        ({"name_cyrillic": "", "name_latin": ""},
         {"name_cyrillic": ["Give the name in Cyrillic or in Latin letters."]}),
        ({"name_cyrillic": "Ivan"},
         {"name_cyrillic": ["Write this name in Cyrillic letters only."]}),
        ({"guest_country": "ZZ"},
         {"guest_country": ["Select a valid choice. ZZ is not one of the available choices."]}),
        ({"guest_country": ""}, {"guest_country": ["This field is required."]}),
        ({"guest_of": ""}, {"guest_of": ["This field is required."]}),
        ({"guest_of": "buy at www.example.com"},
         {"guest_of": ["Write the name alone, without an address."]}),
        ({"email": "nobody"}, {"email": ["Enter a valid email address."]}),
    ],
)  # fmt: skip
def test_bad_input_is_said_beside_its_field(client, event, fields, problems):
    response = client.post(page_of(event), form_of(**fields))

    assert errors(response) == problems
    assert response.context["form"]["position_en"].value() == "Adviser"
    assert GuestApplication.objects.count() == 0


def test_name_of_a_member_city_is_hinted_at_and_not_refused(client, event):
    make_member("kazan", "Казань", "Kazan")

    sent = client.post(page_of(event), form_of(guest_of="казань"), follow=True)
    page = client.get(link())
    client.post(link())

    assert "Kazan is a member of the association" in text_of(sent)
    assert page.context["member"].slug == "kazan"
    assert Delegation.objects.get().guest_of == "казань"


def test_former_member_is_not_hinted_at(event):
    member = make_member("kazan", "Казань", "Kazan")
    member.periods.all().delete()

    assert guests.member_called("Казань") is None


def test_one_address_cannot_be_flooded(client, event):
    for _number in range(5):
        client.post(page_of(event), form_of())
    response = client.post(page_of(event), form_of())

    assert "Too many registrations came" in text_of(response)
    assert GuestApplication.objects.count() == 5


def test_second_post_of_the_same_form_writes_one_letter(client, event):
    data = form_of()

    first, second = client.post(page_of(event), data), client.post(page_of(event), data)

    assert first.headers["Location"] == second.headers["Location"]
    assert (GuestApplication.objects.count(), Message.objects.count()) == (1, 1)


def test_guest_answers_the_questions_of_the_event(client, event):
    coat = ask(event, "choice", ("Что надеть?", "What to wear?"), is_required=True)
    choice = offer(coat, ("Пальто", "Coat"), ("Шапка", "Hat"))[1]
    ask(event, "file", ("Письмо", "Letter"), is_required=True)
    name = questions.name_of(coat)

    refused = client.post(page_of(event), form_of())
    assert errors(refused) == {name: ["This field is required."]}

    register(client, event, **{name: str(choice.pk)})

    assert [one.kind for one in refused.context["files"]] == ["file"]
    assert Answer.objects.get().choice == choice
    assert GuestApplication.objects.get().wanted == {}


def test_unconfirmed_ones_are_erased_after_three_days(event):
    old, young, done = apply(event), apply(event), apply(event)
    guests.confirm(done)
    long_ago = timezone.now() - 3 * DAY
    GuestApplication.objects.filter(pk__in=[old.pk, done.pk]).update(created_at=long_ago)

    assert guests.purge_unconfirmed(timezone.now()) == 1
    assert set(GuestApplication.objects.values_list("pk", flat=True)) == {young.pk, done.pk}
    assert "events.guest_applications" in {one.key for one in retention.registry()}


def test_link_ends_with_the_third_day(client, event):
    client.post(page_of(event), form_of())
    GuestApplication.objects.update(created_at=timezone.now() - 3 * DAY)

    assert client.get(link()).status_code == 404


@pytest.mark.django_db(transaction=True)
def test_one_link_pressed_twice_at_once_makes_one_participant(event):
    application, found, gate = apply(event), [], threading.Barrier(4)

    def press():
        gate.wait()
        found.append(guests.confirm(GuestApplication.objects.get(pk=application.pk)).pk)
        connection.close()

    threads = [threading.Thread(target=press) for _number in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert found == [Participant.objects.get().pk] * 4
    assert Delegation.objects.count() == 1


def test_form_is_filled_in_the_language_of_the_page(event):
    assert GuestForm(event=event, language="en")["language"].value() == "en"
