"""A contest of children with its diplomas, for tests of making, approving and printing them."""

from awards.models import Round
from awards.tests.factories import (
    make_author,
    make_category,
    make_entrant,
    make_entry,
    make_round,
)
from laureates import diploma_making
from laureates.models import Diploma, DiplomaRun
from laureates.tests.factories import make_laureate
from members.models import Member
from members.tests.factories import make_member

TEACHERS = ["Вера Лукина", "Вера  лукина", "Анна Белова"]


def make_city() -> Member:
    return make_member("stavropol", "Ставрополь", "Stavropol")


def make_contest(city: Member) -> Round:
    """Three works of a school, one of them honoured, and one without the guardian's consent."""
    made = make_round(is_for_children=True, year=2020)
    category = make_category(made, "A")
    entrant = make_entrant(made, home=city)
    for place, teacher in enumerate(TEACHERS):
        entry = make_entry(entrant, category, home=city)
        make_author(
            entry, consents=("entry",), given_name_ru=f"Имя{place}", teacher_ru=teacher,
            teacher_en="", age=9,
        )  # fmt: skip
    make_author(make_entry(entrant, category, home=city), given_name_ru="Безсогласия")
    entry = made.entries.order_by("pk").first()
    make_laureate(
        made.award, round=made, category=category, entry=entry, kind="person", place=1, year=2020,
        title_ru="Имя0, 9 лет", title_en="Imya0, 9",
    )  # fmt: skip
    return made


def make_run(round: Round, by) -> DiplomaRun:
    """A run of everything the round needs."""
    for sort in Diploma.To.values:
        diploma_making.make(round, sort, by)
    made = DiplomaRun.objects.create(round=round, title="Рисунки 2020", made_by=by)
    made.diplomas.set(round.diplomas.all())
    return made
