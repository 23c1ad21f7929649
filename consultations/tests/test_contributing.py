"""Contributions of cities to a report, and the chapters made of them."""

import datetime
import io
import uuid

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone
from docx import Document

from accounts.tests.factories import make_representative, make_user
from consultations import assembling, contributing
from consultations.assembling import ExcerptRefused
from consultations.contributing import ContributionRefused
from consultations.models import Contribution, Excerpt
from consultations.tests.factories import make_call, make_chapter, make_contribution
from mailing.models import Message
from members.tests.factories import make_member

pytestmark = pytest.mark.django_db


@pytest.fixture
def city():
    return make_member()


@pytest.fixture
def representative(city):
    return make_representative(city, "rep@example.org")


def _page(city, call) -> str:
    return reverse("consultations:contribute", args=[city.slug, call.slug])


def _data(call, text="Свет стал ярче.", **fields) -> dict:
    question = call.questions.first()
    return {
        "form_key": uuid.uuid4(), "version": "0", "language": "ru", f"q{question.pk}": text,
        **fields,
    }  # fmt: skip


def test_a_city_keeps_a_draft_and_sends_it(city, representative, client_of):
    call, client = make_call(), client_of(representative)
    client.post(_page(city, call), _data(call, "Начало"))
    kept = Contribution.objects.get()
    before = (kept.status, kept.answers.get().text)

    client.post(_page(city, call), _data(call, version=kept.version, send="1"))

    kept.refresh_from_db()
    assert before == ("draft", "Начало")
    assert (kept.status, kept.answers.get().text, kept.by) == (
        "sent", "Свет стал ярче.", representative
    )  # fmt: skip


def test_what_is_lacking_or_too_long_is_said_and_nothing_is_half_written(
    city, representative, client_of
):
    call, client = make_call(), client_of(representative)

    empty = client.post(_page(city, call), _data(call, "", send="1"))
    long = client.post(_page(city, call), _data(call, "я" * 201, send="1"))

    assert "Что изменилось?" in str(empty.context["form"].errors)
    assert f"q{call.questions.get().pk}" in long.context["form"].errors
    assert "я" * 201 in long.content.decode()
    assert Contribution.objects.count() == 0


def test_a_program_is_not_taken_and_a_document_is(city, representative, client_of):
    call, client = make_call(), client_of(representative)
    program = SimpleUploadedFile("tool.exe", b"MZ\x90\x00")

    page = client.post(_page(city, call), _data(call, uploads=program))

    assert "uploads" in page.context["form"].errors
    assert "Свет стал ярче." in page.content.decode()
    paper = SimpleUploadedFile("report.pdf", b"%PDF-1.7 report")
    client.post(_page(city, call), _data(call, uploads=paper))
    assert Contribution.objects.get().attachments.get().file.name == "report.pdf"


def test_a_stale_form_overwrites_nothing(city, representative, client_of):
    call, client = make_call(), client_of(representative)
    client.post(_page(city, call), _data(call, "Первое"))
    page = client.post(_page(city, call), _data(call, "Второе"))

    assert page.status_code == 200
    assert Contribution.objects.get().answers.get().text == "Первое"


def test_after_the_end_only_what_was_sent_back_is_changed(city, representative):
    now, day = timezone.now(), datetime.timedelta(days=1)
    call = make_call(opens_at=now - 3 * day, closes_at=now - day)
    found = make_contribution(call, city)
    staff = make_user("s@example.org")
    closed = found.is_editable()

    found = contributing.give_back(found, staff, "Назовите годы.", seen=found.version)

    assert (closed, found.is_editable()) == (False, True)
    letter = Message.objects.get(occasion__startswith="consultations.returned:")
    assert "Назовите годы." in letter.text_body
    with pytest.raises(ContributionRefused):
        contributing.accept(found, staff, seen=found.version)


def test_a_chapter_takes_parts_of_answers_and_names_the_city(city):
    call = make_call()
    answer = make_contribution(call, city, "Свет стал ярче. Люди гуляют дольше.").answers.get()
    chapter = make_chapter(call)

    assembling.take(chapter, answer, "Люди гуляют дольше.")
    with pytest.raises(ExcerptRefused):
        assembling.take(chapter, answer, "Люди гуляют меньше.")
    paper = Document(io.BytesIO(assembling.document(call, "en")))

    assert [one.text for one in paper.paragraphs] == [
        "The vision report", "Chapter one", "Люди гуляют дольше.",
        "Kazan, in answer to: What changed?", "Texts of the cities named, CC BY 4.0.",
    ]  # fmt: skip


def test_answers_of_other_calls_and_drafts_do_not_come_into_a_chapter(city):
    chapter = make_chapter(make_call())
    foreign = make_contribution(make_call("other"), city).answers.get()
    unsent = make_contribution(
        chapter.call, make_member("bishkek", "Бишкек", "Bishkek"), status="draft", sent_at=None
    ).answers.get()

    for answer in (foreign, unsent):
        with pytest.raises(ExcerptRefused):
            assembling.take(chapter, answer)
    assert Excerpt.objects.count() == 0


def test_what_a_chapter_uses_is_not_sent_back(city):
    call = make_call()
    found = make_contribution(call, city)
    assembling.take(make_chapter(call), found.answers.get())

    with pytest.raises(ContributionRefused):
        contributing.give_back(found, make_user("s@example.org"), "Короче.", seen=found.version)


def test_the_assembler_takes_an_excerpt_from_the_page(city, make_user, client_of):
    call = make_call()
    answer = make_contribution(call, city).answers.get()
    chapter = make_chapter(call)
    client = client_of(make_user("lead@example.org", roles=["lead"]))
    address = reverse("admin:consultations_call_assemble", args=[call.pk])

    page = client.get(address).content.decode()
    client.post(address, {"chapter": chapter.pk, "answer": answer.pk, "text": "Свет стал ярче."})
    report = client.get(reverse("admin:consultations_call_report", args=[call.pk, "ru"]))

    assert "Что изменилось?" in page
    assert chapter.excerpts.get().text == "Свет стал ярче."
    assert report["Content-Disposition"] == 'attachment; filename="vision-ru.docx"'
