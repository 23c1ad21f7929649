"""What the glossary says of a translation, as findings of the text check."""

from collections.abc import Iterator

from editorial.textcheck.findings import Finding
from editorial.textcheck.passages import Passage
from translating import glossary


def of_glossary(passage: Passage, source: Passage | None) -> Iterator[Finding]:
    """Warnings on a column made from `source`; without one, on its forbidden wordings alone."""
    before = source or passage
    for warning in glossary.warnings(
        before.value, passage.value, before.language, passage.language
    ):
        start = passage.text.find(warning.found) if warning.found else -1
        if start < 0:
            yield passage.finding("glossary", 0, 0, warning.message)
            continue
        end = start + len(warning.found)
        right = warning.wanted or None
        yield passage.finding("glossary", start, end, warning.message, right)
