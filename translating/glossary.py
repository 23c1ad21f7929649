"""Warnings of the glossary: a term of the source that the translation names otherwise.

Words are compared by their stems, so that "Исполнительного бюро" is the Executive Bureau too.
Warnings are advice: nothing is changed and nothing is refused.
"""

import re
from dataclasses import dataclass
from functools import lru_cache

from django.utils.translation import gettext as _

from content import cacheversion
from content.richtext import plain_text
from translating.models import Term

CYRILLIC = re.compile(r"[а-яё]", re.IGNORECASE)
ENDING = re.compile(r"[аеёиоуыэюяйь]{1,2}$", re.IGNORECASE)
SHORTEST_STEM = 3
BETWEEN_WORDS = r"[\s\-–—.,№«»“”]+"


@dataclass(frozen=True)
class Warning:
    """`code` is "missing" (the agreed name is absent) or "forbidden" (a variant nobody should use).

    `term` is the name in the source, `wanted` the agreed one in the target, `found` the variant
    as it stands in the target (empty for "missing"). `message` is a sentence for people.
    """

    code: str
    term: str
    wanted: str
    found: str
    message: str


def warnings(source: str, target: str, source_language: str, target_language: str) -> list[Warning]:
    """What the glossary says of a translation, plain or rich text; nothing for an empty target.

    With `source_language == target_language` the text alone is judged, for forbidden variants.
    """
    source, target = _plain(source), _plain(target)
    if not target:
        return []
    found = []
    for term in _terms():
        found += _of_term(term, source, target, source_language, target_language)
    return found


def _of_term(term: Term, source: str, target: str, before: str, after: str) -> list[Warning]:
    named, wanted = term.name_in(before), term.name_in(after)
    variants = [match for variant in term.forbidden_in(after) if (match := _find(variant, target))]
    if variants and not _is_part_of_the_right_one(variants, wanted, target):
        return [_forbidden(named or wanted, wanted, variants[0])]
    if before == after or not named or not wanted or not _find(named, source):
        return []
    return [] if _find(wanted, target) else [_missing(named, wanted)]


def _is_part_of_the_right_one(variants: list[str], wanted: str, target: str) -> bool:
    """Whether the variants stand only inside the agreed name: "Bureau" in "Executive Bureau"."""
    if not wanted:
        return False
    rest = pattern(wanted).sub(" ", target)
    return not any(_find(variant, rest) for variant in variants)


def _missing(named: str, wanted: str) -> Warning:
    words = {"term": named, "wanted": wanted}
    message = _("“%(term)s” is “%(wanted)s” in the glossary; the translation has another wording.")
    return Warning("missing", named, wanted, "", message % words)


def _forbidden(named: str, wanted: str, found: str) -> Warning:
    words = {"found": found, "wanted": wanted}
    message = (
        _("“%(found)s” is not used; the glossary says “%(wanted)s”.")
        if wanted
        else _("“%(found)s” is not used, says the glossary.")
    )
    return Warning("forbidden", named, wanted, found, message % words)


def _find(words: str, text: str) -> str:
    match = pattern(words).search(text)
    return match.group() if match else ""


@lru_cache(maxsize=4096)
def pattern(words: str) -> re.Pattern[str]:
    """Finds a term in a text, whatever the case of its words and the endings they have there."""
    parts = [_word(word) for word in re.findall(r"[\w'’]+", words)]
    return re.compile(rf"\b{BETWEEN_WORDS.join(parts)}\b", re.IGNORECASE)


def _word(word: str) -> str:
    if not CYRILLIC.search(word):
        return re.escape(word) + r"(?:['’]?s)?"
    stem = _stem(word)
    folded = re.sub("[её]", "[её]", re.escape(stem), flags=re.IGNORECASE)
    if len(word) <= SHORTEST_STEM or word.isupper():
        return folded
    return folded + (r"\w{0,3}" if stem == word else r"\w{0,4}")


def _stem(word: str) -> str:
    """A Cyrillic word without the vowels that its cases change."""
    stem = ENDING.sub("", word)
    return stem if len(stem) >= SHORTEST_STEM else word


def _plain(text: str) -> str:
    text = text or ""
    return plain_text(text) if "<" in text else text


def _terms() -> list[Term]:
    """All terms, the longest names first; remembered until the content changes."""

    def read() -> list[Term]:
        return sorted(Term.objects.all(), key=lambda term: -len(str(term)))

    return cacheversion.remembered("translating-glossary", read)
