"""What a juror sees of a work, and what they never see."""

import datetime

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone, translation

from awards.models import EntryAnswer, EntryFieldChoice, GuardianConsent
from awards.tests.factories import (
    make_author,
    make_category,
    make_entrant,
    make_entry,
    make_field,
    make_round,
)
from content.dated import today
from judging import jurors_view
from judging.jurors_view import Answer
from judging.models import Assignment
from judging.tests import works
from judging.tests.factories import make_assignment, make_juror, make_stage
from members.tests.factories import make_member

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _english():
    with translation.override("en"):
        yield


@pytest.fixture
def children(db):
    return make_round(is_for_children=True)


@pytest.fixture
def juror(children):
    return make_juror(children)


def seen(juror, stage) -> list:
    """The views of a juror in a stage."""
    rows = jurors_view.build(jurors_view.visible(juror.user).filter(stage=stage), stage)
    return [row.work for row in rows]


def codes(juror, stage) -> list[str]:
    return [work.code for work in seen(juror, stage)]


def test_awd_3_blind_view_has_number_age_group_title_and_works(children, juror):
    stage = make_stage(children)
    category = make_category(children, min_age=7, max_age=10)
    entry = works.make_revealing_work(children, category)
    make_assignment(stage, juror, entry)

    (work,) = seen(juror, stage)

    assert (work.code, work.age_group, work.title) == (
        "0417",
        "Category A, 7–10 years",
        "Harvest Festival",
    )
    assert work.answers == (Answer("What is it made of?", ("Краски и бумага",), "ru"),)
    assert [
        (file.name("small"), file.name("large"), file.name("clean")) for file in work.files
    ] == [
        ("0417-1.webp", "0417-1.webp", "0417-1.jpg"),
        ("0417-2.pdf", "0417-2.pdf", "0417-2.pdf"),
    ]
    assert (work.entrant, work.city, work.withheld) == ("", "", 0)


def test_awd_3_what_tells_who_the_author_is_is_not_even_read(children, juror):
    stage = make_stage(children)
    make_assignment(stage, juror, works.make_revealing_work(children))

    with CaptureQueriesContext(
        connection,
    ) as queries:
        (work,) = seen(juror, stage)

    told = repr(work) + " ".join(
        f"{file.name(size)} {file.label}" for file in work.files for size in jurors_view.SIZES
    )
    assert [secret for secret in works.SECRETS if secret in told] == []
    asked = " ".join(query["sql"] for query in queries)
    read = asked.replace("EXISTS", "\nEXISTS").splitlines()
    assert [line for line in read if '"given_name_ru"' in line or '"contact_name"' in line] == []


def test_view_of_an_open_stage_adds_entrant_and_city_but_no_child(children, juror):
    stage = make_stage(children, is_blind=False)
    make_assignment(stage, juror, works.make_revealing_work(children))

    (work,) = seen(juror, stage)

    assert (work.entrant, work.city) == ("Children’s Art School", "Ставрополь")
    assert [answer.question for answer in work.answers] == [
        "What is it made of?",
        "School",
        "Page",
    ]
    assert [answer.is_link for answer in work.answers] == [False, False, True]
    assert [name for name in ("Амина", "Сафина", "Лукина") if name in repr(work.answers)] == []


def test_view_withholds_a_document_that_is_not_clean(children, juror):
    blind, other = make_stage(children), make_stage(children, is_blind=False)
    entry = works.make_revealing_work(children)
    entry.files.filter(is_picture=False).update(clean=None)
    for stage in (blind, other):
        make_assignment(stage, juror, entry)

    shown = [[file.place for file in seen(juror, stage)[0].files] for stage in (blind, other)]

    assert shown == [[1], [1, 2]]
    assert [seen(juror, stage)[0].withheld for stage in (blind, other)] == [1, 0]


def test_view_falls_back_to_the_larger_size_until_a_worker_made_the_small_one(children, juror):
    stage = make_stage(children)
    entry = make_entry(make_entrant(children))
    make_author(entry, consents=("entry",))
    drawing = works.add_picture(entry, sizes=False)
    make_assignment(stage, juror, entry)

    (work,) = seen(juror, stage)

    assert {work.cover.kept(size) for size in jurors_view.SIZES} == {drawing.clean}
    assert work.cover.name("small") == "0001-1.jpg"


def test_files_of_identifying_questions_are_hidden_from_a_blind_jury(children, juror):
    blind, other = make_stage(children), make_stage(children, is_blind=False)
    entry = works.make_revealing_work(children)
    sheet = make_field(children, "file", is_identifying=True, label_en="Sheet of the school")
    works.add_document(entry, field=sheet, order=3)
    for stage in (blind, other):
        make_assignment(stage, juror, entry)

    labels = [[file.label for file in seen(juror, stage)[0].files] for stage in (blind, other)]

    assert labels == [["", ""], ["", "", "Sheet of the school"]]


def test_answers_of_every_kind_are_said_in_words(juror):
    round = juror.round
    stage = make_stage(round)
    entry = make_entry(make_entrant(round), title_en="")
    make_author(entry, consents=("entry",))
    make_assignment(stage, juror, entry)
    works.answer(entry, "date", "2026-03-31", label_en="Day", order=1)
    works.answer(entry, "yes_no", "yes", label_en="Alone?", order=2)
    works.answer(entry, "number", "12.5", label_en="Cost", order=3)
    works.answer(entry, "date", "long ago", label_en="Another day", order=4)
    row = works.answer(entry, "choices", "", label_en="Paints", order=5)
    for place, label in enumerate(("Oil", "Gouache"), start=1):
        row.choices.add(
            EntryFieldChoice.objects.create(field=row.field, label_en=label, order=place)
        )
    text = make_field(round, "text", label_en="Words", in_both_languages=True, order=6)
    for language, words in (("ru", "Краски"), ("en", "Paints")):
        EntryAnswer.objects.create(entry=entry, field=text, language=language, text=words)

    (work,) = seen(juror, stage)

    assert (work.title, work.language) == ("Праздник урожая", "ru")
    assert [(one.question, one.texts, one.language) for one in work.answers] == [
        ("Day", ("31 March 2026",), "en"),
        ("Alone?", ("yes",), "en"),
        ("Cost", ("12.5",), "en"),
        ("Paints", ("Oil", "Gouache"), "en"),
        ("Words", ("Paints",), "en"),
    ]


