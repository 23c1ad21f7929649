"""Drafts under discussion and a call for contributions, as the demonstration shows them."""

import datetime

from django.utils import timezone

from consultations import assembling, commenting
from consultations.models import (
    Answer,
    Call,
    Chapter,
    Consultation,
    Contribution,
    Milestone,
    Question,
)
from content.dated import today
from governance.models import Body
from members.models import Member
from uclg_portal.demonstration import data


def load(users: dict) -> None:
    """Needs members, bodies and users."""
    rows = data.table("consultations.toml")
    for row in rows["drafts"]:
        _draft(row, users)
    for row in rows["calls"]:
        _call(row)


def _span(row: dict) -> dict:
    now = timezone.now().replace(minute=0, second=0, microsecond=0)
    opens = now + datetime.timedelta(days=row["opens_in"])
    closes = now + datetime.timedelta(days=row["closes_in"])
    return {"opens_at": opens, "closes_at": closes, "status": "published", "published_at": opens}


def _draft(row: dict, users: dict) -> None:
    adopted = row.get("adopted_days_ago")
    draft = Consultation.objects.create(
        slug=row["slug"], organ=Body.objects.get(slug=row["organ"]),
        adopted_on=today() - datetime.timedelta(days=adopted) if adopted else None,
        **_span(row), **data.texts(row, "title", "summary", "body", "outcome"),
    )  # fmt: skip
    for said in row.get("comments", []):
        member = Member.objects.get(slug=said["member"])
        found = commenting.comment(
            draft, member, None, language="ru", text=said["text"],
            paragraph=said["paragraph"], wording=said.get("wording", ""),
        )  # fmt: skip
        if "verdict" in said:
            commenting.answer(
                found, users["admin@example.org"], verdict=said["verdict"],
                reason=said["answer"], seen=found.version,
            )  # fmt: skip


def _call(row: dict) -> None:
    call = Call.objects.create(slug=row["slug"], **_span(row), **data.texts(row, "title", "about"))
    questions = [
        Question.objects.create(
            call=call, position=position, max_length=one["max_length"],
            is_required=one.get("is_required", True), **data.texts(one, "text"),
        )
        for position, one in enumerate(row["questions"], start=1)
    ]  # fmt: skip
    for one in row["milestones"]:
        due = today() + datetime.timedelta(days=one["due_in"])
        Milestone.objects.create(call=call, due_on=due, **data.texts(one, "title"))
    chapters = [
        Chapter.objects.create(call=call, position=position, **data.texts(one, "title"))
        for position, one in enumerate(row["chapters"], start=1)
    ]
    for one in row["contributions"]:
        _contribution(call, one, questions, chapters[0])


def _contribution(call: Call, row: dict, questions: list[Question], chapter: Chapter) -> None:
    found = Contribution.objects.create(
        call=call, member=Member.objects.get(slug=row["member"]), language="ru",
        status=row["status"], sent_at=timezone.now() - datetime.timedelta(days=3),
    )  # fmt: skip
    answers = [
        Answer.objects.create(contribution=found, question=question, text=text)
        for question, text in zip(questions, row["answers"], strict=True)
    ]
    if "excerpt" in row:
        assembling.take(chapter, answers[0], row["excerpt"])
