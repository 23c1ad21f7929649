"""Long work in a worker, with progress: exports, bulk papers. An app describes a kind once
(`register`), then anybody with its permission asks for it (`ask`) and watches the page of the job.

A kind does its items one after another and notes those that fail; a rerun does only these.
"""

import logging
import time
import uuid
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.db.models import F, Q
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from content import wake
from content.models import Job
from content.models.files import MADE_BY_JOBS, PrivateFile
from content.privatefiles import discard, keep_bytes, keep_path, reserve

logger = logging.getLogger(__name__)
TASK = "content.tasks.run_job"
SILENT = timedelta(minutes=5)
MOST_RUNS = 5
KEPT = timedelta(days=14)
SECONDS_BETWEEN_BEATS = 1.0
State = Job.State


@dataclass(frozen=True)
class Made:
    """The file that a job made: its bytes, or a path outside of the private folder, which the job
    takes over and removes."""

    data: bytes | Path
    name: str
    content_type: str = "application/pdf"


@dataclass
class Progress:
    """What the doer of a job tells the page: how many there are, how many are done, what failed.

    `only` holds the keys to do; empty means all.
    """

    job: Job
    only: frozenset[str] = frozenset()
    done: int = 0
    failed: list[dict[str, str]] = field(default_factory=list)
    _told: float = 0.0

    def start(self, total: int) -> None:
        """Say how many items there are."""
        self.job.total = total
        self._tell(total=total)

    def step(self, number: int = 1) -> None:
        """So many items more are done. Written once a second at most."""
        self.done += number
        if time.monotonic() - self._told >= SECONDS_BETWEEN_BEATS:
            self._tell()

    def fail(self, key: Any, label: str, why: str) -> None:
        """One item could not be done; the others go on."""
        self.failed.append({"key": str(key), "label": label, "why": why})

    def each(self, items: Iterable[tuple[Any, str, Any]]) -> Iterator[tuple[Any, Any]]:
        """The wanted ones of (key, label, item), counted while they are taken, as (key, item)."""
        wanted = [row for row in items if not self.only or str(row[0]) in self.only]
        self.start(len(wanted))
        for key, _label, item in wanted:
            yield key, item
            self.step()

    def _tell(self, **columns: Any) -> None:
        self._told = time.monotonic()
        own = Job.objects.filter(pk=self.job.pk, runs=self.job.runs)
        own.update(done=self.done, beat_at=timezone.now(), **columns)


@dataclass(frozen=True)
class Kind:
    """One kind of long work.

    code: "attendance.badges"; permission: who may ask for it and fetch what it made;
    run: does it, outside of a transaction, in the language of who asked, and returns the file.
    It must bear being run again from the start.
    """

    code: str
    permission: str
    run: Callable[[Job, Progress], Made | None]


_kinds: dict[str, Kind] = {}


def register(kind: Kind) -> Kind:
    """Make a kind of work known; its files are for those with its permission alone."""
    _kinds[kind.code] = kind
    reserve(purpose_of(kind.code), kind.permission)
    return kind


def purpose_of(code: str) -> str:
    """The purpose of the private files that a kind of work makes."""
    return f"{MADE_BY_JOBS}{code}"


def may_see(job: Job, user: Any) -> bool:
    """Whether this person, who asked for the job, still has the right to what it makes."""
    kind = _kinds.get(job.kind)
    return kind is not None and user.has_perm(kind.permission)


def ask(
    code: str, title: str, params: dict[str, Any], by: Any, *, key: uuid.UUID | None = None
) -> Job:
    """A job for a worker, in the language of the page; the same key gives the same job.

    Raises PermissionDenied for who may not ask, KeyError for an unknown kind.
    """
    if not by.has_perm(_kinds[code].permission):
        raise PermissionDenied
    key = key or uuid.uuid4()
    language = (translation.get_language() or "ru")[:2]
    try:
        with transaction.atomic():
            job = Job.objects.create(
                key=key, kind=code, title=title[:300], params=params, asked_by=by, language=language
            )
            wake.after_commit(TASK, job.pk)
    except IntegrityError:
        job = Job.objects.get(key=key, asked_by=by)
    return job


def rerun(job: Job) -> bool:
    """Do again what failed: only these items, or all after an error. False when it is under way."""
    only = [row["key"] for row in job.failed] if job.state == State.DONE else job.only
    with transaction.atomic():
        changed = Job.objects.filter(
            Q(state=State.FAILED) | Q(state=State.DONE) & ~Q(failed=[]), pk=job.pk
        ).update(state=State.WAITING, only=only, error="", finished_at=None, runs=0)
        if changed:
            wake.after_commit(TASK, job.pk)
    return bool(changed)


def run(pk: int) -> None:
    """Do one waiting or abandoned job; a second worker that comes meanwhile does nothing."""
    now = timezone.now()
    abandoned = Q(state=State.RUNNING, beat_at__lt=now - SILENT)
    free = Job.objects.filter(Q(state=State.WAITING) | abandoned, pk=pk)
    if not free.update(
        state=State.RUNNING, beat_at=now, done=0, total=0, failed=[], runs=F("runs") + 1
    ):
        return
    job = Job.objects.select_related("asked_by").get(pk=pk)
    if job.runs > MOST_RUNS:
        _end(job, State.FAILED, error=_("The work was broken off several times."))
        return
    try:
        with translation.override(job.language):
            _do(job)
    except Exception as error:
        logger.exception("Job %s (%s) failed", job.pk, job.kind)
        _end(job, State.FAILED, error=f"{type(error).__name__}: {error}"[:500])


def _do(job: Job) -> None:
    kind = _kinds.get(job.kind)
    if kind is None or not may_see(job, job.asked_by):
        _end(job, State.FAILED, error=_("Who asked for it may not have it any more."))
        return
    progress = Progress(job, frozenset(job.only))
    made = kind.run(job, progress)
    result = job.result
    if made is not None:
        result = _keep(made, job)
    with transaction.atomic():
        ended = _end(job, State.DONE, result=result, done=progress.done, failed=progress.failed)
        if made is None:
            return
        if not ended:  # it was taken for dead, and the worker that took over ends it
            discard(result)
        elif job.result:  # it holds what has not failed
            job.earlier.add(job.result)


def _keep(made: Made, job: Job) -> PrivateFile:
    how = (made.name, made.content_type, purpose_of(job.kind), job.asked_by)
    if isinstance(made.data, bytes):
        return keep_bytes(made.data, *how)
    try:
        return keep_path(made.data, *how)
    finally:
        made.data.unlink(missing_ok=True)


def _end(job: Job, state: str, **columns: Any) -> bool:
    """Whether it was ours to end: nobody has taken the job over meanwhile."""
    own = Job.objects.filter(pk=job.pk, runs=job.runs, state=State.RUNNING)
    return bool(own.update(state=state, finished_at=timezone.now(), **columns))


def open_jobs() -> list[int]:
    """Jobs that no worker has in hand: what a lost message or a dead worker left."""
    abandoned = Q(state=State.RUNNING, beat_at__lt=timezone.now() - SILENT)
    rows = Job.objects.filter(Q(state=State.WAITING) | abandoned).order_by("asked_at")
    return list(rows.values_list("pk", flat=True)[:20])


def forget_results() -> int:
    """Erase the files of jobs two weeks after they ended, and the jobs; gives their number."""
    old = Job.objects.filter(finished_at__lt=timezone.now() - KEPT).select_related("result")
    for job in (jobs := list(old)):
        with transaction.atomic():
            files = [*job.earlier.all(), *([job.result] if job.result else [])]
            job.delete()
            for kept in files:
                discard(kept)
    return len(jobs)
