"""Questionnaires of the demonstration: an invented edition, checked and sealed, and an open one.

60 cities with some 25 answers each are written in bulk, with their log as the capabilities would
have kept it; corrections, questions and replies are those of answers.toml.
"""

import datetime
import random
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.db.models import Field
from django.utils import timezone, translation

from members.models import Country, Member
from questionnaires import (
    answering,
    asking,
    numbers,
    participants,
    proofs,
    submitting,
    taking_part,
    wording,
)
from questionnaires.answering import Entry, Given
from questionnaires.checkers import Checker
from questionnaires.models import Answer, AnswerChange, AnswerNote, Evidence, Expert, Response
from ratings.models import Edition, Indicator
from standings import sealing
from uclg_portal.demonstration import data, invented
from uclg_portal.demonstration.invented import Said

DAY = datetime.timedelta(days=1)
Deed, Check, Kind = AnswerChange.Deed, Answer.Check, Indicator.Kind
EXPERT_CHECKS = ("I", "E")


@dataclass
class People:
    """Who acts: the officer of ratings, the expert, the secretariat's lead, representatives."""

    users: dict[str, Any]

    @property
    def officer(self):
        return self.users["ratings@example.org"]

    @property
    def expert(self):
        return self.users["expert@example.org"]

    @property
    def lead(self):
        return self.users["admin@example.org"]

    def checker_of(self, indicator: Indicator):
        return self.expert if indicator.group.code in EXPERT_CHECKS else self.officer


def load(users: dict[str, Any]) -> None:
    """Everything of answers.toml; members, ratings and their mandates have to be there."""
    table, people = data.table("answers.toml"), People(users)
    held = Edition.objects.get(slug="2024", rating__slug="international-activity")
    _experts(held, people)
    _Held(held, table, people).load()
    _seal(held, people)
    following = Edition.objects.get(slug="2026", rating=held.rating)
    _experts(following, people)
    for row in table["drafts"]:
        _draft(following, row, table, people)


def _experts(edition: Edition, people: People) -> None:
    expert = Expert.objects.create(edition=edition, user=people.expert)
    expert.groups.set(edition.groups.filter(code__in=EXPERT_CHECKS))


def _seal(edition: Edition, people: People) -> None:
    """Two people seal it on the day of loading; results are public from then."""
    sealing.ask(edition, people.officer, timezone.now())
    sealing.seal(edition, people.lead)


def _indicators(edition: Edition) -> list[Indicator]:
    rows = edition.indicators.select_related("group", "scale").prefetch_related("scale__steps")
    return list(rows.order_by("group__order", "order"))


@contextmanager
def _given_moments(*fields: Field) -> Iterator[None]:
    """Rows of the past are written with their own moments, which columns set by themselves."""
    before = [(field, field.auto_now, field.auto_now_add) for field in fields]
    for field in fields:
        field.auto_now = field.auto_now_add = False
    try:
        yield
    finally:
        for field, now, added in before:
            field.auto_now, field.auto_now_add = now, added


