"""What stands in the queue of the check: rows with all that a decision needs, and the progress."""

import datetime
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field

from django.db.models import Count, Exists, OuterRef, Prefetch, Q, QuerySet
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from content.languages import reading_order
from questionnaires import hints, wording
from questionnaires.asking import is_past, today
from questionnaires.checkers import PENDING, SENT, Checker, to_check, with_parts
from questionnaires.models import Answer, AnswerNote, Evidence, Expert
from ratings.models import Indicator, IndicatorGroup

FILTERS = {
    "": _("All answers"),
    "waiting": _("To be checked"),
    "hints": _("To be checked, with hints"),
    "replied": _("With a reply of the city"),
    "asked": _("Asked back"),
    "overdue": _("Without a reply in time"),
    "decided": _("Decided"),
}


def overdue(day: datetime.date) -> Q:
    """Asked back, and the day for the reply has ended before `day`."""
    asked = AnswerNote.objects.filter(answer=OuterRef("pk"), is_of_city=False)
    in_time = Exists(asked.filter(answer_until__gte=day))
    return Q(Exists(asked), ~Q(in_time), check_state=Answer.Check.ASKED)


def replied() -> Q:
    """Waits for the check again because the city has replied."""
    replies = AnswerNote.objects.filter(answer=OuterRef("pk"), is_of_city=True)
    return Q(Exists(replies), check_state=Answer.Check.WAITING)


def filtered(answers: QuerySet[Answer], state: str, checker: Checker) -> QuerySet[Answer]:
    """Those answers that a filter of the queue means; an unknown one means all."""
    if state in ("waiting", "hints"):
        answers = answers.filter(to_check(), check_state=Answer.Check.WAITING)
    if state == "hints":
        found = hints.of_edition(checker.edition, checker.indicators()).by_answer
        return answers.filter(pk__in=[key for key, one in found.items() if one])
    if state == "replied":
        return answers.filter(replied())
    if state == "asked":
        return answers.filter(check_state=Answer.Check.ASKED)
    if state == "overdue":
        return answers.filter(overdue(today(checker.edition)))
    if state == "decided":
        return answers.exclude(check_state__in=PENDING)
    return answers


def said(answers: QuerySet[Answer]) -> QuerySet[Answer]:
    """Those with something in them: answers that were begun and emptied are left out."""
    return answers.filter(to_check() | Q(text__gt="") | Q(comment__gt=""))


@dataclass
class Row:
    """One answer as the queue shows it; words are in the reader's language."""

    answer: Answer
    hints: list[hints.Hint]
    divided: str
    last: str
    note: AnswerNote | None
    reply: AnswerNote | None
    is_overdue: bool
    error: str = ""
    typed: dict = field(default_factory=dict)

    @property
    def said(self) -> str:
        return wording.said(self.answer)

    @property
    def decision(self) -> str:
        return wording.decision(self.answer)

    @property
    def is_text(self) -> bool:
        return self.answer.indicator.kind == Indicator.Kind.TEXT

    @property
    def is_pending(self) -> bool:
        return self.answer.check_state in PENDING

    @property
    def waits(self) -> bool:
        return self.answer.check_state == Answer.Check.WAITING and not self.is_text

    @property
    def kind(self) -> str:
        """How the state is coloured."""
        known = {"accepted": "good", "corrected": "good", "asked": "info", "waiting": "warn"}
        return "bad" if self.is_overdue else known[self.answer.check_state]


def in_order(answers: QuerySet[Answer], *, by_city: bool = False) -> QuerySet[Answer]:
    """By question and city, or by city and question; guests stand by their own names."""
    city = [city_order("response__member__"), "response__name_ru", "response"]
    question = ["indicator__group__order", "indicator__group", "indicator__order", "indicator"]
    return answers.order_by(*(city + question if by_city else question + city))


def city_order(prefix: str = "member__") -> str:
    """The column that puts cities into the order of the reader's alphabet."""
    return f"{prefix}sort_key_{reading_order()[0]}"


def rows_of(checker: Checker, answers: Iterable[Answer]) -> list[Row]:
    """The rows of a page of answers, with a number of queries that does not grow."""
    if isinstance(answers, QuerySet):
        answers = answers.select_related(
            "indicator__group", "step", "response__member", "response__country", "checked_by"
        ).prefetch_related(
            "notes", Prefetch("evidence", Evidence.objects.select_related("file"))
        )  # fmt: skip
    answers = list(answers)
    if not answers:
        return []
    found = hints.of_edition(checker.edition, {one.indicator for one in answers})
    day = today(checker.edition)
    return [_row(one, found, day) for one in answers]


