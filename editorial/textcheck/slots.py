"""The wrong language in a column: a whole text in the other slot, Russian words left in English."""

import re
from collections.abc import Iterator

from django.db import models
from django.utils.translation import gettext as _

from editorial.textcheck.alphabets import is_latin
from editorial.textcheck.findings import Finding
from editorial.textcheck.passages import Passage
from editorial.textcheck.words import ADDRESS

LETTER = re.compile(r"[A-Za-zА-Яа-яЁё]")
CYRILLIC_RUN = re.compile(
    r"(?<![A-Za-zА-Яа-яЁё])[А-Яа-яЁё]{2,}(?:[ ,.:;\d()«»\"–-]{1,8}[А-Яа-яЁё]+)*(?![A-Za-zА-Яа-яЁё])"
)
SHOWN = 80
MARKED = re.compile(r"<(p|blockquote|a)\b[^<>]*\blang=[\"'](ru|en)[\"'][^<>]*>.*?</\1>", re.DOTALL)
FEWEST_LETTERS = 5
WRONG_SLOT = 50


def share_of_cyrillic(text: str) -> int:
    """How many per cent of the letters are Cyrillic; 0 of a text without letters."""
    letters = LETTER.findall(ADDRESS.sub(" ", text))
    if not letters:
        return 0
    return round(100 * sum(not is_latin(letter) for letter in letters) / len(letters))


def wrong_slot(passage: Passage) -> Finding | None:
    """The remark that a column is in the other language, with the share; None when it is not."""
    text = _without_marked(passage)
    if len(LETTER.findall(text)) < FEWEST_LETTERS:
        return None
    share = share_of_cyrillic(text)
    share = 100 - share if passage.language == "ru" else share
    if share <= WRONG_SLOT:
        return None
    return Finding(
        code="wrong-slot",
        language=passage.language,
        field=passage.field,
        excerpt=passage.around(0, 0),
        message=_message(passage, share),
        fix="swap",
        end=len(passage.value),
        wrong=passage.value,
    )


def _without_marked(passage: Passage) -> str:
    """The text without what is marked as being in the other language."""
    text = passage.text
    for start, end in _marked(passage):
        text = text[:start] + " " * (end - start) + text[end:]
    return text


def _marked(passage: Passage) -> list[tuple[int, int]]:
    other = "en" if passage.language == "ru" else "ru"
    return [found.span() for found in MARKED.finditer(passage.value) if found[2] == other]


def _message(passage: Passage, share: int) -> str:
    words = {"field": passage.label, "share": share}
    if passage.language == "ru":
        return _(
            "The Russian text of “%(field)s” looks English: %(share)s %% of its letters are Latin."
        ) % words  # fmt: skip
    return _(
        "The English text of “%(field)s” looks Russian: %(share)s %% of its letters are Cyrillic."
    ) % words  # fmt: skip


def wrong_language(passage: Passage) -> Iterator[Finding]:
    """A whole text in the wrong slot, else the Russian words that were left in an English one."""
    if finding := wrong_slot(passage):
        yield finding
        return
    if passage.language != "en":
        return
    marked = _marked(passage)
    for found in CYRILLIC_RUN.finditer(passage.text):
        if not any(start <= found.start() < end for start, end in marked):
            message = _("Russian was left in the English text: “%s”.") % found[0][:SHOWN]
            yield passage.finding("cyrillic-left", *found.span(), message)


def swap(record: models.Model, field: str) -> None:
    """Exchange the two languages of a field, in memory."""
    russian, english = getattr(record, f"{field}_ru"), getattr(record, f"{field}_en")
    setattr(record, f"{field}_ru", english)
    setattr(record, f"{field}_en", russian)