class _Held:
    """The edition that is over: all cities sent, all answers decided on."""

    def __init__(self, edition: Edition, table: dict[str, Any], people: People):
        self.edition, self.table, self.people = edition, table, people
        self.dice = random.Random(table["seed"])
        self.indicators = _indicators(edition)
        self.by_code = {one.code: one for one in self.indicators}
        self.answers: list[Answer] = []
        self.proofs: list[Evidence] = []
        self.notes: list[AnswerNote] = []
        self.log: list[AnswerChange] = []

    def load(self) -> None:
        """Rows in bulk, each table in one statement."""
        columns = [Response._meta.get_field(name) for name in ("created_at", "saved_at")]
        columns += [
            Answer._meta.get_field("saved_at"), Evidence._meta.get_field("added_at"),
            AnswerNote._meta.get_field("at"), AnswerChange._meta.get_field("at"),
        ]  # fmt: skip
        with _given_moments(*columns), translation.override("ru"):
            responses = Response.objects.bulk_create([*self.members(), *self.guests()])
            for response in responses:
                self.answer(response)
            Answer.objects.bulk_create(self.answers)
            Evidence.objects.bulk_create(self.proofs)
            AnswerNote.objects.bulk_create(self.notes)
            AnswerChange.objects.bulk_create(self.log)
        first = min(one.at for one in self.log)
        Edition.objects.filter(pk=self.edition.pk).update(frozen_at=first)

    def members(self) -> Iterator[Response]:
        known = participants.members_of_today().with_population().filter(population__gt=0)
        by_slug = {one.slug: one for one in known.select_related("country").order_by("slug")}
        chosen = [slug for slug in self.table["always"] if slug in by_slug]
        others = sorted(by_slug.keys() - set(chosen))
        chosen += self.dice.sample(others, self.table["how_many"] - len(chosen))
        rows = [by_slug[slug] for slug in sorted(chosen)]
        figures = taking_part.figures(self.edition, rows, "ru")
        for member in rows:
            yield self.response(member=member, **vars(figures[member.pk]))

    def guests(self) -> Iterator[Response]:
        turkey = Country.objects.get(code="TR")
        for row in self.table["guests"]:
            if "member" in row:
                member = Member.objects.get(slug=row["member"])
                known = vars(taking_part.inhabitants(self.edition, member))
                yield self.response(member=member, is_guest=True, **known)
                continue
            yield self.response(
                name_ru=row["name_ru"], name_en=row["name_en"], country=turkey, is_guest=True,
                population=row["population"], population_year=2024,
                population_source="TÜİK, rounded",
            )  # fmt: skip

    def response(self, **columns) -> Response:
        """A questionnaire that was sent before the close and checked after it."""
        sent = self.edition.closes_at - self.dice.uniform(1, 30) * DAY
        is_guest = columns.get("is_guest", False)
        zone = next(one for one in self.zones if one.is_guest == is_guest)
        slug = columns["member"].slug if "member" in columns else ""
        return Response(
            edition=self.edition, zone=zone, state=Response.State.CHECKED, submitted_at=sent,
            submitted_by=self.typist(slug), created_at=sent - 20 * DAY, version=1,
            saved_at=sent, checked_at=self.edition.closes_at + 60 * DAY,
            letter_details=self.table["by_letter"].get(slug, ""), **columns,
        )  # fmt: skip

    @property
    def zones(self):
        if not hasattr(self, "_zones"):
            self._zones = list(self.edition.zones.all())
        return self._zones

    def typist(self, slug: str):
        """Who filled it in, where the city has an account here; letters are the officer's."""
        if slug in self.table["by_letter"]:
            return self.people.officer
        return self.people.users.get(f"{slug}@example.org")

    def answer(self, response: Response) -> None:
        """All rows of one city."""
        slug = response.member.slug if response.member else ""
        active = invented.activity(self.dice, self.table["strong"].get(slug))
        said = invented.answers(
            self.dice, self.indicators, self.table["indicators"], response.population, active
        )
        for code, one in said.items():
            self.keep(response, slug, self.by_code[code], one)
        for code in ("E4", "S3"):
            texts = [row["text"] for row in self.table["texts"] if row["code"] == code]
            if self.dice.random() < 0.35:
                self.keep_text(response, self.by_code[code], self.dice.choice(texts))

    def keep(self, response: Response, slug: str, indicator: Indicator, said: Said) -> None:
        typed = response.submitted_at - self.dice.uniform(0.5, 15) * DAY
        checked = self.edition.closes_at + self.dice.uniform(5, 55) * DAY
        checker = self.people.checker_of(indicator)
        answer = self.added(
            response, indicator, typed, number=said.number, step=said.step,
            is_unknown=said.is_unknown, check_state=Check.ACCEPTED, checked_by=checker,
            checked_at=checked,
        )  # fmt: skip
        if indicator.evidence == Indicator.Evidence.REQUIRED and said.number:
            link = f"https://{slug or 'guest'}.example.org/international/{indicator.code.lower()}/"
            self.proofs.append(
                Evidence(answer=answer, link=link, added_by=answer.updated_by, added_at=typed)
            )
        self.replied(answer, slug, checked - 4 * DAY)
        if not self.corrected(answer, slug, checked):
            self.logged(answer, Deed.ACCEPTED, checker, checked, after=wording.said(answer))

    def keep_text(self, response: Response, indicator: Indicator, text: str) -> None:
        self.added(response, indicator, response.submitted_at - DAY, text=text)

    def added(self, response, indicator, typed: datetime.datetime, **columns) -> Answer:
        by = response.submitted_by
        answer = Answer(
            response=response, indicator=indicator, version=1, updated_by=by, saved_at=typed,
            **columns,
        )  # fmt: skip
        self.answers.append(answer)
        deed = Deed.LETTER if response.letter_details else Deed.TYPED
        self.logged(answer, deed, by, typed, after=wording.said(answer))
        return answer

    def replied(self, answer: Answer, slug: str, at: datetime.datetime) -> None:
        """A question of the check and the reply, where answers.toml has them."""
        row = self.found("asked", answer, slug)
        if row is None or answer.number is None:
            return
        before, checker = wording.said(answer), answer.checked_by
        self.notes.append(
            AnswerNote(answer=answer, text=row["question"], by=checker, at=at - 3 * DAY,
                       answer_until=(at + 7 * DAY).date())
        )  # fmt: skip
        self.logged(answer, Deed.ASKED, checker, at - 3 * DAY, reason=row["question"])
        if "factor" in row:
            answer.number = round(answer.number * Decimal(str(row["factor"])))
        self.notes.append(
            AnswerNote(answer=answer, is_of_city=True, text=row["reply"], by=answer.updated_by,
                       at=at)
        )  # fmt: skip
        self.logged(answer, Deed.REPLIED, answer.updated_by, at, before=before,
                    after=wording.said(answer), reason=row["reply"])  # fmt: skip

    def corrected(self, answer: Answer, slug: str, at: datetime.datetime) -> bool:
        row = self.found("corrected", answer, slug)
        if row is None or answer.number is None:
            return False
        before = wording.said(answer)
        answer.check_state, answer.check_reason = Check.CORRECTED, row["reason"]
        if "factor" in row:
            answer.corrected_number = round(answer.number * Decimal(str(row["factor"])))
        else:
            answer.corrected_to_nothing = True
        self.logged(answer, Deed.CORRECTED, answer.checked_by, at, before=before,
                    after=wording.counted(answer), reason=row["reason"])  # fmt: skip
        return True

    def found(self, kind: str, answer: Answer, slug: str) -> dict[str, Any] | None:
        code = answer.indicator.code
        rows = (row for row in self.table[kind] if (row["city"], row["code"]) == (slug, code))
        return next(rows, None)

    def logged(self, answer, deed, by, at, *, before="", after="", reason="") -> None:
        self.log.append(
            AnswerChange(answer=answer, deed=deed, by=by, at=at, before=before[:500],
                         after=after[:500], reason=reason)
        )  # fmt: skip


