"""Who may register: everybody, members, those with a seat, those who are invited."""

import pytest

from events import audience_rules, registration
from events.models import Delegation, Invitation
from events.people import RegistrationRefused
from events.tests.factories import make_event, make_people, make_user
from events.tests.posting import address, page_of, posted, text_of
from governance.tests.factories import make_body, make_seat, make_seat_term

pytestmark = pytest.mark.django_db


def test_public_event_takes_every_member(kazan):
    assert audience_rules.may_register(make_event(), kazan)


def test_event_for_members_takes_members_of_today_only(kazan):
    event = make_event(audience="members")
    assert audience_rules.may_register(event, kazan)

    kazan.periods.all().delete()

    assert not audience_rules.may_register(event, kazan)


def test_event_of_a_body_takes_those_who_hold_a_seat(kazan):
    body = make_body()
    event = make_event(audience="body", body_invited=body)
    assert not audience_rules.may_register(event, kazan)

    make_seat_term(make_seat(body), kazan)

    assert audience_rules.may_register(event, kazan)


def test_invited_event_takes_those_with_an_invitation(kazan):
    event = make_event(audience="invited")
    with pytest.raises(RegistrationRefused):
        registration.register(event, kazan, make_people(1), make_user())

    Invitation.objects.create(event=event, member=kazan, invited_by=make_user("s@example.org"))

    registration.register(event, kazan, make_people(1), make_user("r2@example.org"))
    assert Delegation.objects.get().member == kazan


def test_guests_register_where_the_event_admits_them():
    with pytest.raises(RegistrationRefused):
        registration.register_guests(make_event("a"), "Комрат", "MD", make_people(1))

    made = registration.register_guests(
        make_event("b", admits_guests=True), "Комрат", "MD", make_people(1)
    )

    assert (made.member, made.sender_in("en"), made.zone.key) == (None, "Комрат", "Europe/Moscow")


def test_page_says_why_and_shows_no_form(cabinet):
    event = make_event(audience="invited")

    page = text_of(cabinet.get(page_of(event)))
    posted_anyway = text_of(
        cabinet.post(page_of(event), posted({"name_latin": "Anna", "email": "a@example.org"}))
    )

    assert "The event is for those who are invited." in page
    assert "Register the delegation" not in page
    assert "The event is for those who are invited." in posted_anyway
    assert Delegation.objects.count() == 0


def test_list_of_the_cabinet_offers_only_what_is_open_to_the_member(cabinet, kazan):
    make_event("all")
    make_event("invited", audience="invited")

    page = cabinet.get(address("events:cabinet", "kazan"))

    assert [row["url"].split("/")[-2] for row in page.context["open_events"]] == ["all"]
