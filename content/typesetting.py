"""PDF by Typst: templates of the house, data that is never part of the source, both standards.

A template (`templates/<app>/pdf/<name>.typ`) begins with

    #import "/content/pdf/letter.typ": *
    #show: letter

and reads its `data`. What people typed comes in as JSON strings, which Typst prints as they are.
"""

import bisect
import datetime
import functools
import io
import json
import unicodedata
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import segno
import typst
from django.conf import settings
from django.core.serializers.json import DjangoJSONEncoder
from django.template import Engine
from django.template.exceptions import TemplateDoesNotExist
from django.utils import translation
from django.utils.translation import gettext

from content.dated import today
from content.languages import LANGUAGE_CODES
from content.texts import tidy

FONTS = Path(__file__).parent / "fonts"
EMBLEM = Path(settings.BASE_DIR) / "static/img/emblem.svg"
STANDARDS = ["ua-1", "a-2a"]
INK = "#0b2930"
NO_GLYPH = "?"
SPACES = {"\n", "\t", " "}


class UnfinishedDocument(Exception):
    """Typst warned: a face, a glyph or a label is missing, and the paper would be wrong."""


def pdf(
    template: str,
    data: Mapping[str, Any],
    *,
    title: str,
    language: str,
    author: str | None = None,
    day: datetime.date | None = None,
) -> bytes:
    """One PDF/UA-1 and PDF/A-2a file, the same bytes for the same data and day.

    template: "members/pdf/certificate.typ", found among the template folders.
    data: what JSON holds, and dates, decimals and lazy texts (they arrive as strings).
    language: "ru" or "en", that of the main text; `author` is the association unless given.
    day: the day in the properties of the file, today by the association's clock unless given.
    Raises TemplateDoesNotExist, typst.TypstError for a broken template, and UnfinishedDocument
    when Typst only warned.
    """
    path, root = _find(template)
    day = day or today()
    inputs = {
        "data": data,
        "letter": _letter(title, language, author, day),
    }
    made, warnings = typst.compile_with_warnings(
        path,
        root=root,
        font_paths=[FONTS],
        ignore_system_fonts=True,
        sys_inputs={"data": _as_json(inputs)},
        pdf_standards=STANDARDS,
        timestamp=datetime.datetime.combine(day, datetime.time(), datetime.UTC),
    )
    if warnings:
        raise UnfinishedDocument("\n".join(warning.diagnostic for warning in warnings))
    return made


def qr_svg(text: str) -> str:
    """A QR code as SVG text, in the ink of the letterhead, with its quiet zone: for `qr()`."""
    code = io.BytesIO()
    segno.make(text, error="m", micro=False).save(
        code, kind="svg", xmldecl=False, border=2, dark=INK, light="#ffffff"
    )
    return code.getvalue().decode()


def printable(text: str) -> str:
    """The text as paper can show it: tidied, a question mark for what no face holds."""
    text = tidy(text)
    if text.isascii() and text.isprintable():
        return text
    return "".join(char if _has_glyph(char) else NO_GLYPH for char in text)


def _find(template: str) -> tuple[Path, Path]:
    """The path of a template and the folder it was found under: nothing outside is read."""
    for folder in Engine.get_default().dirs:
        path = Path(folder) / template
        if path.is_file():
            return path, Path(folder)
    raise TemplateDoesNotExist(template)


def _letter(title: str, language: str, author: str | None, day: datetime.date) -> dict[str, Any]:
    """What the letterhead says: in each language, so that a bilingual sheet has both."""
    words = {}
    for code in LANGUAGE_CODES:
        with translation.override(code):
            words[code] = {
                "name": gettext("United Cities and Local Governments of Eurasia"),
                "address": gettext("8/1 Mislavsky street, Kazan, 420111"),
                "page": gettext("page {number} of {total}"),
                "check": gettext("QR code: the page that says whether this document is valid"),
            }
    return {
        "title": title,
        "language": language,
        "author": author or words[language]["name"],
        "day": [day.year, day.month, day.day],
        "words": words,
        "contacts": f"{settings.ASSOCIATION_EMAIL}  {settings.ASSOCIATION_PHONE}".strip(),
        "emblem": EMBLEM.read_text(encoding="utf-8"),
    }


def _as_json(inputs: dict[str, Any]) -> str:
    plain = json.loads(json.dumps(inputs, cls=DjangoJSONEncoder))
    return json.dumps(_printable_in(plain), ensure_ascii=False, sort_keys=True)


def _printable_in(value: Any) -> Any:
    if isinstance(value, str):
        return printable(value)
    if isinstance(value, list):
        return [_printable_in(item) for item in value]
    if isinstance(value, dict):
        return {key: _printable_in(item) for key, item in value.items()}
    return value


@functools.cache
def _coverage() -> tuple[list[int], list[int]]:
    ranges = json.loads((FONTS / "coverage.json").read_text(encoding="utf-8"))
    return [first for first, _last in ranges], [last for _first, last in ranges]


@functools.lru_cache(maxsize=4096)
def _has_glyph(char: str) -> bool:
    if char in SPACES:
        return True
    firsts, lasts = _coverage()
    place = bisect.bisect_right(firsts, ord(char)) - 1
    return place >= 0 and ord(char) <= lasts[place] and unicodedata.category(char) != "Cc"
