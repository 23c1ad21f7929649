"""Rows for the tests of consultations."""

import datetime

from django.utils import timezone

from consultations.models import (
    Answer,
    Call,
    Chapter,
    Comment,
    Consultation,
    Contribution,
    Question,
)

DAY = datetime.timedelta(days=1)


def _open(**fields) -> dict:
    now = timezone.now()
    return {
        "opens_at": now - DAY, "closes_at": now + 10 * DAY, "status": "published",
        "published_at": now - DAY, **fields,
    }  # fmt: skip


def make_consultation(slug: str = "position", **fields) -> Consultation:
    """A draft that takes comments today, with two paragraphs in each language."""
    texts = {
        "title_ru": "Позиция о городах", "title_en": "Position on cities",
        "body_ru": "<p>Первый абзац.</p><p>Второй абзац.</p>",
        "body_en": "<p>The first paragraph.</p><p>The second paragraph.</p>",
    }  # fmt: skip
    return Consultation.objects.create(slug=slug, **{**texts, **_open(), **fields})


def make_comment(consultation: Consultation, member, **fields) -> Comment:
    values = {"language": "ru", "text": "Добавьте сёла.", "paragraph": 1, "quote": "Первый абзац."}
    return Comment.objects.create(consultation=consultation, member=member, **{**values, **fields})


def make_call(slug: str = "vision", **fields) -> Call:
    """A call that takes contributions today, with one question that must be answered."""
    texts = {"title_ru": "Доклад «Видение»", "title_en": "The vision report"}
    call = Call.objects.create(slug=slug, **{**texts, **_open(), **fields})
    Question.objects.create(
        call=call, position=1, text_ru="Что изменилось?", text_en="What changed?", max_length=200
    )
    return call


def make_contribution(call: Call, member, text: str = "Свет стал ярче.", **fields) -> Contribution:
    """What a city sent, with an answer to the first question."""
    values = {"language": "ru", "status": "sent", "sent_at": timezone.now()}
    found = Contribution.objects.create(call=call, member=member, **{**values, **fields})
    Answer.objects.create(contribution=found, question=call.questions.first(), text=text)
    return found


def make_chapter(call: Call, **fields) -> Chapter:
    return Chapter.objects.create(
        call=call, **{"title_ru": "Глава первая", "title_en": "Chapter one", **fields}
    )
