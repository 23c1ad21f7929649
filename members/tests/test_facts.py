import datetime

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import translation

from members.models import Country, SizeCategory
from members.tests.factories import make_size_categories

pytestmark = pytest.mark.django_db

YEAR = {"starts_precision": "year", "ends_precision": "year"}
LATER, EARLIER = datetime.date(2026, 5, 1), datetime.date(2026, 4, 30)


@pytest.fixture(autouse=True)
def _english():
    with translation.override("en"):
        yield


def size(minimum=0, maximum=None, **fields) -> SizeCategory:
    return SizeCategory(
        code="other", name_ru="Другой", name_en="Other", minimum=minimum, maximum=maximum, **fields
    )


def problems_of(row) -> dict:
    try:
        row.full_clean()
    except ValidationError as error:
        return error.message_dict
    return {}


OVERLAP = {
    "__all__": [
        "Another size category covers some of these numbers of inhabitants on the same days. End "
        "that one or change its bounds first."
    ]
}


@pytest.mark.parametrize(
    ("bounds", "days", "problems"),
    [
        ((50_000, 60_000), {}, OVERLAP),
        ((50_000, 100_000), {}, OVERLAP),
        ((100_000, 300_000), {}, {}),
        ((2_000_000, None), {}, OVERLAP),
        ((0, None), {"ends_on": datetime.date(2003, 1, 1)}, {}),
        ((0, None), {"ends_on": datetime.date(2004, 1, 1)}, OVERLAP),
        ((0, None), {"ends_on": datetime.date(2004, 1, 1), **YEAR}, OVERLAP),
        ((100_000, 300_000), {"starts_on": LATER, "ends_on": EARLIER},
         {"__all__": ["The last valid day lies before the first one."]}),
        ((100_000, 300_000), {"starts_on": LATER, "ends_on": EARLIER, **YEAR}, {}),
        ((300_000, 100_000), {}, {"__all__": ["“Below” has to be more than “from”."]}),
    ],
)  # fmt: skip
def test_city_falls_into_one_size_category_on_a_day(bounds, days, problems):
    for row in make_size_categories():
        row.starts_on = datetime.date(2004, 1, 1)
        row.save()
    SizeCategory.objects.filter(code="medium").delete()

    assert problems_of(size(*bounds, **days)) == problems


def test_size_category_may_be_saved_again_and_replaced_the_day_after():
    small = make_size_categories()[0]
    small.ends_on = EARLIER
    assert problems_of(small) == {}
    small.save()

    successor = size(0, 100_000, starts_on=LATER)
    assert problems_of(successor) == {}
    successor.save()

    assert [row.code for row in SizeCategory.objects.on(EARLIER) if row.holds(7)] == ["small"]
    assert [row.code for row in SizeCategory.objects.on(LATER) if row.holds(7)] == ["other"]


@pytest.mark.parametrize("make", [SizeCategory, Country])
def test_database_refuses_days_the_wrong_way_round(make):
    fields = {"code": "xx", "name_ru": "Икс", "starts_on": LATER, "ends_on": EARLIER}

    with pytest.raises(IntegrityError, match="starts_before_end"), transaction.atomic():
        make.objects.create(**fields)
    assert problems_of(make(**fields)) == {
        "__all__": ["The last valid day lies before the first one."]
    }


def test_staff_are_told_of_an_overlap_in_the_form(client, lead):
    make_size_categories()
    client.force_login(lead)
    client.cookies["django_language"] = "en"
    typed = {
        "code": "village", "name_ru": "Село", "minimum": 0, "maximum": 5000,
        "starts_precision": "day", "ends_precision": "day",
    }  # fmt: skip
    address = reverse("admin:members_sizecategory_add")

    overlapping = client.post(address, typed)
    disordered = client.post(address, typed | {"starts_on": "2026-05-01", "ends_on": "2026-04-30"})

    assert [dict(one.context["adminform"].form.errors) for one in (overlapping, disordered)] == [
        OVERLAP, {"__all__": ["The last valid day lies before the first one."]},
    ]  # fmt: skip
    assert SizeCategory.objects.count() == 4


def test_database_refuses_size_categories_that_overlap():
    make_size_categories()

    with pytest.raises(IntegrityError, match="one_for_a_city"), transaction.atomic():
        size(999_999, 1_000_001).save()
