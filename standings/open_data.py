"""The data package of an edition: public results at stable addresses, with a code book.

The same data give the same bytes, so that SHA256SUMS holds for files fetched one by one.
"""

import hashlib
import io
import json
import re
import zipfile
from collections.abc import Callable, Sequence
from typing import Any

from django.conf import settings
from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from content import cacheversion, tables
from content.languages import in_language, reading_order
from ratings.models import Edition
from standings import canonical, code_book, corrections, listing, results_page
from standings.listing import Row
from standings.models import Seal

LICENCE = "CC BY 4.0"
LICENCE_URL = "https://creativecommons.org/licenses/by/4.0/"
LONG_AGO = (1980, 1, 1, 0, 0, 0)
WRITTEN_AT = re.compile(rb"(<dcterms:(?:created|modified)[^>]*>)[^<]*")
PLAIN = "text/plain; charset=utf-8"
KINDS = {
    "csv": "text/csv; charset=utf-8", "xlsx": tables.XLSX_TYPE, "txt": PLAIN,
    "json": "application/json", "zip": "application/zip", "": PLAIN,
}  # fmt: skip
SUMS, PACKAGE = "SHA256SUMS", "package.zip"
NAMES = {
    "results.csv": gettext_lazy("Results as a table"),
    "results.xlsx": gettext_lazy("Results for Excel"),
    "results.json": gettext_lazy("Results and code book for programs"),
    "code-book.csv": gettext_lazy("Code book: what the columns, directions and questions mean"),
    "sealed.json": gettext_lazy("Sealed results, exactly the text that was hashed"),
    "licence.txt": gettext_lazy("Licence and how to name the source"),
}


def page(edition: Edition) -> dict[str, Any]:
    """The context of the page: files with their sizes and checksums, the code book."""
    made = files(edition)
    return {
        "files": [
            {"name": name, "label": NAMES[name], "ending": name.rpartition(".")[2].upper(),
             "size": len(data), "sha256": hashlib.sha256(data).hexdigest()}
            for name, data in made.items()
        ],
        "seal": _seal(edition), "corrections": corrections.of(edition),
        "code_book": code_book.as_objects(edition, columns_of(edition)),
        "licence": LICENCE, "licence_url": LICENCE_URL,
        "sums": SUMS, "package": PACKAGE,
    }  # fmt: skip


def file_of(edition: Edition, name: str) -> HttpResponse | None:
    """A file of the package as an answer; None where there is no file of this name."""
    if name not in (*NAMES, SUMS, PACKAGE):
        return None
    made = files(edition)
    if name == SUMS:
        data = sums(made)
    elif name == PACKAGE:
        data = zipped({**made, SUMS: sums(made)})
    else:
        data = made.get(name)
    return None if data is None else _answer(edition, name, data)


def _answer(edition: Edition, name: str, data: bytes) -> HttpResponse:
    kind = KINDS[name.rpartition(".")[2] if "." in name else ""]
    whole = f"{edition.rating.slug}-{edition.slug}-{name}"
    # SHA256SUMS names files as they are in the package.
    filename = name if name == SUMS else whole if name == PACKAGE else name
    return HttpResponse(
        data, content_type=kind,
        headers={"Content-Disposition": f'attachment; filename="{filename}"'},
    )  # fmt: skip


def files(edition: Edition) -> dict[str, bytes]:
    """All files but the sums and the package: {name: bytes}, remembered per language."""
    name = f"open-data-{edition.pk}-{reading_order()[0]}"
    return cacheversion.remembered(name, lambda: _files(edition))


def _files(edition: Edition) -> dict[str, bytes]:
    rows, columns = listing.rows_of(edition), columns_of(edition)
    cells = [[cell(one, column) for column in columns] for one in rows]
    book = code_book.rows(edition, columns)
    title = f"{edition.rating.slug} {edition.slug}"
    seal = _seal(edition)
    made: dict[str, bytes | None] = {
        "results.csv": tables.csv_response("results", columns, cells).content,
        "results.xlsx": frozen(tables.xlsx(title, columns, cells)),
        "results.json": as_json(edition, seal, columns, cells),
        "code-book.csv": tables.csv_response("code-book", code_book.HEADINGS, book).content,
        "sealed.json": canonical.public_text(seal).encode() if seal else None,
        "licence.txt": licence(edition).encode(),
    }
    return {name: data for name, data in made.items() if data is not None}


def _seal(edition: Edition) -> Seal | None:
    return Seal.objects.current().filter(edition=edition).first()


