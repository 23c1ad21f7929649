"""Spaces that are one too many."""

import re
from collections.abc import Iterator

from django.utils.translation import gettext as _

from editorial.textcheck.findings import Finding
from editorial.textcheck.passages import Passage

DOUBLE = re.compile(r"(?<=\S)  +(?=\S)")
BEFORE_MARK = re.compile(r"(?<=[^\W\d]) +(?=[,;:.!?](?:\s|$))")


def spaces(passage: Passage) -> Iterator[Finding]:
    """Double spaces, and a space before a comma or a full stop."""
    for found in DOUBLE.finditer(passage.text):
        yield passage.finding("double-space", *found.span(), _("Two spaces in a row."), " ")
    for found in BEFORE_MARK.finditer(passage.text):
        message = _("A space before a punctuation mark.")
        yield passage.finding("space-before-mark", *found.span(), message, "")
