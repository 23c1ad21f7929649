"""Practices of the demonstration: recommended, taken over, waiting, returned, asked after."""

import datetime
from typing import Any

from django.utils import timezone

from content.dated import today
from content.models import Topic
from content.records import refresh_derived
from meetings.models import Meeting
from members.models import Member
from practices import moderating, placing, spreading
from practices.models import Practice, Recommendation, RunningAnswer
from practices.models.practices import TEXTS
from uclg_portal.demonstration import data

FACTS = ("starts_year", "ends_year", "cost_amount", "cost_currency")
TRANSLATED = ("title", "summary", *TEXTS, "cost_note", "contact_office")


def load(users: dict[str, Any]) -> None:
    """All practices; `users` by address: the first one decides for the secretariat."""
    by = users["admin@example.org"]
    for row in data.table("practices.toml")["practices"]:
        practice = _written(row, users)
        stage = row.get("stage", "accepted")
        if stage == "returned":
            moderating.give_back(practice, by, row["comment_ru"])
        if stage == "accepted":
            _spread(practice, row, users)


def _written(row: dict[str, Any], users: dict[str, Any]) -> Practice:
    """The practice itself: waiting for the secretariat, or public for so many days."""
    moment = timezone.now() - datetime.timedelta(days=row["days_ago"])
    is_accepted = row.get("stage", "accepted") == "accepted"
    practice = Practice(
        member=Member.objects.get(slug=row["member"]), slug=row["slug"],
        stage=Practice.Stage.ACCEPTED if is_accepted else Practice.Stage.SENT,
        status=Practice.Status.PUBLISHED if is_accepted else Practice.Status.DRAFT,
        published_at=moment if is_accepted else None, sent_at=moment,
        sent_by=users.get(row.get("email", "")),
        **{name: row[name] for name in FACTS if name in row}, **data.texts(row, *TRANSLATED),
    )  # fmt: skip
    placing.place(practice)
    practice.save()
    practice.topics.set(Topic.objects.filter(slug__in=row["topics"]))
    refresh_derived(practice)
    return practice


def _spread(practice: Practice, row: dict[str, Any], users: dict[str, Any]) -> None:
    if said := row.get("recommendation"):
        Recommendation.objects.create(
            practice=practice, meeting=Meeting.objects.get(slug=said["meeting"]),
            recommended_on=said["on"], date_precision=said["precision"],
            **data.texts(said, "words"),
        )  # fmt: skip
    for told in row.get("adopted_by", []):
        member, by = Member.objects.get(slug=told["member"]), users[told["email"]]
        spreading.adopt(practice, member, told["note"], told["language"], by)
    if said := row.get("answer"):
        RunningAnswer.objects.create(
            practice=practice, answer=said["answer"], note=said["note"],
            language=said["language"], by=users[said["email"]],
            answered_on=today() - datetime.timedelta(days=said["days_ago"]),
        )  # fmt: skip
