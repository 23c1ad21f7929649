"""What a passport costs: the same however long the history is, and nothing the second time."""

import datetime

import pytest
from django.utils import timezone

from events.tests.factories import make_event
from members.models import (
    Confirmation,
    Department,
    DepartmentContact,
    MemberName,
    MemberPhoto,
    StatusChange,
)
from members.tests.factories import make_figure, make_member, make_size_categories
from members.tests.test_passport import day, make_shown_picture, shown

pytestmark = pytest.mark.django_db


def make_history(count: int, make_user) -> None:
    """A member with so many rows of every kind that this app and the events keep."""
    member = make_member(kind="association")
    member.photo = make_shown_picture()
    member.save()
    user = make_user("many@example.org")
    for number in range(count):
        year = 1970 + number
        make_figure(member, year, 1_000 + number)
        make_figure(member, year, 100, kind="area")
        MemberName.objects.create(member=member, kind="alias", name_en=f"Alias {number}")
        StatusChange.objects.create(
            member=member, status="suspended", happened_on=day(2005) + number * DAYS, reason_en="x"
        )
        MemberPhoto.objects.create(member=member, picture=make_shown_picture())
        office = Department.objects.create(member=member, name_en=f"Office {number}", phone="1")
        DepartmentContact.objects.create(department=office, full_name_en="A", is_public=True)
        Confirmation.objects.create(
            member=member, year=year, opened_on=day(2020), deadline=day(2020, 5),
            answered_at=timezone.now(), answered_by=user,
        )  # fmt: skip
        add_composition(member, year)
        make_event(f"event-{number}", host_member=member,
                   starts_at=timezone.now() - (number + 2) * DAYS)  # fmt: skip


DAYS = datetime.timedelta(days=20)


def add_composition(member, year) -> None:
    row = member.compositions.create(as_of=day(year), total=2)
    row.parts.create(kind_en="Towns", count=1)
    row.parts.create(kind_en="Villages", count=1)


@pytest.mark.parametrize("count", [1, 40])
def test_passport_costs_the_same_however_long_the_history_is(
    django_assert_max_num_queries, make_user, count
):
    make_size_categories()
    make_history(count, make_user)

    with django_assert_max_num_queries(MOST_QUERIES):
        html = shown()

    assert html.count('class="photos__pic"') == count


# An association with everything, nothing remembered yet, the blocks of the upper apps included.
MOST_QUERIES = 40


def test_passport_is_remembered_until_the_content_changes(
    django_assert_num_queries, django_capture_on_commit_callbacks
):
    member = make_member()
    assert "Third capital" not in shown()
    with django_assert_num_queries(0):
        shown()

    with django_capture_on_commit_callbacks(execute=True):
        member.slogan_en = "Third capital"
        member.save()

    assert "Third capital" in shown()
