"""One moment by many clocks: grouped by local time, cities by their names of the day."""

import datetime
import zoneinfo

import pytest

from events import clocks
from events.tests.factories import make_event, make_member

MOSCOW = zoneinfo.ZoneInfo("Europe/Moscow")
ZONES = ["Asia/Bishkek", "Asia/Ulaanbaatar", "Asia/Magadan", "Asia/Almaty"]


def test_onl_1_strip_by_the_rules_of_the_day():
    then = datetime.datetime(2020, 4, 28, 11, tzinfo=MOSCOW)
    later = datetime.datetime(2025, 4, 28, 11, tzinfo=MOSCOW)

    assert clocks.lines(then, ZONES, language="en") == [
        "11:00 Kazan (UTC+3)",
        "14:00 Bishkek, Nur-Sultan (UTC+6)",
        "16:00 Ulaanbaatar (UTC+8)",
        "19:00 Magadan (UTC+11)",
    ]
    assert clocks.lines(later, ZONES, language="en") == [
        "11:00 Kazan (UTC+3)",
        "13:00 Astana (UTC+5)",
        "14:00 Bishkek (UTC+6)",
        "16:00 Ulaanbaatar (UTC+8)",
        "19:00 Magadan (UTC+11)",
    ]


def test_strip_in_russian_says_by_whose_clock_and_another_date():
    late = datetime.datetime(2027, 4, 28, 20, tzinfo=MOSCOW)

    rows = clocks.strip(late, ["Asia/Magadan"], language="ru")

    assert [str(row) for row in rows] == [
        "20:00 по Казани (UTC+3)",
        "29 апреля 2027, 04:00 по Магадану (UTC+11)",
    ]
    assert [row.own for row in rows] == [True, False]


@pytest.mark.django_db
def test_strip_of_an_event_takes_the_zones_of_members_in_one_query(django_assert_num_queries):
    make_member()
    make_member(slug="bishkek", name_ru="Бишкек", time_zone="Asia/Bishkek")
    start = datetime.datetime(2027, 5, 20, 10, tzinfo=zoneinfo.ZoneInfo("Asia/Yekaterinburg"))
    event = make_event(starts_at=start, time_zone="Asia/Yekaterinburg")

    with django_assert_num_queries(1):
        rows = clocks.lines(event, language="en")

    assert rows == [
        "08:00 Kazan (UTC+3)",
        "10:00 Yekaterinburg (UTC+5)",
        "11:00 Bishkek (UTC+6)",
    ]
