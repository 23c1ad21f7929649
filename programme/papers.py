"""The programme on paper: both languages in every cell, A4 across, one file for each version."""

import datetime
from typing import Any

from django.utils import translation
from django.utils.translation import gettext as _

from content import documents
from content.languages import LANGUAGE_CODES
from content.models import PrivateFile
from content.privatefiles import all_or_nothing, keep_bytes
from content.timezones import zone_words
from events.models import Event
from events.words import when_text
from programme import cards, grid, snapshots
from programme.cards import Card, Text
from programme.models import ProgrammeVersion

TEMPLATE = "programme/pdf/programme.typ"
PURPOSE = "programme.pdf"
PDF = "application/pdf"


@all_or_nothing()
def of_version(version: ProgrammeVersion) -> PrivateFile:
    """The file of a version: made by who asks first, kept for all others."""
    if version.pdf is not None:
        return version.pdf
    current = ProgrammeVersion.objects.select_for_update(of=("self",)).get(pk=version.pk)
    if current.pdf is None:
        day = version.published_at.date()
        made = _pdf(version.event, version.snapshot, version.number, [], day)
        name = f"programme-{version.event.slug}-{version.number}.pdf"
        current.pdf = keep_bytes(made, name, PDF, PURPOSE, None)
        current.save(update_fields=["pdf"])
    return current.pdf


def of_draft(event: Event) -> bytes:
    """The draft as it is now, with the list of cells that one language lacks: for staff."""
    gaps = [
        [str(gap["session"]), str(gap["field"]), gap["language"], gap["text"]]
        for gap in snapshots.untranslated(event)
    ]
    return _pdf(event, snapshots.take(event), None, gaps, None)


def _pdf(
    event: Event, snapshot: dict, number: int | None, gaps: list, day: datetime.date | None
) -> bytes:
    words = {code: _words(event, snapshot, number, code) for code in LANGUAGE_CODES}
    data = {"words": words, "days": _days(snapshot), "gaps": gaps}
    title = f"{words['ru']['heading']}. {words['ru']['title']}"
    return documents.pdf(TEMPLATE, data, title=title, language="ru", day=day)


def _words(event: Event, snapshot: dict, number: int | None, code: str) -> dict[str, Any]:
    """The head of the sheet and the labels, in one language."""
    with translation.override(code):
        numbered = _("version %(number)d") % {"number": number} if number else _("draft")
        return {
            "heading": _("Programme"),
            "version": numbered,
            "title": cards.text_of(snapshot["event"], "title").text,
            "place": cards.text_of(snapshot["event"], "place").text,
            "when": when_text(event.starts_at, event.ends_at, event.zone),
            "clock": zone_words(event.starts_at, event.zone),
            "time": _("Time"),
            "gaps": _("Cells without a translation"),
            "gap_headings": [_("Session"), _("Cell"), _("Missing in"), _("Text")],
        }


def _days(snapshot: dict[str, Any]) -> list[dict[str, Any]]:
    """The table of each day, every text in both languages."""
    found = {}
    for code in LANGUAGE_CODES:
        with translation.override(code):
            shown = cards.of_snapshot(snapshot)
            by_key = {card.pk: _printed(card) for card in shown}
            found[code] = (grid.days(shown), by_key)
    tables = zip(*(found[code][0] for code in LANGUAGE_CODES), strict=True)
    printed = {code: found[code][1] for code in LANGUAGE_CODES}
    return [_day(dict(zip(LANGUAGE_CODES, pair, strict=True)), printed) for pair in tables]


def _day(day: dict[str, grid.Day], printed: dict[str, dict[int, dict]]) -> dict[str, Any]:
    heads = zip(*(day[code].columns for code in LANGUAGE_CODES), strict=True)
    return {
        "title": {code: day[code].title for code in LANGUAGE_CODES},
        "columns": [
            {code: one.text for code, one in zip(LANGUAGE_CODES, pair, strict=True)}
            for pair in heads
        ],
        "lines": [
            {"time": line.time, "cells": [_cell(cell, printed) for cell in line.cells]}
            for line in next(iter(day.values())).lines
        ],
    }


def _cell(cell: grid.Cell, printed: dict[str, dict[int, dict]]) -> dict[str, Any]:
    card = cell.card
    texts = {code: printed[code][card.pk] for code in LANGUAGE_CODES} if card else None
    is_break = bool(card and card.is_break)
    return {"rows": cell.rows, "columns": cell.columns, "texts": texts, "is_break": is_break}


def _printed(card: Card) -> dict[str, Any]:
    """What a cell says of a session in the active language."""
    return {
        "hours": card.hours,
        "kind": card.kind,
        "title": _marked(card.title),
        "languages": card.languages,
        "speakers": [_speaker(one) for one in card.speakers],
    }


def _marked(text: Text) -> dict[str, str]:
    return {"text": text.text, "lang": text.lang}


def _speaker(one: cards.Speaker) -> str:
    behalf = _("on behalf of: %s") % one.behalf.text if one.behalf else ""
    words = ", ".join(filter(None, [one.name.text, one.position.text, behalf]))
    return f"{words} ({one.role})" if one.role else words
