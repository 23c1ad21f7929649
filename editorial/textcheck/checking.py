"""Runs the checks over a record."""

from collections.abc import Callable, Iterator

from django.db import models

from editorial.textcheck.alphabets import homoglyphs
from editorial.textcheck.findings import Finding
from editorial.textcheck.passages import Passage, passages
from editorial.textcheck.spacing import spaces

# Of one column each.
CHECKS: tuple[Callable[[Passage], Iterator[Finding]], ...] = (homoglyphs, spaces)


def check(record: models.Model) -> list[Finding]:
    """All remarks on the texts of a record, in the order of its columns."""
    found = []
    for passage in passages(record):
        for one in CHECKS:
            found.extend(one(passage))
    return found
