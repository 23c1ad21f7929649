"""Rows for tests of judging: fixed, sensible defaults."""

import datetime

from django.utils import timezone

from accounts.models import User
from awards.models import Entry, Round
from judging.models import Assignment, Criterion, Juror, Score, Stage

DAY = datetime.timedelta(days=1)


def make_stage(round: Round, **fields) -> Stage:
    """An open blind stage with points by criteria, one vote needed."""
    now = timezone.now()
    values = {
        "title_ru": "Оценка жюри",
        "title_en": "Jury scores",
        "votes_needed": 1,
        "opens_at": now - DAY,
        "closes_at": now + DAY,
        "state": "open",
        "order": Stage.objects.filter(round=round).count() + 1,
    }
    values |= fields
    if values["state"] == "closed":
        values.setdefault("closed_at", now)
    return Stage.objects.create(round=round, **values)


def make_criterion(stage: Stage, **fields) -> Criterion:
    values = {"title_ru": "Мастерство", "title_en": "Skill"}
    return Criterion.objects.create(stage=stage, **{**values, **fields})


def make_juror(round: Round, user: User | None = None, **fields) -> Juror:
    if user is None:
        number = Juror.objects.count() + 1
        user = User.objects.create_user(f"juror{number}@example.org", full_name=f"Juror {number}")
    return Juror.objects.create(round=round, user=user, **fields)


def make_assignment(stage: Stage, juror: Juror, entry: Entry, **fields) -> Assignment:
    return Assignment.objects.create(stage=stage, juror=juror, entry=entry, **fields)


def make_vote(stage: Stage, juror: Juror, entry: Entry, points: dict) -> Assignment:
    """A work judged: {criterion or None: points}."""
    assignment, _is_new = Assignment.objects.get_or_create(stage=stage, juror=juror, entry=entry)
    Assignment.objects.filter(pk=assignment.pk).update(state="voted", voted_at=timezone.now())
    for criterion, given in points.items():
        Score.objects.create(assignment=assignment, criterion=criterion, points=given)
    assignment.refresh_from_db()
    return assignment
