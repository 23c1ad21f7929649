"""Juries of the demonstration: a contest being judged, a sifting to come, a round judged."""

import datetime
import hashlib
from typing import Any

from allauth.account.models import EmailAddress
from django.utils import timezone

from accounts.models import User
from awards.models import Award, Category, Entrant, Entry, Round
from content.languages import LANGUAGE_CODES
from content.timezones import association_zone
from judging import closing, juries, protocol, ties, voting
from judging.models import Assignment, Criterion, Juror, Stage
from members.models import Member
from uclg_portal.demonstration import data
from uclg_portal.services.demo import PASSWORD

STAGE = (
    "method", "assigning", "votes_needed", "aggregation", "tie_rule", "passing", "is_blind",
)  # fmt: skip
YES_FROM = 6  # of ten points: what a juror would let through


def load(users: dict[str, User]) -> None:
    """Everything of judging.toml; awards and the works of their rounds have to be there."""
    table = data.table("judging.toml")
    people = {row["email"]: (row, _account(row, users)) for row in table["jurors"]}
    for row in table["rounds"]:
        _load_round(row, people, users["admin@example.org"])


def _account(row: dict[str, Any], users: dict[str, User]) -> User:
    if known := users.get(row["email"]):
        return known
    user = User.objects.create_user(
        row["email"], PASSWORD, full_name=row["full_name"], language=row["language"],
        time_zone=row["time_zone"],
    )  # fmt: skip
    EmailAddress.objects.create(user=user, email=user.email, verified=True, primary=True)
    return user


def _load_round(row: dict[str, Any], people: dict, by: User) -> None:
    if "new" in row:
        _past_round(row)
    round = Round.objects.get(award__slug=row["award"], slug=row["round"])
    for email in row["jury"]:
        _seat(round, *people[email], is_chair=email == row["chair"], by=by)
    for number, one in enumerate(row["stages"], 1):
        stage = _stage(round, number, one)
        if "opens_at" in one:
            _judge_past(stage, row, one, by)
        elif not row.get("is_prepared"):
            closing.open_stage(stage, by)
            _judge_now(stage, row.get("done", {}), one.get("abstains", {}))


def _seat(round: Round, row: dict[str, Any], user: User, *, is_chair: bool, by: User) -> None:
    home = Member.objects.get(slug=row["home"]) if "home" in row else None
    seat = juries.Seat(
        home=home, home_text=row.get("home_text", ""), position=row["position"],
        languages=row["languages"], is_chair=is_chair,
    )  # fmt: skip
    juries.invite(round, user.email, user.full_name, user.language, seat, by)


def _stage(round: Round, number: int, row: dict[str, Any]) -> Stage:
    stage = Stage.objects.create(
        round=round, order=number, opens_at=_moment(row, "opens"), closes_at=_moment(row, "closes"),
        **{name: row[name] for name in STAGE if name in row}, **data.texts(row, "title"),
    )  # fmt: skip
    for order, one in enumerate(row.get("criteria", []), 1):
        Criterion.objects.create(
            stage=stage,
            order=order,
            weight=one.get("weight", 1),
            **data.texts(one, "title", "hint"),
        )
    return stage


def _moment(row: dict[str, Any], name: str) -> datetime.datetime:
    if days := row.get(f"{name}_days"):
        return timezone.now() + datetime.timedelta(days=days)
    given = datetime.datetime.fromisoformat(row[f"{name}_at"])
    return given.replace(tzinfo=association_zone())


def _judge_now(stage: Stage, done: dict[str, float], abstains: dict[str, str]) -> None:
    """Every juror has judged their share; points are drawn, the same at each loading."""
    criteria = list(stage.criteria.all())
    for email, share in done.items():
        own = list(stage.assignments.filter(juror__user__email=email).order_by("entry__number"))
        judged = own[: round(len(own) * share)]
        if why := abstains.get(email):
            voting.abstain(judged.pop(0), why)
        for one in judged:
            voting.give(one, {item.pk: 4 + _draw(one, item.pk) % 7 for item in criteria})


def _draw(one: Assignment, key: int) -> int:
    text = f"{one.entry.number}:{one.juror.user.email}:{key}"
    return hashlib.sha256(text.encode()).digest()[0]


def _past_round(row: dict[str, Any]) -> None:
    """A round of the past with its works, entered by members."""
    new = row["new"]
    award = Award.objects.get(slug=row["award"])
    opens_at, closes_at = _moment(new, "opens"), _moment(new, "closes")
    round = Round.objects.create(
        award=award, slug=row["round"], year=new["year"], opens_at=opens_at, closes_at=closes_at,
        who_may_enter=["member"], languages=["ru", "en"], status=Round.Status.PUBLISHED,
        published_at=opens_at, **data.texts(new, "title", "theme", "summary"),
    )  # fmt: skip
    names = {f"title_{code}": new[f"category_{code}"] for code in LANGUAGE_CODES}
    category = Category.objects.create(round=round, code="W", **names)
    for number, one in enumerate(row["works"], 1):
        member = Member.objects.get(slug=one["member"])
        entrant = Entrant.objects.create(round=round, kind="member", member=member, home=member)
        Entry.objects.create(
            round=round, entrant=entrant, category=category, number=number, home=member,
            state=Entry.State.SUBMITTED, submitted_at=closes_at - datetime.timedelta(days=number),
            title_ru=one["title_ru"], title_en=one["title_en"],
        )  # fmt: skip


def _judge_past(stage: Stage, row: dict[str, Any], one: dict[str, Any], by: User) -> None:
    """All votes within the window of that time, then the count, ties and both protocols."""
    Stage.objects.filter(pk=stage.pk).update(closes_at=timezone.now() + datetime.timedelta(days=1))
    closing.open_stage(stage, by)
    Stage.objects.filter(pk=stage.pk).update(closes_at=stage.closes_at)
    jurors = list(Juror.objects.filter(round=stage.round).order_by("pk"))
    during = stage.closes_at - datetime.timedelta(days=1)
    for given in stage.assignments.select_related("entry", "juror__user"):
        points = row["works"][given.entry.number - 1]["points"][jurors.index(given.juror)]
        voting.give(given, {None: _points(stage, points)}, now=during)
    stage = closing.close(stage, by, now=stage.closes_at)
    for group in ties.open_ties(stage):
        places = {work.entry_id: place for place, work in enumerate(group, 1)}
        ties.decide(stage, places, one["tie_ru"], by)
    for language in LANGUAGE_CODES:
        protocol.make(stage, language, by)


def _points(stage: Stage, points: int) -> int:
    """Of ten points: yes or no, or half as many stars."""
    if stage.method == Stage.Method.YES_NO:
        return int(points >= YES_FROM)
    return max(1, round(points / 2))
