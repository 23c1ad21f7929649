"""The event's own questions at the desk: choices, kinds that stay, files that were sent."""

import pytest
from django.urls import reverse

from accounts.tests.factories import make_user as make_staff
from content.privatefiles import keep_bytes
from events import questions
from events.models import Answer, Question
from events.tests.factories import make_event, make_participant, make_user
from events.tests.test_questions import PDF, ask, offer
from members.tests.admin_form import add_row, form_of

pytestmark = pytest.mark.django_db
LIST = "admin:events_question_changelist"


@pytest.fixture
def desk(client, db):
    client.force_login(make_staff("desk@example.org", roles=["events"]))
    return client


def page(question) -> str:
    return reverse("admin:events_question_change", args=[question.pk])


def new(event, kind="choice", *choices) -> dict:
    data = {
        "event": event.pk, "order": 1, "kind": kind,
        "wording_ru": "Что надеть?", "wording_en": "What to wear?", "hint_ru": "", "hint_en": "",
        "choices-TOTAL_FORMS": 0, "choices-INITIAL_FORMS": 0,
    }  # fmt: skip
    for number, (ru, en) in enumerate(choices):
        data = add_row(data, "choices", order=number, wording_ru=ru, wording_en=en)
    return data


def test_question_with_choices_is_made_in_both_languages(desk):
    event = make_event()

    desk.post(
        reverse("admin:events_question_add"),
        new(event, "choice", ("Пальто", "Coat"), ("Шапка", "Hat")),
    )

    question = Question.objects.get()
    assert (question.wording_ru, question.wording_en) == ("Что надеть?", "What to wear?")
    assert list(question.choices.values_list("wording_ru", "wording_en")) == [
        ("Пальто", "Coat"), ("Шапка", "Hat"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("kind", "choices"), [("choice", [("Пальто", "Coat")]), ("text", [("Пальто", "Coat")])]
)
def test_choices_belong_to_a_choice(desk, kind, choices):
    answer = desk.post(reverse("admin:events_question_add"), new(make_event(), kind, *choices))

    formset = answer.context["inline_admin_formsets"][0].formset
    assert len(formset.non_form_errors()) == 1
    assert Question.objects.count() == 0


def test_answered_question_keeps_its_kind_with_a_sentence(desk):
    question = ask(make_event())
    person = make_participant(question.event)
    questions.save(person, {questions.name_of(question): "XL"})

    answer = desk.post(page(question), form_of(desk, page(question)) | {"kind": "date"})

    assert list(answer.context["adminform"].form.errors) == ["kind"]
    question.refresh_from_db()
    assert question.kind == "text"


def test_wording_of_an_answered_question_may_be_corrected(desk):
    question = ask(make_event())
    person = make_participant(question.event)
    questions.save(person, {questions.name_of(question): "XL"})

    sent = form_of(desk, page(question)) | {"choices-TOTAL_FORMS": 0, "wording_en": "Size"}
    desk.post(page(question), sent)

    question.refresh_from_db()
    assert question.wording_en == "Size"


def test_one_language_is_enough_and_none_is_refused(desk):
    event = make_event()

    desk.post(reverse("admin:events_question_add"), {**new(event, "text"), "wording_ru": ""})
    answer = desk.post(
        reverse("admin:events_question_add"),
        {**new(event, "text"), "wording_ru": "", "wording_en": ""},
    )

    assert Question.objects.get().wording_en == "What to wear?"
    assert len(answer.context["adminform"].form.errors) == 1


def test_answered_question_is_not_deleted(desk):
    question = ask(make_event())
    questions.save(make_participant(question.event), {questions.name_of(question): "XL"})
    empty = ask(question.event)

    refused = desk.post(reverse("admin:events_question_delete", args=[question.pk]), {"post": "1"})
    desk.post(reverse("admin:events_question_delete", args=[empty.pk]), {"post": "1"})

    assert refused.status_code == 403
    assert list(Question.objects.all()) == [question]


def test_chosen_answer_cannot_be_taken_away(desk):
    question = ask(make_event(), "choice")
    coat, _hat, _none = offer(question, ("Пальто", "Coat"), ("Шапка", "Hat"), ("Нет", "None"))
    questions.save(make_participant(question.event), {questions.name_of(question): coat})
    sent = form_of(desk, page(question))

    answer = desk.post(page(question), sent | {"choices-0-DELETE": "on"})

    assert answer.status_code == 200
    assert question.choices.count() == 3


def test_file_of_an_answer_is_opened_by_those_who_may(desk, client):
    question = ask(make_event(), "file")
    kept = keep_bytes(PDF, "letter.pdf", "application/pdf", "event-answer", make_user())
    answer = Answer.objects.create(
        question=question, participant=make_participant(question.event), kind="file", file=kept
    )
    address = reverse("admin:events_answer_file", args=[answer.pk])

    sent = desk.get(address)

    assert b"".join(sent) == PDF
    client.force_login(make_staff("editor@example.org", roles=["editor"]))
    assert client.get(address).status_code == 403


@pytest.mark.parametrize("count", [1, 6])
def test_list_costs_the_same_for_one_and_for_many(desk, count, django_assert_max_num_queries):
    event = make_event()
    for _number in range(count):
        ask(event)

    with django_assert_max_num_queries(14):
        desk.get(reverse(LIST))
