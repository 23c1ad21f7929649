"""The columns of a record as the checks read them: tags and entities masked, places kept."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from django.db import models
from modeltranslation.translator import NotRegistered, translator

from content.languages import LANGUAGE_CODES
from content.richtext import RichTextField
from editorial.textcheck.findings import AROUND, Finding

# No letter, no space: what stands there is a tag or an entity.
INLINE = "\ue000"
MARKUP = re.compile(r"<[^>]*>|&(?:#\d+|#x[0-9a-fA-F]+|\w+);")
BLOCK = re.compile(r"</?(?:p|h\d|ul|ol|li|blockquote|hr|br|table|thead|tbody|tr|th|td)\b")


@dataclass(frozen=True)
class Passage:
    """One column: `value` as it is stored, `text` of the same length with its markup masked."""

    field: str
    language: str
    label: str
    value: str
    text: str
    is_rich: bool

    def finding(self, code: str, start: int, end: int, message, replacement=None) -> Finding:
        """A remark on a place of this column; with a replacement it can be fixed by a click."""
        return Finding(
            code=code,
            language=self.language,
            field=self.field,
            excerpt=self.around(start, end),
            message=message,
            fix="" if replacement is None else "replace",
            start=start,
            end=end,
            replacement=replacement or "",
            wrong=self.value[start:end],
        )

    def around(self, start: int, end: int) -> str:
        """The place with some words on both sides, without markup."""
        first, last = max(0, start - AROUND), min(len(self.text), end + AROUND)
        shown = re.sub(rf"[{INLINE}\s]+", " ", self.text[first:last]).strip()
        return f"{'…' if first else ''}{shown}{'…' if last < len(self.text) else ''}"


def masked(value: str) -> str:
    """The same length; blocks are lines of their own, other markup is no text."""
    return MARKUP.sub(
        lambda found: ("\n" if BLOCK.match(found[0]) else INLINE) * len(found[0]), value
    )


def translated_fields(model: type[models.Model]) -> list[str]:
    """The names of the bilingual fields of a model, in their order."""
    try:
        return list(translator.get_options_for_model(model).get_field_names())
    except NotRegistered:
        return []


def passages(record: models.Model) -> Iterator[Passage]:
    """Every column of a record that has a text."""
    for name in translated_fields(type(record)):
        field = record._meta.get_field(name)
        is_rich = isinstance(field, RichTextField)
        for code in LANGUAGE_CODES:
            value = getattr(record, f"{name}_{code}", None) or ""
            if isinstance(value, str) and value:
                text = masked(value) if is_rich else value
                yield Passage(name, code, str(field.verbose_name), value, text, is_rich)
