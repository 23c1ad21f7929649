"""Letters of the wrong alphabet that look right: "IAС" with a Cyrillic С, "Cайт" with a Latin C."""

import re
from collections.abc import Iterator

from django.utils.translation import gettext as _

from editorial.textcheck.findings import Finding
from editorial.textcheck.passages import Passage

TO_CYRILLIC = dict(zip("ABCEHKMOPTXYaceopxyk", "АВСЕНКМОРТХУасеорхук", strict=True))
TO_LATIN = {cyrillic: latin for latin, cyrillic in TO_CYRILLIC.items() if cyrillic != "к"}
WORD = re.compile(r"[A-Za-zА-Яа-яЁё]+")
# "PDFы", "SMSка": an abbreviation with a Russian ending is meant so.
BORROWED = re.compile(r"[A-Z]{2,}[а-яё]+\Z")
ALONE = re.compile(r"(?<=[А-Яа-яЁё.,:;»)] )[acoykAOBCK](?= [А-Яа-яЁё«(\d])")


def is_latin(letter: str) -> bool:
    return letter.isascii()


def _turned(word: str, table: dict[str, str], *, latin: bool) -> str:
    """The word in one alphabet; empty when a letter has no twin in it."""
    letters = [letter if is_latin(letter) == latin else table.get(letter, "") for letter in word]
    return "".join(letters) if all(letters) else ""


def in_one_alphabet(word: str, language: str) -> str:
    """What a word of mixed letters was meant to be; empty when that cannot be said."""
    cyrillic = _turned(word, TO_CYRILLIC, latin=False)
    latin = _turned(word, TO_LATIN, latin=True)
    if cyrillic and latin:
        strangers = sum(is_latin(letter) for letter in word)
        mostly_latin = strangers * 2 > len(word)
        if strangers * 2 == len(word):
            mostly_latin = language != "ru"
        return latin if mostly_latin else cyrillic
    return cyrillic or latin


def homoglyphs(passage: Passage) -> Iterator[Finding]:
    """Words that mix Latin and Cyrillic letters, and a lone Latin letter amid Russian words."""
    for found in WORD.finditer(passage.text):
        word = found[0]
        if len({is_latin(letter) for letter in word}) < 2 or BORROWED.match(word):
            continue
        right = in_one_alphabet(word, passage.language)
        message = _("“%s” mixes Latin and Cyrillic letters that look alike.") % word
        yield passage.finding("homoglyph", *found.span(), message, right or None)
    for found in ALONE.finditer(passage.text):
        message = _("A Latin “%s” stands where a Russian word is meant.") % found[0]
        yield passage.finding("homoglyph", *found.span(), message, TO_CYRILLIC[found[0]])
