"""Keeps an import between its file and its confirmation: chosen, judged, looked at, written once.

A file is judged twice: for the preview, and again under a lock when it is confirmed. Where the two
differ (somebody saved a member meanwhile) the new preview is shown and nothing is written.
"""

from pathlib import PurePath

from django.core.files.uploadedfile import UploadedFile
from django.db import IntegrityError, transaction
from django.utils import timezone

from content import audit, privatefiles, wake
from content.models import PrivateFile
from members.importing import applying, reading
from members.importing.archives import MAX_BYTES, is_workbook
from members.importing.judging import CHANGED, NEW, Options, Plan, digest, judge
from members.importing.messages import Refused
from members.models import MemberImport

Status = MemberImport.Status
AT_ONCE = 2_000  # rows that are judged and written while the browser waits
TASK = "members.tasks.run_import"
PURPOSE = privatefiles.reserve("members.import", "members.add_member")
WORKBOOK = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
OPEN = (Status.JUDGING, Status.PREVIEWED)


def receive(upload: UploadedFile, options: Options, user) -> MemberImport:
    """Keep a file and judge it, a long one in the background. Raises Refused with a sentence.

    A preview that this person left unconfirmed is discarded: there is one at a time.
    """
    if upload.size > MAX_BYTES:
        raise Refused("too_heavy", megabytes=MAX_BYTES // 1024**2)
    data = upload.read()
    sheet = reading.read(data, limit=AT_ONCE)
    with transaction.atomic():
        for earlier in MemberImport.objects.filter(created_by=user, status__in=OPEN):
            discard(earlier)
        chosen = MemberImport(
            file_name=PurePath(upload.name or "").name[:200],
            options=vars(options),
            created_by=user,
        )
        if sheet.is_partial:
            chosen.save()
            wake.after_commit(TASK, chosen.pk)
        else:
            _preview(chosen, judge(sheet, options))
        # Last: what fails before it leaves no file behind.
        chosen.file = _keep(data, upload.name, user)
        chosen.save(update_fields=["file"])
    return chosen


def _keep(data: bytes, name: str | None, user) -> PrivateFile:
    ending, kind = (".xlsx", WORKBOOK) if is_workbook(data) else (".csv", "text/csv")
    stem = PurePath(name or "").stem[:120] or "members"
    return privatefiles.keep_bytes(data, f"{stem}{ending}", kind, PURPOSE, user)


def _preview(chosen: MemberImport, plan: Plan, *, is_renewed: bool = False) -> None:
    chosen.status, chosen.is_renewed = Status.PREVIEWED, is_renewed
    chosen.counts, chosen.rows, chosen.ignored = plan.counts(), plan.rows(), plan.ignored
    chosen.digest = digest(chosen.rows)
    chosen.save()


def confirm(chosen: MemberImport, seen: str) -> bool:
    """Write what the preview showed (`seen` is its digest); a long file in the background.

    Says False when another preview was seen than the present one. A second call does nothing.
    """
    with transaction.atomic():
        locked = _locked(chosen.pk)
        if locked is None or locked.status != Status.PREVIEWED or not will_write(locked):
            return True
        if locked.digest != seen:
            return False
        locked.status = Status.APPLYING
        locked.save(update_fields=["status", "changed_at"])
        if sum(locked.counts.values()) > AT_ONCE:
            wake.after_commit(TASK, locked.pk)
            return True
    run(chosen.pk)
    return True


def will_write(chosen: MemberImport) -> int:
    """How many members confirming it writes."""
    return chosen.counts.get(NEW, 0) + chosen.counts.get(CHANGED, 0)


def discard(chosen: MemberImport) -> None:
    """Forget a preview and its file; the row says that there was one."""
    with transaction.atomic():
        locked = _locked(chosen.pk)
        if locked is None or locked.status not in OPEN:
            return
        locked.status, locked.rows = Status.DISCARDED, []
        _save_without_file(locked)


def _save_without_file(chosen: MemberImport) -> None:
    kept, chosen.file = chosen.file, None
    chosen.save()
    if kept is not None:
        kept.delete()
        transaction.on_commit(lambda: kept.file.storage.delete(kept.file.name))


def run(pk: int) -> None:
    """Do what an import waits for: judge it or write it. Repeated calls do nothing more."""
    try:
        with transaction.atomic():
            if (chosen := _locked(pk)) is None:
                return
            if chosen.status == Status.JUDGING:
                _judge_again(chosen)
            elif chosen.status == Status.APPLYING:
                _apply(chosen)
    except (applying.Stale, IntegrityError):
        # Somebody saved a member between judgement and writing: nothing was written.
        with transaction.atomic():
            chosen = _locked(pk)
            _preview(chosen, _plan(chosen), is_renewed=True)


def _locked(pk: int) -> MemberImport | None:
    return (
        MemberImport.objects.select_for_update(of=("self",)).select_related("file", "created_by")
        .filter(pk=pk).first()
    )  # fmt: skip


def _plan(chosen: MemberImport) -> Plan:
    with chosen.file.file.open("rb") as file:
        return judge(reading.read(file.read()), Options(**chosen.options))


def _judge_again(chosen: MemberImport) -> None:
    try:
        _preview(chosen, _plan(chosen))
    except Refused as refused:
        chosen.status, chosen.refusal = Status.REFUSED, refused.remark.as_json()
        _save_without_file(chosen)


def _apply(chosen: MemberImport) -> None:
    applying.wait_for_others()
    plan = _plan(chosen)
    if digest(plan.rows()) != chosen.digest:
        _preview(chosen, plan, is_renewed=True)
        return
    written = applying.apply(plan)
    chosen.status, chosen.applied_at = Status.APPLIED, timezone.now()
    chosen.is_renewed = False
    chosen.save(update_fields=["status", "applied_at", "is_renewed", "changed_at"])
    audit.record(
        "members.import", chosen, chosen.created_by,
        f"{chosen.file_name}: {written[NEW]} new, {written[CHANGED]} changed",
        _changes(plan),
    )  # fmt: skip


def _changes(plan: Plan) -> dict[str, list]:
    """For the log: every written field as [before, after], new members by their addresses."""
    changes: dict[str, list] = {
        f"{verdict.slug}.{key}": [old, new]
        for verdict in plan.of_kind(CHANGED)
        for key, old, new in verdict.changes
    }
    if new := [verdict.slug for verdict in plan.of_kind(NEW)]:
        changes["new"] = [None, new]
    return changes
