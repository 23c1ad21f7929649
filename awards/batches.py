"""Batches of schools: an archive of drawings and a table with a row per child, read by a worker.

Every row is taken in a transaction of its own: an entry with its number, the author, the consents
and the picture, or a sentence why not. A worker that dies is followed by another one, which finds
what was taken and makes nothing twice. A later upload leaves rows alone that were taken, unless the
table or the file says something else of them.
"""

import hashlib
import logging
import time
from datetime import datetime, timedelta

from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.db.models import F, Q
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from awards import (
    batch_archive,
    batch_rows,
    batch_table,
    deadlines,
    eligibility,
    look_alikes,
    sending,
    works,
)
from awards.models import Batch, BatchRow, Category, Entrant
from content import wake
from content.models import PrivateFile
from content.privatefiles import all_or_nothing, keep_bytes, reserve

logger = logging.getLogger(__name__)
# Archives and tables hold names of children: they belong to no account.
PURPOSE = reserve("awards.batch", "awards.view_guardianconsent")
TASK = "awards.tasks.read_batch"
SILENT = timedelta(minutes=5)
MOST_RUNS = 5
SECONDS_BETWEEN_BEATS = 1.0
KEPT = timedelta(days=30)
State = Batch.State


class BatchRefused(Exception):
    """Why a batch is not taken, as a sentence."""


@all_or_nothing()
def send(
    entrant: Entrant, by, *, archive: UploadedFile | None, table: UploadedFile | None,
    category: Category | None = None, batch: Batch | None = None, now: datetime | None = None,
) -> Batch:  # fmt: skip
    """Take an upload for a worker to read: a new batch, or the next upload of `batch`.

    A later upload may bring the table alone, or the archive alone. The deadline is judged here: a
    worker reads afterwards what came in time. Raises BatchRefused (closed, not eligible, still
    being read) and ValidationError by field for what is no archive or no table.
    """
    now = now or timezone.now()
    entrant.round = round = sending.lock(entrant.round_id)
    _refuse(_why_not(entrant, category, now))
    if batch is not None:
        batch = Batch.objects.select_for_update(of=("self",)).get(pk=batch.pk, entrant=entrant)
        _refuse(_("This batch is being read. Wait until it is done.") if is_busy(batch) else "")
    _judge(archive, table, batch)
    batch = batch or Batch(entrant=entrant, category=category)
    replaced = [
        _replace(batch, name, upload)
        for name, upload in (("archive", archive), ("table", table))
        if upload
    ]
    batch.state, batch.error, batch.finished_at = State.WAITING, "", None
    batch.done = batch.total = batch.runs = 0
    batch.uploaded_by = by if getattr(by, "is_authenticated", False) else None
    batch.save()
    Batch.objects.filter(pk=batch.pk).update(uploaded_at=now)
    works.forget_files(old for old in replaced if old)
    wake.after_commit(TASK, batch.pk)
    entrant.round = round
    return batch


def _why_not(entrant: Entrant, category: Category | None, now: datetime) -> str:
    if not entrant.round.admits_batches:
        return _("This call does not take batches of works.")
    closed = deadlines.why_closed(entrant.round, now, category, entrant)
    return closed or str(eligibility.of_entrant(entrant) or "")


def _refuse(sentence: str) -> None:
    if sentence:
        raise BatchRefused(sentence)


def _judge(archive: UploadedFile | None, table: UploadedFile | None, batch: Batch | None) -> None:
    """Raise ValidationError by field for what a worker could not read."""
    wrong = {}
    if not archive and (batch is None or not batch.archive):
        wrong["archive"] = [_("Add the archive with the drawings.")]
    if not table and (batch is None or not batch.table):
        wrong["table"] = [_("Add the table of the children.")]
    if not wrong and not archive and not table:
        wrong["table"] = [_("Add the corrected table, the archive, or both.")]
    for name, upload, judge in (("archive", archive, _open), ("table", table, _read_table)):
        try:
            if upload:
                judge(upload)
        except ValidationError as error:
            wrong[name] = error.messages
    if wrong:
        raise ValidationError(wrong)


def _open(upload: UploadedFile) -> None:
    if upload.size > batch_archive.MAX_BYTES:
        raise ValidationError(
            _("The archive is larger than 500 MB. Send the drawings in several batches.")
        )
    upload.seek(0)
    with batch_archive.opened(upload):
        pass


def _read_table(upload: UploadedFile) -> None:
    if upload.size > batch_table.MAX_BYTES:
        raise ValidationError(_("The table is larger than 2 MB."))
    upload.seek(0)
    batch_table.read(upload.read())


