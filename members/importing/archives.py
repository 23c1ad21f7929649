"""Judges a workbook by its member table, before anything of it is unpacked."""

import io
import re
import zipfile
import zlib

from members.importing.messages import Refused

MAX_BYTES = 10 * 1024 * 1024
MAX_UNPACKED = 80 * 1024 * 1024
MAX_PART = 60 * 1024 * 1024
MAX_PARTS = 400
MAX_RATIO = 100
RATIO_FROM = 5 * 1024 * 1024  # small parts may be as regular as they like

ZIP = b"PK\x03\x04"
OLE = bytes.fromhex("d0cf11e0a1b11ae1")  # Excel 97–2003, and workbooks behind a password
MERGED = re.compile(rb'<(?:\w+:)?mergeCell\s[^>]*?ref="([A-Z0-9:]{2,23})"')
READING = (zipfile.BadZipFile, zlib.error, EOFError, OSError, RuntimeError, NotImplementedError)


def refuse_foreign(data: bytes) -> None:
    """Refuse what no reader of ours should open. Raises Refused."""
    if data.startswith(OLE):
        raise Refused("password" if "EncryptedPackage".encode("utf-16-le") in data else "old_excel")
    if data.startswith((b"%PDF", b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"Rar!", b"7z\xbc\xaf")):
        raise Refused("not_a_table")


def is_workbook(data: bytes) -> bool:
    return data.startswith(ZIP)


def refuse_unsafe(data: bytes) -> None:
    """Refuse an archive that is no plain workbook of a sensible size. Raises Refused."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            parts = archive.infolist()
            _judge_table(parts)
            for part in parts:
                _judge_part(archive, part)
    except READING as error:
        raise Refused("broken") from error


def _judge_table(parts: list[zipfile.ZipInfo]) -> None:
    names = {part.filename for part in parts}
    if any(part.flag_bits & 1 for part in parts):
        raise Refused("password")
    if "xl/workbook.xml" not in names or len(names) != len(parts):
        raise Refused("not_a_table")
    if any(name.endswith("vbaProject.bin") for name in names):
        raise Refused("macros")
    sizes = [part.file_size for part in parts]
    if len(parts) > MAX_PARTS or sum(sizes) > MAX_UNPACKED or max(sizes) > MAX_PART:
        raise Refused("archive")
    for part in parts:
        if part.file_size > RATIO_FROM and part.file_size > MAX_RATIO * part.compress_size:
            raise Refused("archive")


def _judge_part(archive: zipfile.ZipFile, part: zipfile.ZipInfo) -> None:
    """No document type, so no entities that unfold; UTF-8, as every spreadsheet program writes."""
    if not part.filename.endswith((".xml", ".rels")):
        return
    with archive.open(part) as file:
        head = file.read(2048)
    if b"<!DOCTYPE" in head or b"<!ENTITY" in head or b"\0" in head:
        raise Refused("archive")


def merged_cells(data: bytes, part: str) -> list[str]:
    """Merged ranges of one sheet, some of them; `part` is the sheet's name in the archive."""
    found: dict[str, None] = {}
    tail = b""
    with zipfile.ZipFile(io.BytesIO(data)) as archive, archive.open(part) as file:
        while len(found) < 3 and (block := file.read(1 << 20)):
            found |= dict.fromkeys(match.decode() for match in MERGED.findall(tail + block))
            tail = block[-100:]
    return list(found)[:3]
