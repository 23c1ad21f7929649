"""Runs the checks over a record."""

from collections.abc import Callable, Iterator

from django.db import models

from content.languages import LANGUAGE_CODES
from editorial.textcheck.addresses import links
from editorial.textcheck.alphabets import homoglyphs
from editorial.textcheck.figures import disagreeing, known_subjects
from editorial.textcheck.findings import Finding
from editorial.textcheck.passages import Passage, passages
from editorial.textcheck.pictures import undescribed
from editorial.textcheck.placeholders import placeholders
from editorial.textcheck.slots import wrong_language, wrong_slot
from editorial.textcheck.spacing import spaces
from editorial.textcheck.terms import of_glossary
from editorial.textcheck.words import grown_together, split_words

# Of one column each, without the database.
CHECKS: tuple[Callable[[Passage], Iterator[Finding]], ...] = (
    wrong_language,
    homoglyphs,
    split_words,
    grown_together,
    placeholders,
    links,
    spaces,
)
# Written by machines or for them.
NOT_READ = {"match_words"}


def check(record: models.Model) -> list[Finding]:
    """All remarks on the texts and pictures of a record, in the order of its columns.

    A handful of queries, whatever the length of the texts.
    """
    columns = {
        (passage.field, passage.language): passage
        for passage in passages(record)
        if passage.field not in NOT_READ
    }
    subjects = [] if record._meta.app_label == "facts" else known_subjects()
    found: list[Finding] = []
    for passage in columns.values():
        found += in_column(passage)
        found += disagreeing(passage, subjects)
        found += of_glossary(passage, _source_of(passage, columns, record))
    languages = [code for code in LANGUAGE_CODES if any(key[1] == code for key in columns)]
    found += undescribed(record, languages)
    return found


def in_column(passage: Passage) -> list[Finding]:
    """The remarks that need the text of one column alone: each place once."""
    found: dict[tuple[int, int], Finding] = {}
    for one in CHECKS:
        for finding in one(passage):
            found.setdefault((finding.start, finding.end), finding)
    return sorted(found.values(), key=lambda finding: finding.start)


def in_wrong_slot(record: models.Model) -> list[Finding]:
    """Only the columns whose text is in the other language; no query."""
    return [finding for passage in passages(record) if (finding := wrong_slot(passage))]


def _source_of(passage: Passage, columns: dict, record: models.Model) -> Passage | None:
    """The column that this one was translated from; None of the original itself."""
    source = getattr(record, "source_language", "") or LANGUAGE_CODES[0]
    return None if passage.language == source else columns.get((passage.field, source))
