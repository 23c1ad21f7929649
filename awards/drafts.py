"""Keeping what is typed: field by field, never over something newer that nobody here has seen.

A page sends with each value the fingerprint of the value it knows. Where another one is stored by
now, nothing is written and the stored text is given back: whoever types chooses.
"""

import datetime
from collections.abc import Mapping
from dataclasses import dataclass, field

from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from awards import entry_checks, entry_files, entry_slots, sending
from awards.entry_slots import FILES, NotKept
from awards.models import Entry, EntryField, EntryFile
from content import privatefiles

State = Entry.State


@dataclass
class Outcome:
    """What became of values: `seen` holds the fingerprints of what is stored now.

    `conflicts` maps names to the stored values that are newer, `problems` names to sentences.
    """

    at: datetime.datetime
    seen: dict[str, str] = field(default_factory=dict)
    conflicts: dict[str, str] = field(default_factory=dict)
    problems: dict[str, str] = field(default_factory=dict)

    @property
    def is_clean(self) -> bool:
        return not self.conflicts and not self.problems


@transaction.atomic
def save(entry: Entry, values: Mapping[str, str], seen: Mapping[str, str]) -> Outcome:
    """Keep values in a draft, right or wrong: they are judged when it is sent.

    Also after the deadline: a draft harms nobody. EntryRefused: it is no draft any more.
    """
    entry = _locked(entry)
    if entry.state != State.DRAFT:
        raise sending.EntryRefused(
            _("This entry is not a draft any more. Reload the page to see its state.")
        )
    return _write(entry, values, seen)


def send(
    entry: Entry, values: Mapping[str, str], seen: Mapping[str, str], by,
    now: datetime.datetime | None = None,
) -> Entry:  # fmt: skip
    """Keep what was typed and send the entry; a draft keeps its values when sending is refused.

    What was sent before stays as it was when the new values are refused. EntryRefused.
    """
    if entry.state == State.DRAFT:
        _refuse(save(entry, values, seen))
        return sending.submit(entry, by, now)
    with transaction.atomic():
        entry = sending.locked(entry)
        _refuse_closed(entry, now)
        _refuse(_write(entry, values, seen))
        return sending.submit(entry, by, now)


def add_files(entry: Entry, uploads: Mapping[str, list[UploadedFile]], by, now=None) -> dict:
    """Keep uploads by the names of their inputs; gives sentences for those that were refused.

    Where one file is asked for, a new one takes the place of the old one.
    """
    problems = {}
    for name, files in uploads.items():
        question = _question(entry, name)
        if question is NOTHING:
            continue
        for upload in files:
            try:
                _add(entry, question, upload, by, now)
            except ValidationError as error:
                problems[name] = " ".join(error.messages)
            except sending.EntryRefused as refused:
                problems[name] = str(refused)
    return problems


@privatefiles.all_or_nothing()
def _add(entry: Entry, question: EntryField | None, upload: UploadedFile, by, now) -> None:
    entry = _changeable(entry, now)
    if question is None or question.max_files == 1:
        for old in entry.files.filter(field=question):
            entry_files.drop_file(old)
    entry_files.keep_file(entry, question, upload, by)


@transaction.atomic
def drop_file(entry: Entry, pk: int, now: datetime.datetime | None = None) -> None:
    """Take one file out. EntryRefused: a sent entry would lack it, or its deadline is past."""
    entry = _changeable(entry, now)
    file = EntryFile.objects.filter(entry=entry, pk=pk).first()
    if file is None:
        return
    entry_files.drop_file(file)
    if entry.state == State.SUBMITTED and entry_checks.problems(entry):
        raise sending.EntryRefused(
            _("The entry was sent and needs this file. Upload another one in its place.")
        )


NOTHING = object()


def _question(entry: Entry, name: str):
    """The question a file input belongs to; None: the work itself; NOTHING: there is none."""
    if name == entry_slots.file_name(None) and entry.round.is_for_children:
        return None
    for one in entry_slots.questions_of(entry.round):
        if one.kind in FILES and entry_slots.file_name(one) == name:
            return one
    return NOTHING


def _changeable(entry: Entry, now: datetime.datetime | None) -> Entry:
    """The entry, locked: a draft, or a sent one before its deadline."""
    entry = sending.locked(entry)
    if entry.state == State.SUBMITTED:
        _refuse_closed(entry, now)
    elif entry.state != State.DRAFT:
        raise sending.EntryRefused(_("This entry cannot be changed any more."))
    return entry


def _refuse_closed(entry: Entry, now: datetime.datetime | None) -> None:
    if closed := sending.why_not_now(entry, now):
        raise sending.EntryRefused(closed)


def _locked(entry: Entry) -> Entry:
    rows = Entry.objects.select_for_update(of=("self",)).select_related("round", "category")
    return rows.get(pk=entry.pk)


def _write(entry: Entry, values: Mapping[str, str], seen: Mapping[str, str]) -> Outcome:
    stored = entry_slots.read(entry)
    outcome, changed = Outcome(timezone.now()), False
    for slot in entry_slots.slots_of(entry.round):
        if slot.name not in values:
            continue
        value, now_stored = entry_slots.normal(values[slot.name]), stored[slot.name]
        outcome.seen[slot.name] = entry_slots.fingerprint(now_stored)
        if value == entry_slots.normal(now_stored):
            continue
        if seen.get(slot.name, entry_slots.EMPTY) != outcome.seen[slot.name]:
            outcome.conflicts[slot.name] = now_stored
            continue
        try:
            entry_slots.write(entry, slot, value)
            outcome.seen[slot.name] = entry_slots.fingerprint(value)
            changed = True
        except NotKept as refused:
            outcome.problems[slot.name] = str(refused)
    if changed:
        entry.save()
    return outcome


def _refuse(outcome: Outcome) -> None:
    if not outcome.is_clean:
        raise sending.EntryRefused({**conflict_words(outcome), **outcome.problems})


def conflict_words(outcome: Outcome) -> dict[str, str]:
    """A sentence for each value that somebody else changed meanwhile."""
    return {
        name: _(
            "Somebody saved another text here meanwhile: “%(stored)s”. Yours is still in the "
            "field: save again to keep it."
        )
        % {"stored": stored}
        for name, stored in outcome.conflicts.items()
    }
