"""Files behind a permission check: stored under random names, sent as attachments."""

import hashlib
import io
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from pathlib import Path, PurePath
from urllib.parse import quote

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile, File
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.http import FileResponse, HttpResponse, HttpResponseBase
from django.utils.http import content_disposition_header
from django.utils.text import get_valid_filename
from django.utils.translation import gettext_lazy as _

from content.models import PrivateFile
from content.models.files import RESERVED

MAX_BYTES = 20 * 1024 * 1024
# Documents that are archives: ending -> the part that every one of them has.
MAIN_PARTS = {".docx": "word/document.xml", ".xlsx": "xl/workbook.xml"}
MAX_PARTS = 5000
MAX_UNPACKED = 400 * 1024 * 1024
# Ending -> type and the bytes such a file begins with.
TYPES = {
    ".pdf": ("application/pdf", (b"%PDF-",)),
    ".jpg": ("image/jpeg", (b"\xff\xd8\xff",)),
    ".jpeg": ("image/jpeg", (b"\xff\xd8\xff",)),
    ".png": ("image/png", (b"\x89PNG\r\n\x1a\n",)),
    ".webp": ("image/webp", (b"RIFF",)),
    ".docx": (
        "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
        (b"PK\x03\x04",),
    ),
    ".xlsx": (
        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        (b"PK\x03\x04",),
    ),
}
# What the innermost block of `all_or_nothing` has stored so far; None outside of one.
_stored: ContextVar[list[PrivateFile] | None] = ContextVar("stored", default=None)


@contextmanager
def all_or_nothing() -> Iterator[None]:
    """A transaction that takes files along: where it is left by an exception, theirs go too.

    Also a decorator. What an inner block has stored goes as well when an outer one fails.
    """
    outer, stored = _stored.get(), []
    token = _stored.set(stored)
    try:
        with transaction.atomic():
            yield
    except Exception:
        for kept in stored:  # their rows are gone with the transaction
            kept.file.storage.delete(kept.file.name)
        raise
    finally:
        _stored.reset(token)
    if outer is not None:
        outer.extend(stored)


def reserve(purpose: str, permission: str) -> str:
    """Files of this purpose are for staff with this permission alone; gives the purpose."""
    RESERVED[purpose] = permission
    return purpose


def store(
    upload: UploadedFile, purpose: str, user, *, endings: tuple[str, ...] | None = None
) -> PrivateFile:
    """Keep an upload as a private file of this user.

    Raises ValidationError when its ending is not among `endings` (by default all known ones),
    when its content is of another type, when it is empty or over 20 MB.
    """
    ending, data = _judged(upload, endings)
    content_type = TYPES[ending][0]
    return keep_bytes(data, _plain_name(upload.name, ending), content_type, purpose, user)


def refuse(upload: UploadedFile, *, endings: tuple[str, ...] | None = None) -> None:
    """Raise what `store` would raise, and keep nothing: for forms that store later."""
    _judged(upload, endings)


def _judged(upload: UploadedFile, endings: tuple[str, ...] | None) -> tuple[str, bytes]:
    """The ending of an upload that may be kept, and its content."""
    ending = PurePath(upload.name or "").suffix.lower()
    if ending not in TYPES or (endings and ending not in endings):
        allowed = ", ".join(sorted(endings or TYPES))
        raise ValidationError(
            _("Files of this kind are not taken. Allowed: %(allowed)s."),
            code="ending",
            params={"allowed": allowed},
        )
    if not 0 < upload.size <= MAX_BYTES:
        raise ValidationError(_("The file is empty or larger than 20 MB."), code="size")
    beginnings = TYPES[ending][1]
    upload.seek(0)
    data = upload.read()
    if not data.startswith(beginnings) or (ending in MAIN_PARTS and not _is_office(data, ending)):
        raise ValidationError(
            _("The content of the file is not what its name says."), code="content"
        )
    return ending, data


def _is_office(data: bytes, ending: str) -> bool:
    """Whether an archive is a plain document of its kind: judged by its table, nothing unpacked.

    Macros, a main part that is missing and sizes that only a bomb has make it none.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            parts = archive.infolist()
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError):
        return False
    names = {part.filename for part in parts}
    has_macros = any(name.lower().endswith("vbaproject.bin") for name in names)
    is_sane = len(parts) <= MAX_PARTS and sum(part.file_size for part in parts) <= MAX_UNPACKED
    return MAIN_PARTS[ending] in names and is_sane and not has_macros


def _plain_name(name: str, ending: str) -> str:
    stem = get_valid_filename(PurePath(name).stem or "file")
    return f"{stem[:120]}{ending}"


def keep_bytes(data: bytes, name: str, content_type: str, purpose: str, user) -> PrivateFile:
    """Keep bytes that the portal made or checked itself (a re-encoded picture, a document)."""
    kept = PrivateFile(
        name=name,
        content_type=content_type,
        size=len(data),
        sha256=hashlib.sha256(data).hexdigest(),
        purpose=purpose,
        uploaded_by=user,
    )
    return _kept(kept, ContentFile(data))


def keep_path(path: Path, name: str, content_type: str, purpose: str, user) -> PrivateFile:
    """Keep a file that the portal made, as `keep_bytes` does, without reading it as a whole."""
    with path.open("rb") as opened:
        kept = PrivateFile(
            name=name,
            content_type=content_type,
            size=path.stat().st_size,
            sha256=hashlib.file_digest(opened, "sha256").hexdigest(),
            purpose=purpose,
            uploaded_by=user,
        )
        opened.seek(0)
        return _kept(kept, File(opened))


def discard(kept: PrivateFile) -> None:
    """Erase a private file: its row now, its bytes when the transaction is through."""
    name, storage = kept.file.name, kept.file.storage
    kept.delete()
    transaction.on_commit(lambda: storage.delete(name))


def _kept(kept: PrivateFile, content: File) -> PrivateFile:
    kept.file.save(kept.name, content, save=False)
    try:
        kept.save()
    except Exception:
        kept.file.storage.delete(kept.file.name)
        raise
    if (stored := _stored.get()) is not None:
        stored.append(kept)
    return kept


def response_for(kept: PrivateFile) -> HttpResponseBase:
    """The answer that sends a private file: an attachment, in a sandbox, never cached."""
    if settings.PRIVATE_MEDIA_ACCEL:
        response = HttpResponse()
        response.headers["X-Accel-Redirect"] = quote(
            f"{settings.PRIVATE_MEDIA_ACCEL.rstrip('/')}/{kept.file.name}"
        )
    else:
        response = FileResponse(kept.file.open())
    response.headers["Content-Type"] = kept.content_type
    response.headers["Content-Disposition"] = content_disposition_header(True, kept.name)
    response.headers["Content-Security-Policy"] = "default-src 'none'; sandbox"
    response.headers["Cache-Control"] = "private, no-store"
    return response
