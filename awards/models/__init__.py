"""Awards and contests: calls, rounds, entry forms, entries, batches of schools."""

from awards.models.batches import (
    Batch,
    BatchRow,
    Extension,
    LookAlike,
    PrintedCopy,
)
from awards.models.calls import (
    Award,
    Category,
    EntrantKind,
    EntryField,
    EntryFieldChoice,
    Round,
)
from awards.models.contents import EntryAnswer, EntryFile
from awards.models.entries import Author, Entrant, Entry, GuardianConsent
from awards.models.reminding import DraftReminder

__all__ = [
    "Author",
    "Award",
    "Batch",
    "BatchRow",
    "Category",
    "DraftReminder",
    "Entrant",
    "EntrantKind",
    "Entry",
    "EntryAnswer",
    "EntryField",
    "EntryFieldChoice",
    "EntryFile",
    "Extension",
    "GuardianConsent",
    "LookAlike",
    "PrintedCopy",
    "Round",
]
