"""Two revisions side by side: what was added and what was taken away, word by word."""

import difflib
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.db import models
from django.utils.translation import gettext as _

from content import revisions
from content.dates import moment_text
from content.languages import LANGUAGE_CODES
from content.richtext import RichTextField, plain_text
from content.timezones import association_zone

SAME, ADDED, TAKEN = "same", "ins", "del"
WORDS = re.compile(r"\s+|[^\s]+")


@dataclass(frozen=True)
class Piece:
    """Some words of a paragraph; `kind` is "same", "ins" or "del"."""

    kind: str
    text: str


Paragraph = list[Piece]


@dataclass(frozen=True)
class Difference:
    """One column that differs. `paragraphs` are empty where its formatting alone changed."""

    label: str
    language: str
    paragraphs: list[Paragraph]


def differences(
    model: type[models.Model], older: dict[str, Any], newer: dict[str, Any]
) -> list[Difference]:
    """The columns in which two revisions of a record differ, texts first, language by language."""
    found = []
    for field in revisions.kept_fields(model):
        before, after = older.get(field.name), newer.get(field.name)
        if (before or "") == (after or ""):
            continue
        language = field.name[-2:] if hasattr(field, "translated_field") else ""
        name = getattr(field, "translated_field", field).verbose_name
        marked = marks(_blocks(field, before), _blocks(field, after))
        found.append(Difference(str(name), language, marked))
    return sorted(found, key=_order)


def _order(difference: Difference) -> int:
    codes = [*LANGUAGE_CODES, ""]
    return codes.index(difference.language)


def _blocks(field: models.Field, value: Any) -> list[str]:
    """A stored value in the words of the reader, a paragraph each."""
    if value in (None, ""):
        return []
    if isinstance(field, RichTextField):
        return plain_text(value).splitlines()
    if field.choices:
        return [str(dict(field.flatchoices).get(value, value))]
    if isinstance(field, models.DateTimeField):
        return [moment_text(field.to_python(value), association_zone())]
    if isinstance(field, models.ForeignKey):
        other = field.related_model._base_manager.filter(pk=value).first()
        return [str(other or _("deleted meanwhile"))]
    if isinstance(value, bool):
        return [_("yes") if value else _("no")]
    return [line for line in str(value).splitlines() if line.strip()]


def marks(older: list[str], newer: list[str]) -> list[Paragraph]:
    """The paragraphs of two texts with their differences marked; none where the words agree."""
    if older == newer:
        return []
    found: list[Paragraph] = []
    matcher = difflib.SequenceMatcher(a=older, b=newer, autojunk=False)
    for kind, a, b, c, d in matcher.get_opcodes():
        if kind == "equal":
            found += [[Piece(SAME, text)] for text in older[a:b]]
        else:
            found += _changed(older[a:b], newer[c:d])
    return found


def _changed(older: list[str], newer: list[str]) -> Iterator[Paragraph]:
    """Paragraphs in the place of others: paired in their order, the rest is added or taken."""
    paired = min(len(older), len(newer))
    yield from (_words(a, b) for a, b in zip(older, newer, strict=False))
    yield from ([Piece(TAKEN, text)] for text in older[paired:])
    yield from ([Piece(ADDED, text)] for text in newer[paired:])


def _words(older: str, newer: str) -> Paragraph:
    a, b = WORDS.findall(older), WORDS.findall(newer)
    pieces = []
    matcher = difflib.SequenceMatcher(a=a, b=b, autojunk=False)
    for kind, start, end, first, last in matcher.get_opcodes():
        if kind == "equal":
            pieces.append(Piece(SAME, "".join(a[start:end])))
            continue
        if end > start:
            pieces.append(Piece(TAKEN, "".join(a[start:end])))
        if last > first:
            pieces.append(Piece(ADDED, "".join(b[first:last])))
    return pieces
