"""One row of a batch: judged, taken as an entry, changed later, or refused with a sentence."""

from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils.translation import gettext as _

from awards import batch_categories, consents, sending, works
from awards.batch_archive import Works, folded, shown_name
from awards.batch_table import TEXTS, Line
from awards.models import (
    Author,
    Batch,
    BatchRow,
    Entry,
    EntryFile,
    GuardianConsent,
    LookAlike,
)
from content.dated import today
from content.models import PrivateFile
from content.pictures import CheckedPicture
from content.privatefiles import all_or_nothing

State = BatchRow.State
Purpose = GuardianConsent.Purpose
TITLES = ("title_ru", "title_en")
OF_AUTHOR = (*(name for name in TEXTS if name not in TITLES), "age")
NOT_CHANGED = ("alike", "sheet")  # remarks that are made anew every time


class TakenOver(Exception):
    """Another worker reads this batch by now."""


def take(batch: Batch, line: Line, archive: Works) -> set[str]:
    """Do what one row asks for, and write down what became of it; gives the files it names."""
    named = set()
    part = category = None
    try:
        if not any(error["code"] in ("file", "twice") for error in line.errors):
            part = archive.find(line.data["file"])
        if part is not None:
            named.add(folded(shown_name(part)))
            line.data["mark"] = [part.CRC, part.file_size]
        category = batch_categories.choose(batch, line)
        sheet = archive.find(line.data["sheet"]) if line.data["sheet"] else None
        if sheet is not None:
            named.add(folded(shown_name(sheet)))
    except ValidationError as error:
        line.wrong(error.code or "file", error.messages[0])
        sheet = None
    row = batch.rows.select_related("entry").filter(name=line.name).first()
    if row is not None and row.entry is not None:
        _again(batch, row, line, category, part, sheet, archive)
    else:
        _first(batch, line, category, part, sheet, archive)
    return named


def _first(batch, line, category, part, sheet, archive) -> None:
    """A row that was not taken before."""
    if part is None and line.data["file"] and not line.errors:
        line.wrong(
            "no_file", _("The archive has no file “%(name)s”.") % {"name": line.data["file"]}
        )
    checked = _picture(line, part, archive) if not line.errors else None
    if checked is not None:
        try:
            made = _make(batch, line, category, checked, _sheet(line, sheet, archive))
            works.make_renditions(made)
            return
        except sending.EntryRefused as refused:
            line.wrong("refused", str(refused))
    _note(batch, line, State.WRONG)


def _picture(line: Line, part, archive: Works) -> CheckedPicture | None:
    try:
        return works.prepare(archive.read(part))
    except ValidationError as error:
        line.wrong(error.code or "picture", error.messages[0])
        return None


def _sheet(line: Line, part, archive: Works) -> SimpleUploadedFile | None:
    """The scan a row names; a remark where it is not there, and then there is no consent."""
    if not line.data["sheet"]:
        return None
    try:
        if part is None:
            raise ValidationError(_("The archive has no such file of a consent."))
        upload = SimpleUploadedFile(shown_name(part), archive.read(part))
        consents.judge_scan(upload)
    except ValidationError as error:
        line.wrong("sheet", _("Consent: %(why)s") % {"why": error.messages[0]})
        return None
    return upload


@all_or_nothing()
def _make(batch, line, category, checked, sheet) -> EntryFile:
    """A new entry of a row, with everything: all of it or nothing."""
    own(batch)
    sending.lock(batch.entrant.round_id)
    entrant, data = batch.entrant, line.data
    entry = Entry.objects.create(
        round=entrant.round, entrant=entrant, category=category, created_by=batch.uploaded_by,
        home=entrant.home, home_text=entrant.home_text,
        language="ru" if data["title_ru"] else "en", **{name: data[name] for name in TITLES},
    )  # fmt: skip
    author = Author.objects.create(entry=entry, **{name: data[name] for name in OF_AUTHOR})
    file = works.attach(entry, checked, batch.uploaded_by)
    _agree(batch, author, line, sheet)
    sending.submit(entry, batch.uploaded_by, batch.uploaded_at, in_batch=True)
    _note(batch, line, state_of(author), entry)
    return file


def own(batch: Batch) -> None:
    """Hold the batch until the transaction ends; TakenOver when it is not ours any more."""
    rows = Batch.objects.select_for_update(of=("self",))
    if not rows.filter(pk=batch.pk, runs=batch.runs, state=Batch.State.RUNNING).exists():
        raise TakenOver


