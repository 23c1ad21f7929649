"""The diplomas of a round, made in one step: children, teachers, institutions (S3-38), words of
each winner (S3-49).
"""

import datetime

import pytest

from awards.tests.factories import (
    make_author,
    make_entrant,
    make_entry,
)
from content.dated import today
from laureates import diploma_making
from laureates.models import Diploma
from laureates.tests.contest import make_city, make_contest
from laureates.tests.factories import make_laureate

pytestmark = pytest.mark.django_db


@pytest.fixture
def city():
    return make_city()


@pytest.fixture
def round(city):
    return make_contest(city)


def test_s3_38_children_teachers_and_institutions_have_their_own(round, lead):
    made = {sort: diploma_making.make(round, sort, lead).new for sort in Diploma.To.values}

    assert made == {"laureate": 1, "participant": 2, "teacher": 2, "institution": 1}
    rows = round.diplomas.order_by("pk").values_list("to", "series", "holder_ru", "is_personal")
    assert list(rows) == [
        ("laureate", "A", rows[0][2], True),
        ("participant", "P", rows[1][2], True),
        ("participant", "P", rows[2][2], True),
        ("teacher", "T", "Вера Лукина", True),
        ("teacher", "T", "Анна Белова", True),
        ("institution", "S", "Детская художественная школа", False),
    ]
    assert [row[2].partition(" ")[0] for row in rows[:3]] == ["Имя0", "Имя1", "Имя2"]


def test_work_without_consent_has_no_diploma(round, lead):
    for sort in Diploma.To.values:
        diploma_making.make(round, sort, lead)

    assert not round.diplomas.filter(holder_ru__contains="Безсогласия").exists()


def test_making_again_adds_only_what_is_new(round, lead):
    diploma_making.make(round, "participant", lead)
    Diploma.objects.update(wording_ru="переписано")
    entry = make_entry(make_entrant(round), round.categories.get())
    make_author(entry, consents=("entry",))

    made = diploma_making.make(round, "participant", lead)

    assert (made.new, made.earlier) == (1, 2)
    assert round.diplomas.filter(wording_ru="переписано").count() == 2


def test_making_costs_the_same_for_many(round, lead, django_assert_max_num_queries):
    entrant = round.entrants.first()
    for _time in range(10):
        entry = make_entry(entrant, round.categories.get())
        make_author(entry, consents=("entry",), teacher_ru="Вера Лукина")

    with django_assert_max_num_queries(14):
        diploma_making.make(round, "teacher", lead)


def test_s3_49_each_winner_has_words_of_their_own(round, lead):
    award, category = round.award, round.categories.get()
    for place, citation in enumerate(["за смелость", "за выдумку", "за верность"], start=2):
        make_laureate(
            award, round=round, category=category, place=place, citation_ru=citation,
            citation_en="", year=2020,
        )  # fmt: skip
    diploma_making.make(round, "laureate", lead)

    words = round.diplomas.filter(is_personal=False).order_by("pk")
    assert [one.wording_ru for one in words] == ["за смелость", "за выдумку", "за верность"]


def test_city_stands_in_the_nominative(round, lead, city):
    make_laureate(
        round.award, round=round, member=city, place=2, year=2020, title_ru="Ставрополь",
        title_en="Stavropol",
    )  # fmt: skip
    diploma_making.make(round, "laureate", lead)

    diploma = round.diplomas.get(is_personal=False)
    assert diploma.holder_en == "the city of Stavropol"
    assert diploma.holder_ru.endswith("Ставрополь")


def test_diploma_bears_the_day_of_the_ceremony(round, lead):
    day = datetime.date(2020, 5, 29)
    for place, precision in ((2, "day"), (3, "month")):
        make_laureate(
            round.award, round=round, place=place, year=2020, presented_on=day,
            presented_precision=precision, title_ru=f"Город {place}",
        )  # fmt: skip
    diploma_making.make(round, "laureate", lead)

    days = round.diplomas.order_by("holder_ru").values_list("holder_ru", "presented_on")
    assert dict(days)["Город 2"] == day
    assert dict(days)["Город 3"] == today()