@pytest.mark.parametrize(
    ("ages", "words"),
    [
        ((7, 10), "Category A, 7–10 years"),
        ((9, 9), "Category A, 9 years"),
        ((None, None), "Category A"),
    ],
)
def test_age_group_never_says_the_age_of_the_child(children, ages, words):
    category = make_category(children, min_age=ages[0], max_age=ages[1])
    entry = make_entry(make_entrant(children), category)

    assert jurors_view.age_group(entry) == words


def test_age_group_that_its_category_names_is_said_once(children):
    category = make_category(children, title_en="Junior, 5-7", min_age=5, max_age=7)
    entry = make_entry(make_entrant(children), category)

    assert jurors_view.age_group(entry) == "Junior, 5-7"


def test_age_group_is_empty_without_a_category(children):
    assert jurors_view.age_group(make_entry(make_entrant(children))) == ""


def test_prv_4_work_without_consent_is_shown_to_no_juror(children, juror):
    stage = make_stage(children)
    entry = works.make_revealing_work(children)
    make_assignment(stage, juror, entry)
    assert codes(juror, stage) == ["0417"]

    GuardianConsent.objects.update(withdrawn_at=timezone.now())

    assert codes(juror, stage) == []


def test_withdrawn_and_refused_works_are_gone(children, juror):
    stage = make_stage(children)
    entry = works.make_revealing_work(children)
    make_assignment(stage, juror, entry)
    entry.state, entry.refused_reason = "refused", "Late"
    entry.save()

    assert codes(juror, stage) == []


def test_awd_3_juror_from_stavropol_never_sees_works_from_stavropol(children, juror):
    """Also where an assignment exists: made before the juror or the work moved."""
    stage = make_stage(children)
    stavropol = make_member("stavropol", "Ставрополь", "Stavropol")
    grozny = make_member("grozny", "Грозный", "Grozny")
    for number, home in ((1, stavropol), (2, grozny), (3, None)):
        entrant = make_entrant(children)
        text = "Ставрополь" if home is None else ""
        entry = make_entry(entrant, number=number, home=home, home_text=text)
        make_author(entry, consents=("entry",))
        make_assignment(stage, juror, entry)
        entry.entrant.home_text = "Анапа"
        entry.entrant.save()
    assert codes(juror, stage) == ["0001", "0002", "0003"]

    juror.home = stavropol
    juror.save()
    assert codes(juror, stage) == ["0002"]

    juror.home, juror.home_text = None, "ставрополь"
    juror.save()
    assert codes(juror, stage) == ["0002"]

    juror.home_text = ""
    juror.save()
    juror.conflicts.add(grozny)
    assert codes(juror, stage) == ["0001", "0003"]


def test_visible_is_what_the_own_seat_was_given(children, juror):
    stage, planned = make_stage(children), make_stage(children, state="planned")
    entry = works.make_revealing_work(children)
    for one in (stage, planned):
        make_assignment(one, juror, entry)
    other = make_juror(children)

    assert codes(juror, stage) == ["0417"]
    assert codes(juror, planned) == []
    assert codes(other, stage) == []
    juror.left_at = timezone.now()
    juror.save()
    assert codes(juror, stage) == []


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("", ["0001", "0417"]),
        ("417", ["0417"]),
        ("0417", ["0417"]),
        ("harvest", ["0417"]),
        ("УРОЖАЯ", ["0417"]),
        ("Сафина", []),
        ("Ставрополь", []),
        ("школа", []),
        ("Лукина", []),
        ("9" * 40, []),
        ("%", []),
    ],
)
def test_awd_3_search_knows_number_and_title_alone(children, juror, words, found):
    stage = make_stage(children)
    make_assignment(stage, juror, works.make_revealing_work(children))
    other = make_entry(make_entrant(children), number=1, title_ru="Степь", title_en="Steppe")
    make_author(other, consents=("entry",))
    make_assignment(stage, juror, other)

    assert [row.entry.code for row in jurors_view.search(visible(juror), words)] == found


def visible(juror):
    return jurors_view.visible(juror.user)


@pytest.mark.parametrize("is_blind", [True, False])
def test_build_asks_as_often_for_one_work_as_for_many(
    children, juror, is_blind, django_assert_num_queries
):
    stage = make_stage(children, is_blind=is_blind)
    works.make_works(stage, juror, make_entrant(children), 1)
    with CaptureQueriesContext(connection) as one:
        assert len(seen(juror, stage)) == 1
    Assignment.objects.all().delete()
    children.entries.update(number=None, state="draft")
    works.make_works(stage, juror, make_entrant(children), 30)

    with CaptureQueriesContext(connection) as many:
        assert len(seen(juror, stage)) == 30

    assert len(many) == len(one)


def test_views_of_old_stages_stay_readable(children, juror):
    stage = make_stage(
        children, state="closed", closes_at=timezone.now() - datetime.timedelta(hours=1)
    )
    make_assignment(stage, juror, works.make_revealing_work(children))

    assert codes(juror, stage) == ["0417"]
    assert today() >= stage.closed_at.date()
