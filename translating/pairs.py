"""Paragraph pairs of a record: what a translator reads, and how what comes back is put together.

A pair is a paragraph of the source with the paragraph that stands for it now. What comes back is
plain text; the blocks around it (headings, lists, tables) are those of the source. A paragraph
whose words stayed as they are keeps its links and its bold words; in others these are set anew.
"""

import html
import re
from dataclasses import dataclass

from django.db import models

from content.richtext import RichTextField, plain_text
from content.translation_state import paragraphs, translated_fields

BLOCK_TAG = r"</?(?:p|h2|h3|ul|ol|li|blockquote|hr|table|thead|tbody|tr|th|td)\b[^>]*>"
LEADING = re.compile(rf"^(?:\s*{BLOCK_TAG})*")
TRAILING = re.compile(rf"(?:\s*{BLOCK_TAG})*\s*$")


@dataclass(frozen=True)
class Pair:
    """One paragraph: `block` is that of the source as stored, the others are plain text."""

    field: str
    block: str
    source: str
    target: str


def fields_in_order(record: models.Model) -> list[str]:
    """The translated fields of a record, in the order in which its model names them."""
    translated = set(translated_fields(record))
    return [field.name for field in record._meta.concrete_fields if field.name in translated]


def is_rich(record: models.Model, field: str) -> bool:
    """Whether a field holds HTML."""
    return isinstance(record._meta.get_field(field), RichTextField)


def blocks(text: str | None, rich: bool) -> list[str]:
    """The paragraphs that have words; tags without words stand with the paragraph beside them."""
    found: list[str] = []
    waiting = ""
    for block in paragraphs(text):
        if words(block, rich):
            found.append(waiting + block)
            waiting = ""
        else:
            waiting += block
    if waiting and found:
        found[-1] += waiting
    return found


def words(block: str, rich: bool) -> str:
    """The plain text of a paragraph."""
    return plain_text(block) if rich else block.strip()


def pairs_of(record: models.Model, language: str) -> list[Pair]:
    """All paragraphs of the source, each with the present one in `language` (or an empty text).

    Where the translation has more paragraphs than the source, the rest stands with the last one.
    """
    pairs = []
    for field in fields_in_order(record):
        rich = is_rich(record, field)
        sources = blocks(_text(record, field, record.source_language), rich)
        targets = [words(one, rich) for one in blocks(_text(record, field, language), rich)]
        if sources and len(targets) > len(sources):
            last = len(sources) - 1
            targets = [*targets[:last], "\n".join(targets[last:])]
        targets += [""] * (len(sources) - len(targets))
        pairs += [
            Pair(field, block, words(block, rich), target)
            for block, target in zip(sources, targets, strict=False)
        ]
    return pairs


def put_together(
    record: models.Model, language: str, pairs: list[Pair], texts: list[str]
) -> dict[str, str]:
    """The new value of each field of `pairs`, from a text for every pair."""
    values = {}
    for field in dict.fromkeys(pair.field for pair in pairs):
        own = [(pair, text) for pair, text in zip(pairs, texts, strict=True) if pair.field == field]
        if not is_rich(record, field):
            values[field] = "\n\n".join(text.strip() for _pair, text in own)
            continue
        kept = {words(one, True): one for one in blocks(_text(record, field, language), True)}
        values[field] = "".join(_dressed(pair.block, text, kept) for pair, text in own)
    return values


def _dressed(block: str, text: str, kept: dict[str, str]) -> str:
    """A text with the tags of the block it stands for."""
    before = LEADING.match(block).group()
    after = TRAILING.search(block, len(before)).group()
    inner = html.escape(text.strip(), quote=False).replace("\n", "<br>")
    if (same := kept.get(text.strip())) is not None:
        own = LEADING.sub("", same, count=1)
        inner = own[: TRAILING.search(own).start()]
    return before + inner + after


def _text(record: models.Model, field: str, language: str) -> str:
    return getattr(record, f"{field}_{language}") or ""
