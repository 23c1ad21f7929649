"""Two versions of a text, what went and what came marked with <del> and <ins>."""

import difflib
import re

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

WORDS = re.compile(r"\s+|[^\s\w]|\w+")


def marked(old: str, new: str) -> SafeString:
    """The new text with deletions and additions marked, word by word; everything escaped."""
    before, after = WORDS.findall(old), WORDS.findall(new)
    matcher = difflib.SequenceMatcher(None, before, after, autojunk=False)
    return format_html_join(
        "",
        "{}",
        (
            (_piece(kind, "".join(before[i1:i2]), "".join(after[j1:j2])),)
            for kind, i1, i2, j1, j2 in matcher.get_opcodes()
        ),
    )


def _piece(kind: str, gone: str, come: str) -> SafeString | str:
    if kind == "equal":
        return gone
    removed = format_html("<del>{}</del>", gone) if gone else ""
    added = format_html("<ins>{}</ins>", come) if come else ""
    return format_html("{}{}", removed, added)
