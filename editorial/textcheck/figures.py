"""Numbers beside the words of a subject of the facts register that say something else."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from django.utils.translation import gettext as _

from content.languages import LANGUAGE_CODES
from editorial.textcheck.findings import Finding
from editorial.textcheck.passages import INLINE, Passage
from facts.models import Fact, Subject
from facts.models.register import number_text

NUMBER_WORDS = {
    "ru": "ноль один два три четыре пять шесть семь восемь девять десять одиннадцать двенадцать",
    "en": "zero one two three four five six seven eight nine ten eleven twelve",
}
CASES_RU = {
    "одной": 1, "двух": 2, "трёх": 3, "трех": 3, "четырёх": 4, "четырех": 4, "пяти": 5, "шести": 6,
    "семи": 7, "восьми": 8, "девяти": 9, "десяти": 10, "одиннадцати": 11, "двенадцати": 12,
    "половины": 50, "половину": 50,
}  # fmt: skip
WORDS = (
    {word: value for words in NUMBER_WORDS.values() for value, word in enumerate(words.split())}
    | CASES_RU
    | {"half": 50}
)
SPACES = " \u00a0\u2009\u202f"
DIGITS = rf"\d{{1,3}}(?:(?:[{SPACES},]|{INLINE}+)\d{{3}})+(?!\d)|\d+(?:[.,]\d+)?"
NUMBER = re.compile(rf"(?<![\w.,])(?:{DIGITS})(?!\d)|\b(?:{'|'.join(WORDS)})\b", re.IGNORECASE)
MILLIONS = re.compile(rf"[{SPACES}]?(million|billion|thousand|миллион|миллиард|тысяч|млн|млрд|тыс)")
FACTORS = {
    "million": 10**6, "billion": 10**9, "thousand": 10**3, "миллион": 10**6, "миллиард": 10**9,
    "тысяч": 10**3, "млн": 10**6, "млрд": 10**9, "тыс": 10**3,
}  # fmt: skip
NEAR = 40
# Between the number and the words: a sign, and one word at most.
BETWEEN = re.compile(rf"[{SPACES}{INLINE}%]*(?:[^\W\d]+[{SPACES}{INLINE}]+)?\Z")
YEARS = range(1900, 2101)


@dataclass(frozen=True)
class Known:
    """What the register says of a subject: the phrase to look for, what stands, what was said."""

    pattern: re.Pattern
    language: str
    current: Fact
    earlier: tuple[Fact, ...]


def phrase(line: str) -> re.Pattern:
    """The pattern of a line of words; an asterisk stands for any ending."""
    words = [
        re.escape(word.rstrip("*")) + (r"\w*" if word.endswith("*") else "")
        for word in line.replace(",", " ").split()
    ]
    joined = rf"[{SPACES}{INLINE},]+".join(words).replace("ё", "[её]")
    return re.compile(rf"(?<!\w){joined}(?!\w)", re.IGNORECASE)


def known_subjects() -> list[Known]:
    """The subjects whose figure can be compared, in two queries."""
    subjects = Subject.objects.prefetch_related("facts")
    return [known for subject in subjects for known in _known(subject)]


def _known(subject: Subject) -> Iterator[Known]:
    facts = [fact for fact in subject.facts.all() if fact.value is not None]
    current = next((fact for fact in facts if fact.is_current), None)
    if current is None:
        return
    earlier = tuple(fact for fact in facts if not fact.is_current)
    for code in LANGUAGE_CODES:
        for line in (getattr(subject, f"match_words_{code}") or "").splitlines():
            if line.strip():
                yield Known(phrase(line), code, current, earlier)


def disagreeing(passage: Passage, subjects: list[Known]) -> Iterator[Finding]:
    """Numbers right before the words of a subject that are not what the register says."""
    places = set()
    for known in subjects:
        if known.language != passage.language:
            continue
        for found in known.pattern.finditer(passage.text):
            number = _number_before(passage.text, found.start())
            if number and number[0] != known.current.value and number[1] not in places:
                places.add(number[1])
                yield _finding(passage, known, *number)


def _number_before(text: str, end: int) -> tuple[Decimal, int, int, str] | None:
    """The last number of the sentence before a place: value, start, end, what multiplies it."""
    start = max(0, end - NEAR)
    before = re.split(r"[.!?;]\s|\n", text[start:end])[-1]
    numbers = list(NUMBER.finditer(before))
    if not numbers:
        return None
    last, offset = numbers[-1], end - len(before)
    value, factor = _value(last[0]), MILLIONS.match(before, last.end())
    if value in YEARS and len(last[0]) == 4 and not factor:
        return None
    stop = factor.end() if factor else last.end()
    rest = re.sub(r"\A[а-яё.]+", "", before[stop:]) if factor else before[stop:]
    if not BETWEEN.match(rest):
        return None
    times = FACTORS[factor[1]] if factor else 1
    return value * times, offset + last.start(), offset + stop, factor[1] if factor else ""


def _value(written: str) -> Decimal:
    if written.lower() in WORDS:
        return Decimal(WORDS[written.lower()])
    bare = re.sub(rf"[{SPACES}{INLINE}]", "", written)
    if re.fullmatch(r"\d{1,3}(,\d{3})+", bare):
        return Decimal(bare.replace(",", ""))
    return Decimal(bare.replace(",", "."))


def _finding(passage: Passage, known: Known, value, start: int, end: int, factor: str) -> Finding:
    fact = known.current
    words = {
        "value": number_text(value, passage.language), "wording": fact.said(passage.language)[0],
        "source": fact.source, "day": fact.day_text(),
    }  # fmt: skip
    message = _("%(value)s here; the facts register says: %(wording)s (%(source)s, %(day)s).")
    text = message % words
    if before := next((old for old in known.earlier if old.value == value), None):
        text += " " + _("So it was said before, as of %s.") % before.day_text()
    right = None if factor else number_text(fact.value, passage.language)
    return passage.finding("figure", start, end, text, right)
