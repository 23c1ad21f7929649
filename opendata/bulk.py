"""Bulk files: every kind of open data whole, as CSV, XLSX and JSON lines, with a code book.

Made by a worker at night, and only where the data have changed. A new version takes the place of
the old one at once: who is reading the old file reads it to its end.
"""

import hashlib
import json
from collections.abc import Iterator
from itertools import islice
from typing import Any

from django.core.files.base import ContentFile
from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone, translation

from content import cacheversion, dated, tables
from opendata import code_book
from opendata.columns import Row
from opendata.models import DataFile
from opendata.resources import ALL, BY_CODE, Resource
from standings.open_data import frozen

AT_ONCE = 500
TYPES = {
    "csv": "text/csv; charset=utf-8", "xlsx": tables.XLSX_TYPE,
    "jsonl": "application/jsonl; charset=utf-8",
}  # fmt: skip


def codes() -> list[str]:
    """The kinds of data that are offered as files."""
    return [one.code for one in ALL if one.in_files]


def remake_all() -> list[str]:
    """Make what has changed anew; gives the codes of those that had."""
    return [code for code in codes() if remake(code)]


def remake(code: str) -> bool:
    """Make the files of one kind anew; False where they are as the records are."""
    resource = BY_CODE[code]
    rows = list(rows_of(resource))
    lines = "".join(f"{json.dumps(row, ensure_ascii=False)}\n" for row in rows).encode()
    book = _csv(code_book.HEADINGS, code_book.rows(resource))
    digest = hashlib.sha256(lines + book).hexdigest()
    own = DataFile.objects.filter(dataset=code)
    now = timezone.now()
    if own.filter(content_sha256=digest).count() == len(TYPES) + 1:
        own.update(checked_at=now)
        cacheversion.bump()
        return False
    files = _files(resource, rows) | {f"{code}.jsonl": lines, f"{code}-code-book.csv": book}
    _replace(code, files, {"rows": len(rows), "content_sha256": digest, "made_at": now,
                           "checked_at": now})  # fmt: skip
    return True


def rows_of(resource: Resource) -> Iterator[Row]:
    """All public rows of today; queries grow with the thousands, not with the rows."""
    today = dated.today()
    found = resource.find(resource.asked(), today)
    records = found.iterator(chunk_size=AT_ONCE) if isinstance(found, QuerySet) else iter(found)
    while some := list(islice(records, AT_ONCE)):
        yield from resource.rows(some, today)


def _files(resource: Resource, rows: list[Row]) -> dict[str, bytes]:
    names = [column.name for column in code_book.in_files(resource)]
    cells = [[_cell(row.get(name)) for name in names] for row in rows]
    return {
        f"{resource.code}.csv": _csv(names, cells),
        f"{resource.code}.xlsx": frozen(tables.xlsx(resource.code, names, cells)),
    }


def _csv(headings: Any, rows: Any) -> bytes:
    """With a byte order mark, commas and decimal points, whoever reads it."""
    with translation.override("en"):
        return tables.csv_response("data", headings, rows).content


def _cell(value: Any) -> Any:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, list):
        return code_book.SEVERAL.join(str(one) for one in value)
    return "" if value is None else value


def _replace(code: str, files: dict[str, bytes], facts: dict[str, Any]) -> None:
    """Put new files in the place of old ones: all of a kind together, or none."""
    old: list[DataFile] = []
    new: list[DataFile] = []
    try:
        with transaction.atomic():
            old = list(DataFile.objects.select_for_update().filter(dataset=code))
            DataFile.objects.filter(pk__in=[one.pk for one in old]).delete()
            for name, data in files.items():
                row = DataFile(name=name, dataset=code, size=len(data), **facts)
                row.sha256 = hashlib.sha256(data).hexdigest()
                row.file.save(name, ContentFile(data), save=False)
                new.append(row)
                row.save()
    except Exception:
        _forget(new)
        raise
    transaction.on_commit(lambda: _forget(old))


def _forget(rows: list[DataFile]) -> None:
    for row in rows:
        row.file.storage.delete(row.file.name)


def sums() -> str:
    """What `sha256sum -c SHA256SUMS` reads."""
    rows = DataFile.objects.order_by("name").values_list("sha256", "name")
    return "".join(f"{sha256}  {name}\n" for sha256, name in rows)
