"""The chronicle: what providers tell, in which order, up to which day."""

import datetime

import pytest
from django.utils import translation

from members import activity
from members.activity import Activity
from members.models import MemberName, StatusChange
from members.tests.factories import make_member, make_period


@pytest.fixture
def told(monkeypatch):
    """A function that makes the given activities all that is told of any member."""

    def tell(*activities):
        monkeypatch.setattr(activity, "_providers", [lambda member: activities])

    return tell


def day(year, month=1, number=1):
    return datetime.date(year, month, number)


def test_chronicle_groups_by_year_with_the_latest_first(told):
    first = Activity(day(2004, 5), "Joined", "joined", "month")
    second = Activity(day(2004, 9, 3), "Hosted", "event")
    third = Activity(day(2010), "Rank", "rank", "year")
    told(first, third, second)

    assert activity.chronicle(None) == [
        activity.Year(2010, [third]),
        activity.Year(2004, [second, first]),
    ]


def test_chronicle_ends_with_the_day_asked_for(told):
    told(Activity(day(2004), "A", "joined"), Activity(day(2019, 3, 23), "B", "name"))

    shown = [[one.title for one in year.activities] for year in activity.chronicle(None)]
    earlier = activity.chronicle(None, as_of=day(2019, 3, 22))

    assert shown == [["B"], ["A"]]
    assert [year.number for year in earlier] == [2004]


def test_chronicle_keeps_silent_about_the_future(told):
    told(Activity(day(2199), "Later", "event"))

    assert activity.chronicle(None) == []


def test_activities_since_a_day_are_evidence_for_that_time(told):
    told(Activity(day(2024), "A", "event"), Activity(day(2025, 6), "B", "event"))

    found = activity.activities_of(None, since=day(2025), until=day(2025, 12, 31))

    assert [one.title for one in found] == ["B"]


@pytest.mark.parametrize(
    ("precision", "english", "russian", "machine"),
    [
        ("year", "2004", "2004", "2004"),
        ("month", "May 2004", "май 2004", "2004-05"),
        ("day", "1 May 2004", "1 мая 2004", "2004-05-01"),
    ],
)
def test_activity_is_dated_as_precisely_as_it_is_known(precision, english, russian, machine):
    one = Activity(day(2004, 5), "Joined", "joined", precision)

    with translation.override("en"):
        assert (one.when, one.machine_day) == (english, machine)
    with translation.override("ru"):
        assert one.when == russian


def test_activity_of_an_unknown_kind_is_other():
    assert Activity(day(2004), "A", "something").kind_label == activity.Kind.OTHER.label


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("precision", "first_day"),
    [("year", day(2012)), ("month", day(2012, 3)), ("day", day(2012, 3, 12))],
)
def test_leaving_stands_at_the_beginning_of_the_period_it_is_known_to(precision, first_day):
    member = make_member("astana", is_member=False)
    make_period(member, day(2004), ends_on=day(2012, 3, 12), ends_precision=precision)

    assert [one.day for one in activity.activities_of(member)] == [first_day, day(2004)]


@pytest.mark.django_db
def test_member_records_tell_joining_leaving_names_and_suspensions():
    member = make_member("astana", "Астана", "Astana", is_member=False)
    make_period(member, day(2004), ends_on=day(2012, 3, 12))
    make_period(member, day(2015, 6), starts_precision="month")
    member.names.update(ends_on=day(2019, 3, 22))
    MemberName.objects.create(
        member=member, name_ru="Нур-Султан", name_en="Nur-Sultan", starts_on=day(2019, 3, 23)
    )
    for status, on in [("suspended", day(2020, 2)), ("member", day(2021, 2))]:
        StatusChange.objects.create(member=member, status=status, happened_on=on, reason_ru="Долг")

    with translation.override("en"):
        found = [(one.machine_day, one.title) for one in activity.activities_of(member)]

    assert found == [
        ("2021-02-01", "Membership restored"),
        ("2020-02-01", "Membership suspended"),
        ("2019-03-23", "Nur-Sultan"),
        ("2015-06", "Returned to the association"),
        ("2012-03-12", "Left the association"),
        ("2004", "Joined the association"),
    ]
