"""Archives that schools send: judged by their table of contents, read one file at a time.

Nothing is ever unpacked to the disk, so a name in an archive is only a name.
"""

import io
import re
import stat
import unicodedata
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import PurePosixPath
from typing import BinaryIO

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from content import privatefiles

MAX_BYTES = 500 * 1024 * 1024
MAX_UNPACKED = 2 * MAX_BYTES
MOST_FILES = 2000
MAX_RATIO = 100
RATIO_FROM = 5 * 1024 * 1024  # small files may be as regular as they like
MOST_AT_ONCE = 4 * 1024 * 1024
BLOCK = 1024 * 1024
NESTED = (".zip", ".rar", ".7z", ".tar", ".gz", ".tgz", ".bz2", ".xz")
# What computers put beside files without being asked.
LEFTOVERS = (".ds_store", "thumbs.db", "desktop.ini")
READING = (zipfile.BadZipFile, zlib.error, EOFError, OSError, RuntimeError, NotImplementedError,
           UnicodeDecodeError, ValueError)  # fmt: skip


class _Careful(io.RawIOBase):
    """A file that gives at most four megabytes at once: a table of contents of more is a bomb."""

    def __init__(self, file: BinaryIO):
        self.file = file

    def readable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return True

    def read(self, size: int = -1) -> bytes:
        data = self.file.read(MOST_AT_ONCE + 1 if size < 0 else min(size, MOST_AT_ONCE + 1))
        if len(data) > MOST_AT_ONCE:
            raise zipfile.BadZipFile("too much at once")
        return data

    def seek(self, offset: int, whence: int = 0) -> int:
        return self.file.seek(offset, whence)

    def tell(self) -> int:
        return self.file.tell()


class Works:
    """The files of one archive that was judged, by the names that rows give them."""

    def __init__(self, archive: zipfile.ZipFile, parts: dict[str, list[zipfile.ZipInfo]]):
        self.archive, self.parts = archive, parts

    def find(self, name: str) -> zipfile.ZipInfo | None:
        """The file a row means, also without its ending; None when there is none.

        Raises ValidationError when there are several.
        """
        wanted = folded(name)
        found = self.parts.get(wanted)
        if found is None and not PurePosixPath(wanted).suffix:
            by_stem = [one for key, one in self.parts.items() if PurePosixPath(key).stem == wanted]
            found = [part for several in by_stem for part in several]
        if found and len(found) > 1:
            raise ValidationError(
                _("The archive has %(count)d files named “%(name)s”: give them different names.")
                % {"count": len(found), "name": name},
                code="double",
            )
        return found[0] if found else None

    def read(self, part: zipfile.ZipInfo) -> bytes:
        """The bytes of one file, 20 MB at most. Raises ValidationError: larger, or damaged."""
        data = bytearray()
        try:
            with self.archive.open(part) as file:
                while block := file.read(BLOCK):
                    data += block
                    if len(data) > privatefiles.MAX_BYTES:
                        raise ValidationError(
                            _("The file is larger than 20 MB. Make it smaller."), code="too_heavy"
                        )
        except READING as error:
            raise ValidationError(
                _("The file is damaged in the archive. Pack it anew."), code="damaged"
            ) from error
        return bytes(data)

    def names(self) -> Iterator[tuple[str, str]]:
        """The folded and the shown name of every file."""
        for key, several in self.parts.items():
            for part in several:
                yield key, shown_name(part)


@contextmanager
def opened(file: BinaryIO) -> Iterator[Works]:
    """Open an archive and judge it whole. Raises ValidationError with a sentence for people."""
    try:
        archive = zipfile.ZipFile(_Careful(file))
    except READING as error:
        raise _refused(
            "not_zip", _("This is not a ZIP archive, or it is damaged. Pack the files anew as ZIP.")
        ) from error
    with archive:
        yield Works(archive, _judged(archive.infolist()))


def _judged(infos: list[zipfile.ZipInfo]) -> dict[str, list[zipfile.ZipInfo]]:
    """The files by folded name; what makes the archive unfit as a whole is refused."""
    parts: dict[str, list[zipfile.ZipInfo]] = {}
    if len(infos) > MOST_FILES:
        raise _refused(
            "many", _("The archive has more than 2,000 files. Send them in several batches.")
        )
    for part in infos:
        _judge_part(part)
        if not part.is_dir() and not _is_leftover(part):
            parts.setdefault(folded(shown_name(part)), []).append(part)
    if sum(part.file_size for part in infos) > MAX_UNPACKED:
        raise _bomb()
    if not parts:
        raise _refused("empty", _("The archive is empty."))
    return parts


def _judge_part(part: zipfile.ZipInfo) -> None:
    path = part.orig_filename.replace("\\", "/")
    if part.flag_bits & 1:
        raise _refused(
            "password", _("The archive is behind a password. Pack the files without one.")
        )
    if path.startswith("/") or ".." in path.split("/") or re.match(r"[A-Za-z]:", path):
        raise _refused(
            "path",
            _("The archive has files that would be put outside of its folder. Pack them anew."),
        )
    if stat.S_ISLNK(part.external_attr >> 16):
        raise _refused(
            "link", _("The archive has a link instead of a file. Pack the files themselves.")
        )
    if part.file_size > RATIO_FROM and part.file_size > MAX_RATIO * part.compress_size:
        raise _bomb()
    if path.lower().endswith(NESTED):
        raise _refused(
            "nested",
            _("There is an archive in the archive: “%(name)s”. Pack the drawings themselves.")
            % {"name": shown_name(part)},
        )


def _bomb() -> ValidationError:
    return _refused("bomb", _("The archive would unpack to far more than it is. It is not opened."))


def _refused(code: str, sentence: str) -> ValidationError:
    return ValidationError(sentence, code=code)


def _is_leftover(part: zipfile.ZipInfo) -> bool:
    names = shown_path(part).lower().split("/")
    return "__macosx" in names or names[-1] in LEFTOVERS or names[-1].startswith("._")


def shown_path(part: zipfile.ZipInfo) -> str:
    """The path as who packed it saw it: Windows writes Russian names in its code page of DOS."""
    name = part.filename
    if not part.flag_bits & 0x800 and not name.isascii():
        raw = name.encode("cp437", "replace")
        for encoding in ("utf-8", "cp866"):
            try:
                return raw.decode(encoding)
            except UnicodeDecodeError:
                continue
    return name


def shown_name(part: zipfile.ZipInfo) -> str:
    """The name without folders."""
    return shown_path(part).replace("\\", "/").rstrip("/").rpartition("/")[2]


def folded(name: str) -> str:
    """What two ways to write a file name have in common: no folders, no case, one kind of ё."""
    plain = unicodedata.normalize("NFKC", name.replace("\\", "/").rpartition("/")[2])
    return " ".join(plain.casefold().split())[:200]
