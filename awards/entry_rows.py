"""Entries as rows of a list: what they are called, what became of them, what is still missing."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from awards import deadlines, entry_checks
from awards.models import Entry, GuardianConsent

COLOURS = {"draft": "warn", "submitted": "good", "withdrawn": "", "refused": "bad"}


@dataclass(frozen=True)
class Row:
    """One entry as its entrant sees it; `until` is in words, empty once it does not matter."""

    entry: Entry
    title: str
    state: str
    colour: str
    until: str
    note: str
    url: str = ""


def rows_of(entries: Iterable[Entry], address: Callable[[int], str]) -> list[Row]:
    """Rows in the order of the entries; `address` gives the page of an entry by its key."""
    return [row_of(entry, address(entry.pk)) for entry in entries]


def row_of(entry: Entry, url: str = "") -> Row:
    """One entry; of a draft it counts what is missing, which takes a few queries."""
    can_change = entry.state in (Entry.State.DRAFT, Entry.State.SUBMITTED)
    moment = deadlines.closing_for(entry.entrant, entry.category)
    return Row(
        entry,
        entry.title_in(get_language() or "ru") or _("Draft without a title"),
        entry.get_state_display(),
        COLOURS[entry.state],
        deadlines.in_words(moment, entry.round) if can_change else "",
        _note(entry),
        url,
    )


def _note(entry: Entry) -> str:
    if entry.state == Entry.State.REFUSED:
        return entry.refused_reason
    if entry.state == Entry.State.DRAFT:
        count = entry_checks.missing(entry)
        words = ngettext("%(count)d answer is missing", "%(count)d answers are missing", count)
        return words % {"count": count} if count else _("complete, not sent yet")
    if entry.state == Entry.State.SUBMITTED and lacks_consent(entry):
        return _("waits for the consent of a guardian")
    return ""


def lacks_consent(entry: Entry) -> bool:
    """Whether the jury does not see it because a guardian's consent is missing."""
    if not entry.round.is_for_children:
        return False
    valid = GuardianConsent.objects.filter(purpose="entry", withdrawn_at=None)
    return entry.authors.exclude(pk__in=valid.values("author")).exists()