def _replace(batch: Batch, name: str, upload: UploadedFile) -> PrivateFile | None:
    """Store an upload as the archive or the table of a batch; the file that stood there before."""
    before = getattr(batch, name)
    kept = _keep_archive(upload) if name == "archive" else _keep_table(upload)
    setattr(batch, name, kept)
    return before


def _keep_table(upload: UploadedFile) -> PrivateFile:
    upload.seek(0)
    return keep_bytes(upload.read(), "table", "application/octet-stream", PURPOSE, None)


def _keep_archive(upload: UploadedFile) -> PrivateFile:
    """Moved, or copied block by block: 500 MB never lie in memory."""
    digest = hashlib.sha256()
    for block in upload.chunks():
        digest.update(block)
    kept = PrivateFile(
        name="drawings.zip", content_type="application/zip", size=upload.size,
        sha256=digest.hexdigest(), purpose=PURPOSE,
    )  # fmt: skip
    upload.seek(0)
    kept.file.save("drawings.zip", upload, save=False)
    try:
        kept.save()
    except Exception:
        kept.file.storage.delete(kept.file.name)
        raise
    return kept


def is_busy(batch: Batch) -> bool:
    """Whether a worker has the batch in hand, or soon will."""
    return batch.state in (State.WAITING, State.RUNNING)


def open_batches() -> list[int]:
    """Batches that no worker has in hand: what a lost message or a dead worker left."""
    abandoned = Q(state=State.RUNNING, beat_at__lt=timezone.now() - SILENT)
    rows = Batch.objects.filter(Q(state=State.WAITING) | abandoned).order_by("uploaded_at")
    return list(rows.values_list("pk", flat=True)[:20])


def run(pk: int) -> None:
    """Read one waiting or abandoned batch; a second worker that comes meanwhile does nothing."""
    now = timezone.now()
    abandoned = Q(state=State.RUNNING, beat_at__lt=now - SILENT)
    free = Batch.objects.filter(Q(state=State.WAITING) | abandoned, pk=pk)
    if not free.update(state=State.RUNNING, beat_at=now, done=0, runs=F("runs") + 1):
        return
    batch = Batch.objects.select_related(
        "entrant__round__award", "entrant__member", "archive", "table", "uploaded_by", "category"
    ).get(pk=pk)
    with translation.override(_language(batch)):
        if batch.runs > MOST_RUNS:
            _end(batch, State.FAILED, error=_("The work was broken off several times."))
            return
        try:
            _read(batch)
        except ValidationError as error:
            _end(batch, State.FAILED, error=" ".join(error.messages)[:500])
        except batch_rows.TakenOver:
            logger.warning("Batch %s was taken over by another worker", pk)
        except Exception as error:
            # Without its text: what a database says about a row names the child.
            logger.error("Batch %s could not be read: %s", pk, type(error).__name__)
            _end(batch, State.FAILED, error=_("The batch could not be read. Send it once more."))


def _language(batch: Batch) -> str:
    return batch.uploaded_by.language if batch.uploaded_by else batch.entrant.language


def _read(batch: Batch) -> None:
    with batch.table.file.open() as file:
        lines = batch_table.read(file.read())
    known = [line.name for line in lines]
    batch.rows.filter(state=BatchRow.State.WRONG).exclude(name__in=known).delete()
    _tell(batch, 0, total=len(lines))
    named: set[str] = set()
    with batch.archive.file.open() as file, batch_archive.opened(file) as archive:
        told = time.monotonic()
        for done, line in enumerate(lines, 1):
            named |= batch_rows.take(batch, line, archive)
            if time.monotonic() - told >= SECONDS_BETWEEN_BEATS or done == len(lines):
                _tell(batch, done)
                told = time.monotonic()
        unnamed = [shown for key, shown in archive.names() if key not in named]
    look_alikes.compare_new()
    batch_rows.mark_alike(batch)
    _end(batch, State.DONE, files_without_row=unnamed)


def _tell(batch: Batch, done: int, **columns) -> None:
    own = Batch.objects.filter(pk=batch.pk, runs=batch.runs, state=State.RUNNING)
    own.update(done=done, beat_at=timezone.now(), **columns)


def _end(batch: Batch, state: str, **columns) -> None:
    own = Batch.objects.filter(pk=batch.pk, runs=batch.runs, state=State.RUNNING)
    own.update(state=state, finished_at=timezone.now(), **columns)


def forget_uploads(now: datetime) -> int:
    """Erase archives and tables a month after they were read; gives the number of files."""
    old = Batch.objects.filter(finished_at__lt=now - KEPT).exclude(archive=None, table=None)
    gone = 0
    for batch in old.select_related("archive", "table"):
        files = [kept for kept in (batch.archive, batch.table) if kept]
        with transaction.atomic():
            Batch.objects.filter(pk=batch.pk).update(archive=None, table=None)
            works.forget_files(files)
        gone += len(files)
    return gone
