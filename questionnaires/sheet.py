"""The inputs of a section: what each question shows, what was posted, what the page has seen."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from django.http import QueryDict
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from content.keys import as_key
from content.languages import in_language
from questionnaires import wording
from questionnaires.answering import LONGEST_TEXT, Conflict, Entry, Given
from questionnaires.models import Answer
from questionnaires.numbers import in_field
from questionnaires.progress import Question
from ratings.models import Indicator

Kind = Indicator.Kind


@dataclass
class Box:
    """One question with its inputs: filled with what is stored, or with what was typed.

    Inputs are called by the key of the indicator: a1 the answer, u1 "no such figure", c1 the
    comment, t1 what the page has seen, f1 a file, l1 a link.
    """

    question: Question
    typed: Given | None = None
    error: str = ""
    proof_error: str = ""
    said: str = ""
    link: str = ""
    conflict: dict[str, str] = field(default_factory=dict)
    offer: Any = None

    @property
    def pk(self) -> int:
        return self.indicator.pk

    @property
    def indicator(self) -> Indicator:
        return self.question.indicator

    @property
    def answer(self) -> Answer | None:
        return self.question.answer

    @property
    def shown(self) -> Given:
        return self.typed or stored_in(self.indicator, self.answer)

    @property
    def words(self) -> str:
        """The stored answer for reading."""
        return wording.said(self.answer) if self.answer else ""

    @property
    def token(self) -> str:
        """What the page has seen of the answer: its version, and a print of its inputs."""
        return token(self.indicator, self.answer)

    @property
    def is_choice(self) -> bool:
        return self.indicator.kind in (Kind.YES_NO, Kind.SCALE)

    @property
    def is_text(self) -> bool:
        return self.indicator.kind == Kind.TEXT

    @property
    def inputmode(self) -> str:
        return "numeric" if self.indicator.kind == Kind.COUNT else "decimal"

    @property
    def longest_text(self) -> int:
        return LONGEST_TEXT

    @property
    def described_by(self) -> str:
        """The elements that explain the input, for those who hear the page."""
        parts = {
            "h": in_language(self.indicator, "help")[0], "n": self.question.former_words,
            "e": self.error,
        }  # fmt: skip
        return " ".join(f"{key}{self.pk}" for key, text in parts.items() if text)

    @property
    def choices(self) -> list[tuple[str, str, bool]]:
        """Value, words and whether it is chosen; the last one takes the choice back."""
        if self.indicator.kind == Kind.YES_NO:
            rows = [("yes", pgettext("answer", "yes")), ("no", pgettext("answer", "no"))]
        else:
            steps = self.indicator.scale.steps.all()
            rows = [(str(one.pk), in_language(one, "label")[0]) for one in steps]
        rows.append(("", _("not answered")))
        return [(value, words, value == self.shown.value) for value, words in rows]


def stored_in(indicator: Indicator, answer: Answer | None) -> Given:
    """A stored answer as its inputs hold it."""
    if answer is None or answer.pk is None:
        return Given(comment="")
    if indicator.kind == Kind.TEXT:
        value = answer.text
    elif indicator.kind == Kind.SCALE:
        value = str(answer.step_id or "")
    elif indicator.kind == Kind.YES_NO:
        value = "" if answer.number is None else "yes" if answer.number else "no"
    else:
        value = in_field(answer.number)
    return Given(value, answer.is_unknown, answer.comment)


def posted(data: QueryDict, indicator: Indicator) -> Given | None:
    """What was posted for a question; None where the form did not hold it.

    Of a choice nothing is sent where nothing is chosen; any other input is always sent.
    """
    pk = indicator.pk
    is_choice = indicator.kind in (Kind.YES_NO, Kind.SCALE)
    if f"t{pk}" not in data or (f"a{pk}" not in data and not is_choice):
        return None
    return Given(data.get(f"a{pk}", ""), f"u{pk}" in data, data.get(f"c{pk}", ""))


def entry(data: QueryDict, question: Question) -> Entry | None:
    """The answer to keep; None where the person has not touched it since the page was opened."""
    given = posted(data, question.indicator)
    _version, _dot, seen = data.get(f"t{question.indicator.pk}", "").partition(".")
    if given is None or fingerprint(given) == seen:
        return None
    return Entry(question.indicator, given, version_seen(data, question.indicator))


def version_seen(data: QueryDict, indicator: Indicator) -> int:
    """The version of the answer that the page has seen; 0: there was none."""
    return as_key(data.get(f"t{indicator.pk}", "").partition(".")[0]) or 0


def token(indicator: Indicator, answer: Answer | None) -> str:
    """The version of an answer and the print of its inputs: "3.0f9a…"."""
    version = answer.version if answer else 0
    return f"{version}.{fingerprint(stored_in(indicator, answer))}"


def fingerprint(given: Given) -> str:
    """A short print of what stands in the inputs of one question."""
    parts = (_plain(given.value), "yes" if given.is_unknown else "", _plain(given.comment or ""))
    return hashlib.sha256("\x1f".join(parts).encode()).hexdigest()[:12]


def conflict_of(found: Conflict) -> dict[str, str]:
    """What somebody else saved meanwhile, for the page: in words, by whom, when, and as inputs."""
    answer = found.answer
    stored = stored_in(answer.indicator, answer)
    by = answer.updated_by
    return {
        "text": wording.said(answer) or _("no answer"),
        "comment": answer.comment,
        "by": (by.full_name or by.email) if by else _("the portal"),
        "time": f"{timezone.localtime(answer.saved_at):%H:%M}",
        "value": stored.value,
        "unknown": "yes" if stored.is_unknown else "",
        "token": token(answer.indicator, answer),
    }


def conflict_words(conflict: Mapping[str, str]) -> str:
    """Who was faster, with what."""
    return _("%(by)s saved another answer at %(time)s: “%(text)s”.") % conflict


def _plain(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\r", "\n").strip()
