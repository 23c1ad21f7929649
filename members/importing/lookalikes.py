"""Letters of another alphabet that look the same: a Latin "a" inside «Казань»."""

import re

CYRILLIC = re.compile(r"[\u0400-\u052f\u1c80-\u1c8f\u2de0-\u2dff\ua640-\ua69f]")
LATIN = re.compile(r"[A-Za-z\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u02af\u1e00-\u1eff\u2c60-\u2c7f]")
WORD = re.compile(r"[^\W\d_]+")
# Latin letters that a reader takes for Cyrillic ones.
TWINS = frozenset("ABCEHKMOPTXYacekmopxyIiSsJj")
ROMAN = re.compile(r"[IVX]+")


def latin_inside(text: str) -> list[tuple[str, int]]:
    """Latin letters that slipped into a name in Cyrillic, with their places from 1.

    A whole word in Latin letters is left alone (UCLG) unless it could be read as a Cyrillic one.
    """
    if not LATIN.search(text) or not CYRILLIC.search(text):
        return []
    return [
        (match.group(), word.start() + match.start() + 1)
        for word in WORD.finditer(text)
        if _is_suspicious(word.group())
        for match in LATIN.finditer(word.group())
    ]


def _is_suspicious(word: str) -> bool:
    if CYRILLIC.search(word):
        return True
    return TWINS.issuperset(word) and not ROMAN.fullmatch(word)


def cyrillic_inside(text: str) -> list[tuple[str, int]]:
    """Cyrillic letters in a text that holds none, with their places from 1."""
    return [(match.group(), match.start() + 1) for match in CYRILLIC.finditer(text)]


def listed(letters: list[tuple[str, int]]) -> str:
    """For a message: a (2), o (5)."""
    return ", ".join(f"{letter} ({place})" for letter, place in letters)