def state_of(author: Author) -> str:
    """Taken; or waiting, while no guardian has agreed to a child's taking part."""
    if not author.entry.round.is_for_children:
        return State.TAKEN
    agreed = author.consents.filter(purpose=Purpose.ENTRY, withdrawn_at=None).exists()
    return State.TAKEN if agreed else State.NO_CONSENT


def _agree(batch, author, line, sheet, before: dict | None = None) -> None:
    """Write consents as the table says; what it takes back is withdrawn."""
    has_all = not line.data["sheet"] or sheet is not None
    scan: PrivateFile | None = None
    for purpose in (Purpose.ENTRY, Purpose.PUBLIC):
        wanted = line.data[f"consent_{purpose}"] and line.data["consent_entry"]
        told_before = bool(before and before.get(f"consent_{purpose}"))
        if wanted and told_before and _was_withdrawn(author, purpose):
            continue  # an old table does not outweigh what the guardian said since
        if wanted and has_all:
            scan = scan or (consents.keep_scan(sheet) if sheet else None)
            consents.give(author, purpose, today(), scan, batch.uploaded_by)
        elif not wanted and told_before:
            consents.withdraw(author, purpose, batch.uploaded_by)


def _was_withdrawn(author: Author, purpose: str) -> bool:
    """Whether this was allowed once and is not any more; a sheet of that row alone renews it."""
    given = author.consents.filter(purpose=purpose)
    return given.exists() and not given.filter(withdrawn_at=None).exists()


def _again(batch, row, line, category, part, sheet, archive) -> None:
    """A row that was taken before: left alone unless the table or the file has changed."""
    if part is None:  # an archive of corrections alone
        line.data["mark"] = row.data.get("mark")
    if line.data == row.data and not line.errors:
        kept = [error for error in row.errors if error["code"] in NOT_CHANGED]
        BatchRow.objects.filter(pk=row.pk).update(number=line.number, errors=kept)
        return
    checked, sheet = None, _sheet(line, sheet, archive)
    wrong = [error for error in line.errors if error["code"] not in NOT_CHANGED]
    if not wrong and line.data["mark"] != row.data.get("mark"):
        checked = _picture(line, part, archive)
        wrong = [error for error in line.errors if error["code"] not in NOT_CHANGED]
    try:
        if not wrong:
            file = _change(batch, row, line, category, checked, sheet)
            if file is not None:
                works.make_renditions(file)
            return
    except sending.EntryRefused as refused:
        line.wrong("refused", str(refused))
    line.wrong("kept", _("The work was taken before and stays as it was."))
    BatchRow.objects.filter(pk=row.pk).update(number=line.number, errors=line.errors)


@all_or_nothing()
def _change(batch, row, line, category, checked, sheet) -> EntryFile | None:
    own(batch)
    entry = sending.locked(row.entry)
    if entry.state != Entry.State.SUBMITTED:
        raise sending.EntryRefused(_("The entry was taken out or not admitted."))
    if why := sending.why_not_now(entry, batch.uploaded_at):
        raise sending.EntryRefused(why)
    for name in TITLES:
        setattr(entry, name, line.data[name])
    entry.category = category
    entry.save()
    author = entry.authors.get()
    Author.objects.filter(pk=author.pk).update(**{name: line.data[name] for name in OF_AUTHOR})
    file = None
    if checked is not None:
        works.erase(entry.files.filter(field=None))
        file = works.attach(entry, checked, batch.uploaded_by)
    _agree(batch, author, line, sheet, row.data)
    state = state_of(author)
    if state == State.TAKEN:  # proved by an earlier upload
        line.errors = [error for error in line.errors if error["code"] != "sheet"]
    _note(batch, line, state, entry)
    return file


def _note(batch: Batch, line: Line, state: str, entry: Entry | None = None) -> None:
    values = {
        "number": line.number, "data": line.data, "state": state,
        "errors": line.errors, "entry": entry,
    }  # fmt: skip
    BatchRow.objects.update_or_create(batch=batch, name=line.name, defaults=values)


def mark_alike(batch: Batch) -> None:
    """Tell the school which of its own works look alike; nothing is refused for that."""
    rows = {row.entry_id: row for row in batch.rows.exclude(entry=None)}
    for row in rows.values():
        row.errors = [error for error in row.errors if error["code"] != "alike"]
    pairs = LookAlike.objects.filter(entry__in=rows, other__in=rows)
    for pair in pairs:
        later, earlier = rows[pair.entry_id], rows[pair.other_id]
        sentence = _("Looks like the drawing of row %(number)d: is it the right file?")
        message = sentence % {"number": earlier.number}
        later.errors.append({"code": "alike", "message": message})
    BatchRow.objects.bulk_update(rows.values(), ["errors"])