def columns_of(edition: Edition) -> list[str]:
    """The columns of the table of results: machine names, the same in both languages."""
    rows = listing.rows_of(edition)
    if edition.kind == Edition.Kind.KNOWN:
        score_columns = {"score", "likely_from", "likely_to", "place_among_members",
                         "place_among_members_in_class", "class"}  # fmt: skip
        return [one for one in code_book.COLUMNS if one not in score_columns]
    known = {"note_ru", "note_en", "source", "source_url"}
    codes = [code for code, _title in results_page.directions_of(edition, rows)]
    return [
        *(one for one in code_book.COLUMNS if one not in known),
        *(f"{code}_{what}" for code in codes for what in ("score", "place")),
    ]


CELLS: dict[str, Callable[[Row], Any]] = {
    "city": lambda one: one.key,
    "country": lambda one: one.columns["country_code"],
    "class": lambda one: one.class_code,
    "class_ru": lambda one: one.columns["class_title_ru"],
    "class_en": lambda one: one.columns["class_title_en"],
    "guest": lambda one: int(one.is_guest),
    "place": lambda one: one.columns["rank"],
    "place_in_class": lambda one: one.columns["rank_in_class"],
    "place_among_members": lambda one: one.columns["rank_among_members"],
    "place_among_members_in_class": lambda one: one.columns["rank_among_members_in_class"],
    "likely_from": lambda one: one.low,
    "likely_to": lambda one: one.high,
}


def cell(row: Row, column: str) -> Any:
    """What stands in one column of one city; None where there is nothing."""
    if column in CELLS:
        return CELLS[column](row)
    if column in code_book.COLUMNS:
        return row.columns[column]
    code, _underscore, what = column.rpartition("_")
    return (row.directions.get(code) or {}).get("rank" if what == "place" else "score")


def as_json(
    edition: Edition, seal: Seal | None, columns: Sequence[str], cells: Sequence[Sequence]
) -> bytes:
    """Results with their code book for programs; both languages in one file."""
    data = {
        "rating": edition.rating.slug, "edition": edition.slug, "year": edition.year,
        "title_ru": in_language(edition, "title", "ru")[0],
        "title_en": in_language(edition, "title", "en")[0],
        "is_invented": edition.is_invented, "licence": LICENCE, "licence_url": LICENCE_URL,
        "source": results_address(edition),
        "seal": seal and {
            "sha256": seal.sha256, "revision": seal.revision,
            "sealed_at": seal.sealed_at.isoformat(), "code_version": seal.code_version,
        },
        "cities": [dict(zip(columns, row, strict=True)) for row in cells],
        "code_book": code_book.as_objects(edition, columns),
    }  # fmt: skip
    return json.dumps(data, ensure_ascii=False, indent=1, allow_nan=False).encode()


def results_address(edition: Edition) -> str:
    """The whole address of the results page."""
    path = reverse("standings:results", args=[edition.rating.slug, edition.slug])
    return f"{settings.SITE_URL}{path}"


def licence(edition: Edition) -> str:
    """The licence in the reader's language, with the way to name the source."""
    title, association = in_language(edition, "title")[0], _("UCLG-Eurasia")
    lines = [
        f"{LICENCE}: {LICENCE_URL}",
        _("You may copy, change and publish these data if you name the source:"),
        f"{title}, {edition.year}. {association}. {results_address(edition)}",
    ]
    if edition.is_invented:
        lines.append(_("The data of this edition are invented for the demonstration."))
    return "\n".join(lines) + "\n"


def sums(made: dict[str, bytes]) -> bytes:
    """What `sha256sum -c SHA256SUMS` reads."""
    return "".join(
        f"{hashlib.sha256(data).hexdigest()}  {name}\n" for name, data in made.items()
    ).encode()  # fmt: skip


def zipped(made: dict[str, bytes]) -> bytes:
    """An archive whose bytes hang on its files alone."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in made.items():
            archive.writestr(zipfile.ZipInfo(name, LONG_AGO), data, zipfile.ZIP_DEFLATED)
    return out.getvalue()


def frozen(workbook: bytes) -> bytes:
    """The workbook without the moment of its writing."""
    with zipfile.ZipFile(io.BytesIO(workbook)) as archive:
        made = {name: archive.read(name) for name in archive.namelist()}
    core = "docProps/core.xml"
    made[core] = WRITTEN_AT.sub(rb"\g<1>2000-01-01T00:00:00Z", made[core])
    return zipped(made)
