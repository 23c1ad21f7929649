"""The event's own questions in the delegation's form: one answer for each person."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone, translation

from content.models import PrivateFile
from events import questions
from events.forms import PREFIX
from events.models import Answer, Delegation, Participant
from events.tests.factories import DAY, make_delegation, make_event
from events.tests.posting import THREE, page_of, posted, stored, text_of
from events.tests.test_questions import PDF, ask, offer

pytestmark = pytest.mark.django_db


@pytest.fixture
def event():
    return make_event()


@pytest.fixture
def size(event):
    return ask(event, is_required=True)


def with_answer(question, value, **person) -> dict:
    return {**person, questions.name_of(question): value}


def answers() -> dict:
    with translation.override("en"):
        return {
            str(row.participant): questions.in_words(row)
            for row in Answer.objects.select_related("participant", "choice", "file")
        }


def errors(response) -> dict:
    return {
        (number, name): list(texts)
        for number, form in enumerate(response.context["people"].forms)
        for name, texts in form.errors.items()
    }


def test_each_person_answers_and_empty_rows_need_not(cabinet, event, size):
    people = [with_answer(size, f"size {number}", **one) for number, one in enumerate(THREE)]

    cabinet.post(page_of(event), posted(*people, {}))

    assert answers() == {"Анна Ким": "size 0", "Пётр Орлов": "size 1", "Bob Lee": "size 2"}


def test_answers_follow_the_wanted_order(cabinet, event, size):
    people = [with_answer(size, f"size {number}", **one) for number, one in enumerate(THREE)]
    people[2]["order"] = 1

    cabinet.post(page_of(event), posted(*people))

    assert list(Participant.objects.order_by("order").values_list("name_latin", flat=True)) == [
        "Bob Lee", "Anna Kim", "",
    ]  # fmt: skip
    assert answers() == {"Анна Ким": "size 0", "Пётр Орлов": "size 1", "Bob Lee": "size 2"}


def test_required_answer_is_asked_for_beside_its_person(cabinet, event, size):
    response = cabinet.post(
        page_of(event), posted(with_answer(size, "XL", **THREE[0]), THREE[1])
    )  # fmt: skip

    assert errors(response) == {(1, questions.name_of(size)): ["This field is required."]}
    assert Delegation.objects.count() == 0


def test_form_shows_what_was_answered_and_keeps_it(cabinet, event, size):
    letter = ask(event, "file", ("Письмо", "Letter"), is_required=True)
    first = with_answer(size, "XL", **THREE[0])
    first[questions.name_of(letter)] = SimpleUploadedFile("letter.pdf", PDF)
    cabinet.post(page_of(event), posted(first))
    delegation = Delegation.objects.get()

    page = cabinet.get(page_of(event))
    row = page.context["people"].forms[0]
    assert row[questions.name_of(size)].value() == "XL"
    assert "letter.pdf" in row.fields[questions.name_of(letter)].help_text

    again = with_answer(size, "XXL", **stored(delegation)[0])
    saved = cabinet.post(page_of(event), posted(again, version=delegation.version))
    assert saved.status_code == 302
    assert sorted(questions.in_words(row) for row in Answer.objects.all()) == [
        "XXL", "letter.pdf",
    ]  # fmt: skip


def test_more_rows_keep_what_was_typed(cabinet, event, size):
    response = cabinet.post(
        page_of(event), posted(with_answer(size, "XL", **THREE[0]), add_rows="1")
    )  # fmt: skip

    assert response.context["people"].forms[0][questions.name_of(size)].value() == "XL"


def test_person_who_does_not_come_answers_nothing(cabinet, event):
    delegation = make_delegation(event, people=2)
    size = ask(event, is_required=True)
    rows = stored(delegation)
    gone = {**rows[1], "remove": "on"}

    response = cabinet.post(
        page_of(event), posted(with_answer(size, "M", **rows[0]), gone, version=delegation.version)
    )

    assert response.status_code == 302
    assert list(answers().values()) == ["M"]


def test_nothing_is_asked_after_the_deadline(cabinet, event, size):
    make_delegation(event)
    type(event).objects.update(change_until=timezone.now() - DAY)

    page = cabinet.get(page_of(event))

    assert questions.name_of(size) not in page.context["people"].forms[0].fields


def test_choice_is_checked_for_each_row(cabinet, event):
    coat = ask(event, "choice", ("Что надеть?", "What to wear?"))
    offer(coat, ("Пальто", "Coat"), ("Шапка", "Hat"))

    response = cabinet.post(page_of(event), posted(with_answer(coat, "77777", **THREE[0])))

    assert list(errors(response)) == [(0, questions.name_of(coat))]


def test_refused_delegation_leaves_no_file(cabinet, event):
    letter = ask(event, "file", ("Письмо", "Letter"))
    first = with_answer(letter, SimpleUploadedFile("letter.pdf", PDF), **THREE[0])
    twin = {**THREE[0], "email": ""}

    response = cabinet.post(page_of(event), posted(first, twin))

    assert response.status_code == 200
    assert (PrivateFile.objects.count(), Delegation.objects.count()) == (0, 0)


def test_file_over_20_megabytes_is_named_in_its_row(cabinet, event):
    letter = ask(event, "file", ("Письмо", "Letter"))
    large = SimpleUploadedFile("letter.pdf", PDF + b"0" * (20 * 1024 * 1024))

    response = cabinet.post(page_of(event), posted(with_answer(letter, large, **THREE[0])))

    words = "The file is larger than 20 MB. Send a smaller one."
    assert errors(response) == {(0, questions.name_of(letter)): [words]}
    assert response.context["people"].forms[0]["name_latin"].value() == "Anna Kim"


def test_two_gigabytes_are_refused_unread(cabinet, event):
    response = cabinet.post(
        page_of(event), posted(*THREE), headers={"content-length": str(2 * 1024**3)}
    )

    assert (response.status_code, "One file may have 20 MB" in text_of(response)) == (413, True)
    assert Delegation.objects.count() == 0


@pytest.mark.parametrize("count", [2, 12])
def test_page_costs_the_same_for_a_few_and_for_many(
    cabinet, event, size, count, django_assert_max_num_queries
):
    delegation = make_delegation(event, people=count)
    for person in delegation.participants.all():
        questions.save(person, {questions.name_of(size): "M"})

    with django_assert_max_num_queries(60):
        page = cabinet.get(page_of(event))

    assert f"{PREFIX}-0-{questions.name_of(size)}" in page.content.decode()
