"""Two versions of a text, what went and what came marked with <del> and <ins>."""

import difflib
import re

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

WORDS = re.compile(r"\s+|[^\s\w]|\w+")
# Texts that share less than this are shown one after the other: a mosaic helps nobody.
ALIKE = 0.4


def marked(old: str, new: str) -> SafeString:
    """The new text with deletions and additions marked, word by word; everything escaped."""
    pieces = format_html_join("", "{}", ((_piece(*change),) for change in _changes(old, new)))
    return SafeString(pieces)  # nosec # format_html_join has escaped


def _changes(old: str, new: str) -> list[tuple[str, str]]:
    """What stands where: pairs of what went and what came, both the same where nothing changed."""
    before, after = WORDS.findall(old), WORDS.findall(new)
    matcher = difflib.SequenceMatcher(None, before, after, autojunk=False)
    if not (old and new) or matcher.ratio() < ALIKE:
        return [(old, new)]
    found: list[tuple[str, str]] = []
    for kind, i1, i2, j1, j2 in matcher.get_opcodes():
        gone, come = "".join(before[i1:i2]), "".join(after[j1:j2])
        if found and _is_joint(found, kind, come, j2 == len(after)):
            found[-1] = (found[-1][0] + gone, found[-1][1] + come)
        else:
            found.append((gone, come))
    return found


def _is_joint(found: list[tuple[str, str]], kind: str, come: str, is_end: bool) -> bool:
    """Whether a piece belongs to the change before it: another change, or no word between two."""
    follows_change = found[-1][0] != found[-1][1]
    if kind != "equal":
        return follows_change
    return follows_change and not is_end and not re.search(r"\w", come)


def _piece(gone: str, come: str) -> SafeString | str:
    if gone == come:
        return come
    removed = format_html("<del>{}</del>", gone) if gone else ""
    added = format_html("<ins>{}</ins>", come) if come else ""
    space = " " if gone and come and len(gone.split()) > 1 else ""
    return format_html("{}{}{}", removed, space, added)
