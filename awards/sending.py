"""Sending an entry, taking it out, not admitting it: one lock per round, one number per entry."""

import datetime

from django.db import transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext as _

from awards import deadlines, eligibility, entry_checks, entry_files, entry_letters
from awards.models import Entrant, EntrantKind, Entry, Round
from content import audit

State = Entry.State
PLACE = ("nominee_kind", "home", "home_text")


class EntryRefused(Exception):
    """What was wrong: `problems` maps names of fields to sentences; "" is for the whole."""

    def __init__(self, problems: dict[str, str] | str):
        self.problems = {"": problems} if isinstance(problems, str) else problems
        super().__init__(" ".join(self.problems.values()))


def lock(round_id: int) -> Round:
    """The round as it is now; other entries of the round wait until this transaction ends."""
    return Round.objects.select_for_update(of=("self",)).get(pk=round_id)


@transaction.atomic
def begin(entrant: Entrant, by=None, now: datetime.datetime | None = None, **values: str) -> Entry:
    """A new draft. EntryRefused: not open, not eligible, or one entry too many."""
    entrant.round = round = lock(entrant.round_id)
    _refuse(deadlines.why_closed(round, now, entrant=entrant))
    _refuse(str(eligibility.of_entrant(entrant) or ""))
    _refuse(eligibility.over_limit(entrant, None))
    language = values.pop("language", "") or (round.languages or ["ru"])[0]
    return Entry.objects.create(
        round=round, entrant=entrant, language=language, created_by=_account(by),
        home=entrant.home, home_text=entrant.home_text, **values,
    )  # fmt: skip


@transaction.atomic
def submit(
    entry: Entry, by, now: datetime.datetime | None = None, *, in_batch: bool = False
) -> Entry:
    """Send a draft, or send an entry again; it takes its number at the first time and keeps it.

    Everything is judged under the lock of the round: the deadline by the server's clock, who
    enters, limits, and what the form asks. A batch has judged its rows itself: no form is asked
    for then, and no letter is written. EntryRefused says what is wrong; the draft stays.
    """
    entry = locked(entry)
    if entry.state not in (State.DRAFT, State.SUBMITTED):
        raise EntryRefused(_("This entry was taken out, so it cannot be sent."))
    _refuse(why_not_now(entry, now))
    _refuse(str(eligibility.of_entrant(entry.entrant) or ""))
    if problem := eligibility.over_limit(entry.entrant, entry.category, sent_only=True, but=entry):
        raise EntryRefused({"category" if entry.category else "": problem})
    if not in_batch and (problems := entry_checks.problems(entry)):
        raise EntryRefused(problems)
    _send(entry, by, now or timezone.now(), in_batch)
    return entry


def why_not_now(entry: Entry, now: datetime.datetime | None = None) -> str:
    """Why an entry is not taken at this moment, as a sentence; empty while its window is open."""
    return deadlines.why_closed(entry.round, now, entry.category, entry.entrant)


def next_number(round: Round) -> int:
    """The number the next entry takes; `round` is locked by this transaction."""
    last = Entry.objects.filter(round=round).aggregate(last=Max("number"))["last"]
    return (last or 0) + 1


def _send(entry: Entry, by, now: datetime.datetime, in_batch: bool) -> None:
    was_sent = entry.state == State.SUBMITTED
    _place(entry)
    entry.number = entry.number or next_number(entry.round)
    entry.state, entry.submitted_at = State.SUBMITTED, now
    entry.save(update_fields=["number", "state", "submitted_at", "saved_at", *PLACE])
    audit.record("awards.entry_sent", entry, by, f"Entry {entry.code} sent")
    if not in_batch and not was_sent:
        entry_letters.sent(entry)


def _place(entry: Entry) -> None:
    """Whose work it is: the nominated city's where one is nominated, else the entrant's."""
    if entry.nominee_member_id:
        entry.nominee_kind = EntrantKind.MEMBER
        entry.home_id, entry.home_text = entry.nominee_member_id, ""
    else:
        entry.home_id, entry.home_text = entry.entrant.home_id, entry.entrant.home_text


@transaction.atomic
def withdraw(entry: Entry, by, now: datetime.datetime | None = None) -> Entry:
    """Take a sent entry out before its deadline; nobody else gets its number.

    EntryRefused: the deadline is past, or it is not sent.
    """
    entry, now = locked(entry), now or timezone.now()
    if entry.state != State.SUBMITTED:
        raise EntryRefused(_("This entry was not sent, or it was withdrawn before."))
    _refuse(why_not_now(entry, now))
    entry.state, entry.withdrawn_at = State.WITHDRAWN, now
    entry.save(update_fields=["state", "withdrawn_at", "saved_at"])
    audit.record("awards.entry_withdrawn", entry, by, f"Entry {entry.code} withdrawn")
    return entry


@transaction.atomic
def discard(entry: Entry) -> None:
    """Erase a draft with its files. EntryRefused: it is no draft any more."""
    entry = locked(entry)
    if entry.state != State.DRAFT:
        raise EntryRefused(_("Only a draft can be deleted."))
    for file in entry.files.all():
        entry_files.drop_file(file)
    entry.delete()


@transaction.atomic
def refuse(entry: Entry, reason: str, by) -> Entry:
    """Do not admit a sent entry: the entrant is told why. EntryRefused: it is not sent."""
    entry = locked(entry)
    if entry.state != State.SUBMITTED:
        raise EntryRefused(_("Only an entry that was sent can be refused admission."))
    if not reason.strip():
        raise EntryRefused(_("Say why it is not admitted."))
    entry.state, entry.refused_reason = State.REFUSED, reason.strip()
    entry.save(update_fields=["state", "refused_reason"])
    audit.record("awards.entry_refused", entry, by, f"Entry {entry.code} not admitted")
    entry_letters.refused(entry)
    return entry


@transaction.atomic
def readmit(entry: Entry, by) -> Entry:
    """Admit a refused entry after all; the limits of its entrant hold again."""
    entry = locked(entry)
    if entry.state != State.REFUSED:
        raise EntryRefused(_("This entry was not refused."))
    _refuse(eligibility.over_limit(entry.entrant, entry.category, sent_only=True, but=entry))
    entry.state, entry.refused_reason = State.SUBMITTED, ""
    entry.save(update_fields=["state", "refused_reason"])
    audit.record("awards.entry_readmitted", entry, by, f"Entry {entry.code} admitted after all")
    return entry


def locked(entry: Entry) -> Entry:
    """The entry as it is now, its round locked first."""
    round = lock(entry.round_id)
    rows = Entry.objects.select_for_update(of=("self",))
    entry = rows.select_related("category", "entrant__member", "entrant__home__country").get(
        pk=entry.pk
    )
    entry.round = entry.entrant.round = round
    return entry


def _account(by):
    return by if getattr(by, "is_authenticated", False) else None


def _refuse(reason: str) -> None:
    if reason:
        raise EntryRefused(reason)
