"""The acceptance case: a mayor's office ends, the seat stays with the city."""

import datetime
from concurrent.futures import ThreadPoolExecutor, wait

import pytest
from django.db import connection, transaction

from content import workqueue
from content.dated import today
from content.dates import day_text
from events.tests.factories import make_event
from governance import offices, seats, vacancies
from governance.composition import composition
from governance.models import EndReason
from governance.tests.factories import make_person
from governance.tests.pages import words
from mailing import reminders
from mailing.models import Message
from members.attention import attention_for

YESTERDAY = datetime.timedelta(days=1)


@pytest.fixture
def ended(city):
    """The mayor's office ended yesterday: today is the 15th."""
    city.term = offices.end_term(city.term, today() - YESTERDAY, EndReason.RESIGNED)
    return city


def test_gov_1_head_is_vacant_on_the_day_after(ended):
    assert offices.head_on(ended.member, today() - YESTERDAY) == ended.term
    assert offices.head_on(ended.member) is None


def test_gov_1_city_page_says_vacant(ended, client):
    page = words(client.get("/en/members/kazan/"))
    assert f"Mayor vacant since {day_text(today(), 'en')}" in page
    before = words(client.get(f"/en/members/kazan/?as_of={today() - YESTERDAY}"))
    assert "Mayor Ivan Ivanov in office since 1 January 2020" in before


def test_gov_1_council_page_keeps_the_seat_of_the_city(ended, client):
    page = words(client.get("/en/about/bodies/council/"))
    assert "Member of the Council Kazan to be filled" in page
    assert "Ivan Ivanov" not in page


def test_gov_1_council_page_shows_the_mayor_on_the_last_day(ended, client):
    day = today() - YESTERDAY
    page = words(client.get(f"/en/about/bodies/council/?as_of={day}"))
    assert "Member of the Council Kazan Ivan Ivanov Mayor" in page


def test_gov_1_composition_turns_by_itself(ended):
    before, after = (composition(ended.body, day) for day in (today() - YESTERDAY, today()))
    assert [(row.state, row.person, row.owner) for row in before] == [
        ("filled", ended.mayor, ended.member)
    ]
    assert [(row.state, row.person, row.owner) for row in after] == [
        ("to_be_filled", None, ended.member)
    ]


def test_gov_1_event_before_shows_the_old_mayor(ended, client):
    zone = datetime.UTC
    noon = datetime.datetime.combine(today(), datetime.time(12), zone)
    days = {"before": 10, "after": -10}
    for slug, ago in days.items():
        starts = noon - datetime.timedelta(days=ago)
        make_event(slug, host_member=ended.member, starts_at=starts,
                   ends_at=starts + datetime.timedelta(hours=2))  # fmt: skip
    assert "Head on that day: Ivan Ivanov , Mayor" in words(client.get("/en/events/before/"))
    assert "Head on that day" not in words(client.get("/en/events/after/"))


def test_gov_1_representative_gets_one_request(ended, rep):
    reminders.plan()
    reminders.plan()
    found = Message.objects.filter(occasion__startswith="governance.to_be_filled")
    assert [(one.email, one.occasion) for one in found] == [
        ("rep@example.org", f"governance.to_be_filled:{ended.seat_term.pk}:{today():%Y%m%d}")
    ]
    assert "Kazan: name a new delegate" in found[0].subject
    assert f"/en/cabinet/kazan/seats/{ended.seat_term.pk}/" in found[0].text_body


def test_gov_1_nobody_is_asked_while_the_mayor_is_in_office(city, rep):
    reminders.plan()
    assert not Message.objects.filter(occasion__startswith="governance.").exists()
    assert [one.title for one in attention_for(city.member, rep) if "seats" in one.url] == []


def test_gov_1_cabinet_asks_the_lead_for_a_delegate(ended, rep, english):
    (one,) = [one for one in attention_for(ended.member, rep) if "seats" in one.url]
    assert (one.title, one.action, one.is_hot) == (
        "Name a new delegate: Council, Member of the Council",
        "Name the delegate",
        True,
    )


def test_gov_1_staff_find_the_seat_in_the_queue(ended, editor, desk, english):
    (queue,) = [one for one in workqueue.queues_for(editor) if one.title == "Seats to be filled"]
    assert (queue.count, queue.note, queue.is_hot) == (1, "1 member has no head", True)
    page = words(desk.get(queue.url))
    assert "Kazan Council Member of the Council" in page
    assert "Ivan Ivanov" in page


def test_gov_1_vacancy_names_the_last_delegate(ended):
    assert vacancies.vacancies() == [vacancies.Vacancy(ended.seat_term, ended.filling, today())]
    assert vacancies.vacant_heads() == [ended.term]


def test_gov_1_new_mayor_takes_the_seat(ended, desk):
    new = make_person("petrova", "Мария Петрова", "Maria Petrova")
    address = f"/admin/governance/office/{ended.office.pk}/appoint/"
    key = desk.get(address).context["adminform"].form["form_key"].value()
    desk.post(
        address,
        {
            "form_key": key, "person": new.pk, "starts_on": str(today()),
            "starts_precision": "day", "closes_predecessor": "on", "fills_seats": "on",
        },
    )  # fmt: skip
    (row,) = composition(ended.body)
    assert (row.state, row.person, row.delegate.office_term.person) == ("filled", new, new)
    assert offices.head_on(ended.member).person == new
    ended.filling.refresh_from_db()
    assert ended.filling.ends_on == today() - YESTERDAY


@pytest.mark.django_db(transaction=True)
def test_request_waits_for_whoever_fills_the_seat_and_is_not_written(ended):
    (vacancy,) = vacancies.vacancies()
    new = make_person("new", "Мария Петрова", "Maria Petrova")

    def ask() -> bool:
        try:
            with transaction.atomic():
                return vacancy.still_holds()
        finally:
            connection.close()

    with ThreadPoolExecutor(1) as pool:
        with transaction.atomic():
            seats.fill(ended.seat_term, new, today())
            asked = pool.submit(ask)
            assert not wait([asked], timeout=1).done
        assert asked.result(timeout=10) is False


def test_request_still_holds_while_nobody_sits_there(ended):
    assert [one.still_holds() for one in vacancies.vacancies()] == [True]
