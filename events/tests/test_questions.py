"""An event's own questions: the fields they make, what is kept, and what stays as it is."""

import datetime

import pytest
from django import forms
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, transaction
from django.db.models import ProtectedError
from django.utils import translation

from content.models import PrivateFile
from events import columns, questions
from events.models import Answer, Participant, Question, QuestionChoice
from events.question_form import QuestionsMixin
from events.tests.factories import make_event, make_participant, make_user

pytestmark = pytest.mark.django_db
PDF = b"%PDF-1.7 letter"


def ask(event, kind="text", wording=("Размер футболки", "Size of shirt"), **fields) -> Question:
    return Question.objects.create(
        event=event, kind=kind, wording_ru=wording[0], wording_en=wording[1], **fields
    )


def offer(question, *pairs) -> list[QuestionChoice]:
    return [
        QuestionChoice.objects.create(question=question, wording_ru=ru, wording_en=en, order=number)
        for number, (ru, en) in enumerate(pairs)
    ]


class AskingForm(QuestionsMixin):
    def __init__(self, *args, event, participant=None, too_large=(), **kwargs):
        super().__init__(*args, **kwargs)
        self.ask(event, participant, too_large=too_large)


@pytest.fixture
def event():
    return make_event()


@pytest.fixture
def five(event):
    """One question of every kind, in their order."""
    found = {
        kind: ask(event, kind, (f"Вопрос {kind}", f"Question {kind}"), order=number)
        for number, kind in enumerate(Question.Kind.values)
    }
    found["coat"], found["hat"] = offer(found["choice"], ("Пальто", "Coat"), ("Шапка", "Hat"))
    return found


def values(five: dict, **given) -> dict:
    return {questions.name_of(five[kind]): value for kind, value in given.items()}


def kept(person) -> dict:
    known = questions.given([person])[person.pk]
    return {answer.kind: questions.in_words(answer) for answer in known.values()}


def test_fields_speak_the_readers_language(event, five):
    with translation.override("ru"):
        russian = questions.fields_for(event)
    with translation.override("en"):
        english = questions.fields_for(event)

    assert [field.label for field in russian.values()] == [
        f"Вопрос {kind}" for kind in Question.Kind.values
    ]
    assert [field.label for field in english.values()] == [
        f"Question {kind}" for kind in Question.Kind.values
    ]
    choice = english[questions.name_of(five["choice"])]
    with translation.override("en"):
        assert [str(label) for _key, label in choice.choices] == ["Choose", "Coat", "Hat"]


def test_question_without_a_translation_is_shown_with_its_language(event):
    question = ask(event, wording=("Нужна ли виза?", ""))

    with translation.override("en"):
        field = questions.fields_for(event)[questions.name_of(question)]

    assert (field.label, field.widget.attrs["lang"]) == ("Нужна ли виза?", "ru")


def test_fields_of_sixty_people_take_one_look_at_the_questions(
    event, five, django_assert_num_queries
):
    with django_assert_num_queries(2):
        for _row in range(60):
            questions.fields_for(event)


def test_answers_of_every_kind_are_kept_and_read_back(event, five):
    person, user = make_participant(event), make_user("a@example.org")
    form = AskingForm(
        values(five, text="XL", choice=str(five["hat"].pk), date="2027-03-01", yes_no="no"),
        {questions.name_of(five["file"]): SimpleUploadedFile("letter.pdf", PDF)},
        event=event,
    )

    assert form.is_valid(), form.errors
    questions.save(person, form.answers(), user)

    with translation.override("en"):
        assert kept(person) == {
            "text": "XL", "choice": "Hat", "date": "1 March 2027", "file": "letter.pdf",
            "yes_no": "no",
        }  # fmt: skip
    shown = AskingForm(event=event, participant=person)
    assert shown.fields[questions.name_of(five["text"])].initial == "XL"
    assert shown.fields[questions.name_of(five["yes_no"])].initial == "no"
    assert "letter.pdf" in shown.fields[questions.name_of(five["file"])].help_text


def test_answers_are_changed_and_taken_back(event, five):
    person = make_participant(event)
    questions.save(person, values(five, text="XL", choice=five["coat"], yes_no="yes"))

    questions.save(person, values(five, text="", choice=five["hat"]))

    with translation.override("en"):
        assert kept(person) == {"choice": "Hat", "yes_no": "yes"}