def _draft(edition: Edition, row: dict[str, Any], table: dict[str, Any], people: People) -> None:
    """A questionnaire of the open edition, kept through the capability; half, or all and sent."""
    by, member = people.users[row["email"]], Member.objects.get(slug=row["city"])
    response = taking_part.response_of(edition, member, by)
    dice = random.Random(f"{table['seed']} {row['city']}")
    rows = _indicators(edition)
    said = invented.answers(
        dice, rows, table["indicators"], response.population or 100_000,
        table["strong"].get(row["city"], 1),
    )  # fmt: skip
    chosen = [one for one in rows if one.code in said]
    if not row.get("is_sent"):
        chosen = chosen[: len(rows) // 2]
    answering.save_all(response, [Entry(one, _given(one, said[one.code])) for one in chosen], by)
    if row.get("is_sent"):
        _send(response, row, by, people)


def _given(indicator: Indicator, said: Said) -> Given:
    if said.is_unknown:
        return Given(is_unknown=True)
    if said.step is not None:
        return Given(str(said.step.pk))
    if indicator.kind == Kind.YES_NO:
        return Given("yes" if said.number else "no")
    return Given(numbers.in_field(said.number, "ru"))


def _send(response: Response, row: dict[str, Any], by, people: People) -> None:
    """Send it, with links where a proof is required; the expert asks about one answer."""
    required = Indicator.objects.filter(edition=response.edition_id, evidence="required")
    for indicator in required.filter(answers__response=response, answers__number__gt=0):
        link = f"https://{row['city']}.example.org/international/{indicator.code.lower()}/"
        proofs.add_link(response, indicator, link, by)
    submitting.submit(response, by)
    answer = Answer.objects.get(response=response, indicator__code=row["asked"])
    checker = Checker(response.edition, people.expert)
    asking.ask_back(checker, answer.pk, answer.version, row["question"])