def _row(answer: Answer, found: hints.Hints, day: datetime.date) -> Row:
    notes = list(answer.notes.all())
    asked = next((one for one in reversed(notes) if not one.is_of_city), None)
    reply = notes[-1] if notes and notes[-1].is_of_city else None
    is_open = answer.check_state == Answer.Check.ASKED
    last = found.last.get(answer.pk)
    return Row(
        answer=answer,
        hints=found.by_answer.get(answer.pk, []),
        divided=_divided(answer.indicator, found.divided.get(answer.pk)),
        last="" if last is None else wording.value_words(answer.indicator, last),
        note=asked if is_open or reply else None,
        reply=reply,
        is_overdue=bool(is_open and asked and is_past(asked, day)),
    )


def _divided(indicator: Indicator, value: float | None) -> str:
    """The value as the rating divides it, in words; nothing where it divides by nothing."""
    if value is None:
        return ""
    said = {"value": wording.figure(value), "per": wording.figure(indicator.per)}
    if indicator.denominator == Indicator.Denominator.POPULATION:
        return gettext("per %(per)s inhabitants: %(value)s") % said
    return gettext("divided by another answer: %(value)s") % said


@dataclass
class Progress:
    """How far a part of the check is: answers decided on, asked back, with hints, of how many."""

    done: int = 0
    total: int = 0
    asked: int = 0
    hinted: int = 0

    @property
    def waiting(self) -> int:
        return self.total - self.done - self.asked

    def add(self, state: str, has_hint: bool) -> None:
        self.total += 1
        self.done += state not in PENDING
        self.asked += state == Answer.Check.ASKED
        self.hinted += has_hint and state == Answer.Check.WAITING


@dataclass
class Figures:
    """The progress of an edition by key of indicator, of questionnaire and of direction."""

    whole: Progress
    by_indicator: dict[int, Progress]
    by_response: dict[int, Progress]
    by_group: dict[int, Progress]


def figures(checker: Checker, indicators: list[Indicator]) -> Figures:
    """Counted over all that this person checks; six queries, however many cities."""
    known = hints.of_edition(checker.edition, indicators).by_answer
    groups = {one.pk: one.group_id for one in indicators}
    made = Figures(Progress(), {}, {}, {})
    rows = checker.answers().filter(to_check()).order_by()
    for pk, response, indicator, state in rows.values_list(
        "pk", "response", "indicator", "check_state"
    ):
        parts = [
            made.whole,
            made.by_indicator.setdefault(indicator, Progress()),
            made.by_response.setdefault(response, Progress()),
            made.by_group.setdefault(groups[indicator], Progress()),
        ]
        for part in parts:
            part.add(state, bool(known.get(pk)))
    return made


def totals(checkers: Iterable[Checker]) -> list[Progress]:
    """The progress of all that a person checks, edition by edition; one query each."""
    return [_total(one) for one in checkers]


def _total(checker: Checker) -> Progress:
    pending, asked = Q(check_state__in=PENDING), Q(check_state=Answer.Check.ASKED)
    counted = checker.answers().filter(to_check()).aggregate(
        total=Count("pk"), open=Count("pk", filter=pending), asked=Count("pk", filter=asked)
    )  # fmt: skip
    return Progress(counted["total"] - counted["open"], counted["total"], counted["asked"])


@dataclass(frozen=True)
class ExpertLine:
    """One expert: what they decided, and what waits in their directions."""

    name: str
    directions: list[IndicatorGroup]
    decided: int
    waiting: int


def experts(checker: Checker) -> list[ExpertLine]:
    """Who checks the edition, members of the secretariat who decided included; six queries."""
    edition = checker.edition
    rows = Answer.objects.filter(
        to_check(), response__edition=edition, response__state__in=SENT
    ).order_by()
    waiting = Counter(
        dict(
            rows.filter(check_state=Answer.Check.WAITING)
            .values_list("indicator__group").annotate(Count("pk"))
        )
    )  # fmt: skip
    people = {
        user: (name or email, count)
        for user, name, email, count in rows.exclude(check_state__in=PENDING)
        .values_list("checked_by", "checked_by__full_name", "checked_by__email")
        .annotate(count=Count("pk"))
    }
    parents = dict(edition.groups.values_list("pk", "parent_id"))
    known = Expert.objects.filter(edition=edition).select_related("user")
    lines = []
    for expert in known.prefetch_related("groups"):
        chosen = list(expert.groups.all())
        own = with_parts((one.pk for one in chosen), parents) if chosen else set(parents)
        _name, decided = people.pop(expert.user_id, ("", 0))
        lines.append(
            ExpertLine(str(expert.user), chosen, decided, sum(waiting[one] for one in own))
        )
    return lines + [ExpertLine(name, [], count, 0) for name, count in people.values()]