def test_new_file_takes_the_place_of_the_old_one(event, five, django_capture_on_commit_callbacks):
    person = make_participant(event)
    with django_capture_on_commit_callbacks(execute=True):
        for name in ("first.pdf", "second.pdf"):
            questions.save(person, values(five, file=SimpleUploadedFile(name, PDF)))
        questions.save(person, values(five, file=None))

    assert [row.name for row in PrivateFile.objects.all()] == ["second.pdf"]
    assert kept(person) == {"file": "second.pdf"}


def test_required_questions_are_asked_for(event):
    question = ask(event, is_required=True)
    form = AskingForm({}, event=event)

    assert not form.is_valid()
    assert list(form.errors) == [questions.name_of(question)]
    person = make_participant(event)
    assert questions.unanswered(person) == [question]
    questions.save(person, {questions.name_of(question): "M"})
    assert questions.unanswered(person) == []


@pytest.mark.parametrize(
    ("kind", "value", "words"),
    [
        ("choice", "999999", "Select a valid choice. 999999 is not one of the available choices."),
        ("date", "завтра", "Enter a valid date."),
        ("yes_no", "maybe", "Select a valid choice. maybe is not one of the available choices."),
    ],
)
def test_bad_answers_are_said_beside_their_field(event, five, kind, value, words):
    with translation.override("en"):
        form = AskingForm(values(five, **{kind: value}), event=event)

        assert form.errors == {questions.name_of(five[kind]): [words]}


def test_choice_of_another_question_is_refused(event, five):
    other = offer(ask(event, "choice"), ("Чай", "Tea"))[0]

    form = AskingForm(values(five, choice=str(other.pk)), event=event)

    assert list(form.errors) == [questions.name_of(five["choice"])]


def test_file_that_lies_about_itself_is_refused(event, five):
    name = questions.name_of(five["file"])
    with translation.override("en"):
        form = AskingForm({}, {name: SimpleUploadedFile("a.pdf", b"MZ")}, event=event)

        assert form.errors == {name: ["The content of the file is not what its name says."]}


def test_file_that_was_cut_off_is_named(event, five):
    name = questions.name_of(five["file"])
    with translation.override("en"):
        form = AskingForm({}, event=event, too_large={name})

        assert form.errors == {name: ["The file is larger than 20 MB. Send a smaller one."]}


def test_answered_question_keeps_its_kind_and_stays(event):
    question, person = ask(event), make_participant(event)
    questions.save(person, {questions.name_of(question): "XL"})

    with pytest.raises(IntegrityError), transaction.atomic():
        Question.objects.filter(pk=question.pk).update(kind="date")
    with pytest.raises(ProtectedError):
        question.delete()
    assert Answer.objects.get().text == "XL"


def test_answer_fills_the_column_of_its_kind_alone(event):
    question, person = ask(event), make_participant(event)

    with pytest.raises(IntegrityError), transaction.atomic():
        Answer.objects.create(question=question, participant=person, kind="text", yes=True)
    with pytest.raises(IntegrityError), transaction.atomic():
        Answer.objects.create(question=question, participant=person, kind="yes_no", yes=True)


def test_answers_wait_as_texts_and_come_back(event, five):
    cleaned = values(
        five, text="XL", choice=five["hat"], date=datetime.date(2027, 3, 1), yes_no="yes"
    )

    waiting = questions.to_json(event, cleaned)

    assert waiting == {
        str(five["text"].pk): "XL",
        str(five["choice"].pk): str(five["hat"].pk),
        str(five["date"].pk): "2027-03-01",
        str(five["yes_no"].pk): "yes",
    }
    assert questions.from_json(event, waiting) == cleaned
    five["hat"].delete()
    again = type(event).objects.get(pk=event.pk)
    assert questions.from_json(again, waiting)[questions.name_of(five["choice"])] is None


def test_answers_are_columns_of_the_participants(event, five, django_assert_max_num_queries):
    people = [make_participant(event) for _number in range(3)]
    questions.save(people[0], values(five, text="XL"))
    questions.save(people[2], values(five, yes_no="yes"))
    admin = make_user("boss@example.org", is_superuser=True)
    own = [one for one in columns.columns_of(event, admin) if one.code.startswith("question_")]

    with django_assert_max_num_queries(6):
        rows = columns.rows(own, list(Participant.objects.order_by("pk")), "en")

    assert rows == [["XL", "", "", "", ""], [""] * 5, ["", "", "", "", "yes"]]


def test_form_without_questions_asks_nothing(event):
    form = AskingForm({}, event=event)

    assert (form.is_valid(), form.question_fields, form.answers()) == (True, [], {})
    assert isinstance(form, forms.Form)
