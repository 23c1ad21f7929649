import datetime
from zoneinfo import ZoneInfo

import pytest
from django.utils import translation

from mailing import reminders
from mailing.models import Message
from partnerships import anniversaries
from partnerships.anniversaries import Anniversary, months_earlier, told_on, years_later
from partnerships.models import Partnership
from partnerships.tests.factories import make_city, make_partnership

pytestmark = pytest.mark.django_db
MOSCOW = ZoneInfo("Europe/Moscow")


def at(year, month, day, hour=12) -> datetime.datetime:
    return datetime.datetime(year, month, day, hour, tzinfo=MOSCOW)


def year_only(**fields) -> Partnership:
    return make_partnership(
        signed_on=datetime.date(2014, 1, 1), signed_precision="year", **fields
    )  # fmt: skip


def test_twn_4_of_a_year_alone_the_reminder_comes_in_january(rep, stavropol):
    row = year_only(one=stavropol)

    assert told_on(datetime.date(2023, 12, 31)) == []
    assert told_on(datetime.date(2024, 1, 1)) == []
    assert told_on(datetime.date(2024, 1, 10)) == [Anniversary(row, 10)]
    assert told_on(datetime.date(2024, 12, 31)) == [Anniversary(row, 10)]
    assert told_on(datetime.date(2025, 1, 10)) == []

    reminders.plan(at(2024, 1, 1))
    assert Message.objects.count() == 0
    reminders.plan(at(2024, 1, 10))
    reminders.plan(at(2024, 1, 11))
    mail = Message.objects.get()
    assert (mail.email, mail.due_at) == ("rep@stavropol.example", at(2024, 1, 10, 9))
    assert "2024 is the year in which" in mail.text_body
    assert "1 January" not in mail.text_body
    assert "Only the year of signing is on record." in mail.text_body


def test_twn_4_the_anniversary_of_a_year_is_the_year():
    one = Anniversary(year_only(), 10)

    with translation.override("en"):
        assert (one.when, one.told_from.month) == ("2024", 1)


def test_of_a_full_date_it_is_told_months_ahead(rep, stavropol):
    row = make_partnership(stavropol, signed_on=datetime.date(2012, 5, 12))

    assert told_on(datetime.date(2022, 1, 11)) == []
    assert told_on(datetime.date(2022, 1, 12)) == [Anniversary(row, 10)]
    assert told_on(datetime.date(2022, 5, 12)) == [Anniversary(row, 10)]
    assert told_on(datetime.date(2022, 5, 13)) == []

    reminders.plan(at(2022, 1, 12))
    assert Message.objects.get().text_body.count("12 May 2022") == 1


def test_over_the_turn_of_the_year():
    row = make_partnership(signed_on=datetime.date(2000, 2, 15))

    assert told_on(datetime.date(2024, 10, 15)) == [Anniversary(row, 25)]


def test_of_a_month_it_is_the_month():
    row = make_partnership(signed_on=datetime.date(2015, 9, 1), signed_precision="month")

    assert told_on(datetime.date(2025, 5, 1)) == [Anniversary(row, 10)]
    assert told_on(datetime.date(2025, 9, 30)) == [Anniversary(row, 10)]
    with translation.override("en"):
        assert Anniversary(row, 10).when == "September 2025"


@pytest.mark.parametrize(
    "fields", [{"stage": "dormant"}, {"stage": "ended"}, {"stage": "preparation"}]
)
def test_only_signed_agreements_have_one(fields):
    year_only(**fields)

    assert told_on(datetime.date(2024, 6, 1)) == []


def test_what_is_not_confirmed_has_none(stavropol, kazan, kazan_rep):
    row = year_only(one=stavropol, partner=kazan)
    assert told_on(datetime.date(2024, 6, 1)) == [Anniversary(row, 10)]

    Partnership.objects.update(
        answer="refused", reason="No.", answered_at=at(2023, 1, 1), answered_by=kazan_rep
    )

    assert told_on(datetime.date(2024, 6, 1)) == []


def test_both_members_are_written_to_once(rep, kazan_rep, stavropol, kazan):
    year_only(one=stavropol, partner=kazan)

    reminders.plan(at(2024, 2, 1))
    reminders.plan(at(2024, 3, 1))

    assert sorted(Message.objects.values_list("email", flat=True)) == [
        "rep@kazan.example", "rep@stavropol.example",
    ]  # fmt: skip


def test_days_that_are_not_there():
    assert years_later(datetime.date(2016, 2, 29), 10) == datetime.date(2026, 2, 28)
    assert months_earlier(datetime.date(2026, 6, 30), 4) == datetime.date(2026, 2, 28)
    assert months_earlier(datetime.date(2026, 2, 1), 4) == datetime.date(2025, 10, 1)


def test_words(stavropol):
    one = Anniversary(year_only(one=stavropol, partner=make_city()), 10)

    with translation.override("en"):
        assert anniversaries.words(one) == "10 years of the ties between Stavropol and Zhenjiang"


def test_one_and_many_take_the_same_queries(django_assert_num_queries, stavropol):
    year_only(one=stavropol)
    with django_assert_num_queries(1):
        told_on(datetime.date(2024, 6, 1))
    for number in range(60):
        year_only(
            one=stavropol, partner=make_city(f"city-{number}", f"Город {number}", f"C{number}")
        )
    with django_assert_num_queries(1):
        assert len(told_on(datetime.date(2024, 6, 1))) == 61
