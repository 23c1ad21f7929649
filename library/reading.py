"""What a worker reads in the files of publications: pages, the text for the search, a cover.

The database is the queue: a new file, or one with other readers, waits until it was read.
"""

import base64
import json
import logging
import re
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext

from content import pictures, texts
from content.languages import in_each, in_language
from content.models import Picture
from content.pictures import CheckedPicture
from content.records import refresh_derived
from library.models import PublicationFile

logger = logging.getLogger(__name__)
Reading = PublicationFile.Reading
SECONDS = 90
# A hyphen at the end of a line, as the reader of PDF gives it.
BROKEN_WORD = re.compile("[\x02\ufffe]\\s*")


@dataclass(frozen=True)
class Found:
    """What was read in a file: its state, pages (None: unknown), text, cover (None: none)."""

    reading: str
    pages: int | None = None
    text: str = ""
    cover: CheckedPicture | None = None


def read(data: bytes, *, is_closed: bool) -> Found:
    """Open a PDF in another process; of a closed file only the pages are counted."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "file.pdf"
        path.write_bytes(data)
        return judged(_lines(path, is_closed), is_closed=is_closed)


def _lines(path: Path, is_closed: bool) -> dict:
    command = [sys.executable, "-m", "library.pdf_process", str(path)]
    command += ["--closed"] if is_closed else []
    try:
        done = subprocess.run(  # nosec B603 # own module, a path of our own
            command, cwd=settings.BASE_DIR, capture_output=True, timeout=SECONDS, check=False
        )
        written = done.stdout
    except subprocess.TimeoutExpired as slow:
        written = slow.stdout or b""
    found: dict = {}
    for line in written.splitlines():
        try:
            found |= json.loads(line)
        except ValueError:  # it ended in the middle of a line
            break
    return found


def judged(found: dict, *, is_closed: bool) -> Found:
    """The state that what was written means; a process that broke off means no cover."""
    if found.get("locked"):
        return Found(Reading.LOCKED)
    if not found.get("pages"):
        return Found(Reading.DAMAGED)
    text = texts.tidy(BROKEN_WORD.sub("", found.get("text", ""))).strip()
    if is_closed:
        return Found(Reading.READ, found["pages"])
    if "cover" not in found:
        return Found(Reading.TOO_LARGE, found["pages"], text)
    cover = CheckedPicture(base64.b64decode(found["cover"]), found["width"], found["height"])
    return Found(Reading.READ, found["pages"], text, cover)


def read_file(pk: int) -> bool:
    """Read one waiting file and keep what was found; says whether it was kept.

    Replaced, closed or read meanwhile, it keeps nothing.
    """
    row = PublicationFile.objects.unread().select_related("file").filter(pk=pk).first()
    if row is None:
        return False
    with row.file.file.open() as stored:
        found = read(stored.read(), is_closed=row.is_closed)
    with transaction.atomic():
        waiting = PublicationFile.objects.unread().filter(
            pk=pk, file=row.file_id, audience=row.audience
        )
        locked = waiting.select_for_update(of=("self",)).first()
        if locked is None:
            return False
        _keep(locked, found)
    return True


def _keep(row: PublicationFile, found: Found) -> None:
    cover = _cover(row, found.cover) if found.cover else None
    PublicationFile.objects.filter(pk=row.pk).update(
        reading=found.reading, pages=found.pages, text=found.text, cover=cover
    )
    refresh_derived(row.publication)


def _cover(row: PublicationFile, checked: CheckedPicture) -> Picture:
    publication = row.publication

    def words() -> str:
        return gettext("Cover: %(title)s") % {"title": in_language(publication, "title")[0][:280]}

    return pictures.make_picture(checked, **in_each("alt", words))
