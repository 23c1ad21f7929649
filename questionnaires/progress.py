"""A questionnaire as its city sees it: sections with their questions, and what is answered yet."""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal, InvalidOperation
from functools import cached_property

from django.db.models import Prefetch
from django.utils.translation import gettext as _

from questionnaires import hints, wording
from questionnaires.checkers import SENT
from questionnaires.models import Answer, Evidence, Response
from ratings.models import Indicator, IndicatorGroup


@dataclass
class Question:
    """One question with the answer stored, and what the city said in its last edition here."""

    indicator: Indicator
    answer: Answer | None = None
    former: Answer | None = None

    @property
    def is_answered(self) -> bool:
        """Whether something was answered; "no such figure" is an answer, a comment is none."""
        one = self.answer
        return one is not None and (one.number is not None or bool(one.text) or one.is_unknown)

    @property
    def proofs(self) -> list[Evidence]:
        return list(self.answer.evidence.all()) if self.answer else []

    @property
    def lacks_proof(self) -> bool:
        """Whether a proof is required and there is none; a figure of the portal proves itself."""
        if self.indicator.evidence != Indicator.Evidence.REQUIRED or not self.is_answered:
            return False
        counts = self.answer.text or self.answer.number
        return bool(counts) and not self.proofs and not _is_offered(self.answer)

    @property
    def former_words(self) -> str:
        """What counted last time, in words."""
        return wording.counted(self.former) if self.former else ""

    @property
    def jump(self) -> str:
        """What is unusual about the way from the last edition to this one, as a sentence."""
        if self.indicator.kind not in hints.MEASURED or not self.former or not self.answer:
            return ""
        before, now = self.former.counted_number, self.answer.number
        hint = None if before is None or now is None else hints.jump(before, now)
        return hint.text if hint else ""


@dataclass
class Part:
    """Questions under one heading; `depth` 0 is the section itself."""

    group: IndicatorGroup
    depth: int
    questions: list[Question] = field(default_factory=list)


@dataclass
class Section:
    """A direction with all that is asked in it, on a page of its own; `number` from 1."""

    group: IndicatorGroup
    number: int
    parts: list[Part]

    @property
    def code(self) -> str:
        return self.group.code

    @property
    def questions(self) -> list[Question]:
        return [one for part in self.parts for one in part.questions]

    @property
    def total(self) -> int:
        return len(self.questions)

    @property
    def answered(self) -> int:
        return sum(one.is_answered for one in self.questions)

    @property
    def is_done(self) -> bool:
        return self.answered == self.total


@dataclass(frozen=True)
class Lack:
    """What a questionnaire lacks; it cannot be sent with one that `stops` it."""

    text: str
    stops: bool
    section: Section | None = None
    question: Question | None = None


@dataclass
class Questionnaire:
    """The sections of an edition with the answers of one city."""

    response: Response
    sections: list[Section]

    @property
    def questions(self) -> list[Question]:
        return [one for section in self.sections for one in section.questions]

    @property
    def total(self) -> int:
        return sum(one.total for one in self.sections)

    @property
    def answered(self) -> int:
        return sum(one.answered for one in self.sections)

    def section(self, code: str) -> Section | None:
        """The section of a group; None where there is none."""
        return next((one for one in self.sections if one.code == code), None)

    @cached_property
    def lacks(self) -> list[Lack]:
        """What is missing, in the order of the questions; what stops the sending is marked."""
        if not self.answered:
            return [Lack(_("Nothing is answered yet."), stops=True)]
        return [
            lack for section in self.sections for one in section.questions
            if (lack := _lack(section, one))
        ]  # fmt: skip

    @property
    def stops(self) -> list[Lack]:
        """What keeps it from being sent."""
        return [one for one in self.lacks if one.stops]

    @property
    def unanswered(self) -> int:
        return self.total - self.answered


def questionnaire(response: Response) -> Questionnaire:
    """Everything of a questionnaire, in nine queries at most, however many questions it has."""
    edition = response.edition
    rows = edition.indicators.select_related("scale").prefetch_related("scale__steps")
    below = defaultdict(list)
    for one in rows.order_by("order", "pk"):
        below[one.group_id].append(one)
    groups = list(edition.groups.order_by("order", "pk"))
    answers, former = answers_of(response), former_answers(response)
    asked = {
        key: [Question(one, answers.get(one.pk), _same(former.get(one.code), one)) for one in ones]
        for key, ones in below.items()
    }
    found = [list(_parts(one, groups, asked, 0)) for one in groups if one.parent_id is None]
    filled = [parts for parts in found if any(part.questions for part in parts)]
    sections = [
        Section(parts[0].group, number, parts) for number, parts in enumerate(filled, start=1)
    ]
    return Questionnaire(response, sections)


def answers_of(response: Response) -> dict[int, Answer]:
    """The answers of a questionnaire with their proofs, by key of indicator; two queries."""
    if response.pk is None:
        return {}
    proofs = Prefetch("evidence", Evidence.objects.select_related("file").order_by("pk"))
    rows = response.answers.select_related("step", "updated_by", "indicator")
    found = {one.indicator_id: one for one in rows.prefetch_related(proofs)}
    for one in found.values():
        one.response = response
    return found


def former_answers(response: Response) -> dict[str, Answer]:
    """What the city said in its last edition held here, by code; two queries."""
    if response.member is None:
        return {}
    edition = response.edition
    earlier = Response.objects.filter(
        member=response.member, state__in=SENT, edition__rating=edition.rating_id,
        edition__kind=edition.Kind.HELD, edition__year__lt=edition.year,
    )  # fmt: skip
    last = earlier.order_by("-edition__year", "-edition").first()
    if last is None:
        return {}
    rows = last.answers.select_related("indicator", "step", "response__edition")
    return {one.indicator.code: one for one in rows}


def _parts(
    group: IndicatorGroup, groups: list[IndicatorGroup], asked: Mapping[int, list], depth: int
) -> Iterator[Part]:
    yield Part(group, depth, asked.get(group.pk, []))
    for child in groups:
        if child.parent_id == group.pk:
            yield from _parts(child, groups, asked, depth + 1)


def _same(former: Answer | None, indicator: Indicator) -> Answer | None:
    """The answer of the last edition, where the code still means the same kind of question."""
    return former if former and former.indicator.kind == indicator.kind else None


def _is_offered(answer: Answer) -> bool:
    """Whether the number is what the portal itself counted, unchanged."""
    try:
        value = Decimal(str(answer.offered.get("value")))
    except InvalidOperation:
        return False
    return bool(answer.offered.get("items")) and answer.number == value


def _lack(section: Section, one: Question) -> Lack | None:
    if not one.is_answered:
        return Lack(_("no answer"), stops=False, section=section, question=one)
    if one.lacks_proof:
        return Lack(_("a proof is required"), stops=True, section=section, question=one)
    return None
