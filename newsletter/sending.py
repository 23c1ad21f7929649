"""An issue is approved by a second person and sent: letters for all, written by a worker.

Each letter has the occasion of its issue: whatever is killed and run again, everybody has one. The
switch of bulk mail holds them back; who leaves meanwhile gets none.
"""

import uuid
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from django.contrib.postgres.aggregates import ArrayAgg
from django.db import models, transaction
from django.db.models import Max, Q
from django.utils import timezone
from django.utils.translation import gettext as _

from content import approvals, audit, jobs
from content.models import Approval, Job, Topic
from mailing import merging, outbox, reminders
from mailing.models import Message
from newsletter import composing, letters, subscribing
from newsletter.composing import Piece
from newsletter.models import Bulletin, Subscription

DEED = "newsletter.send"
JOB = "newsletter.send"
MAY_SEND = "newsletter.change_bulletin"
AT_ONCE = 500
FORMS_KEPT = 50


class SendingRefused(Exception):
    """The issue is not sent; the text says why, in the language of the reader."""


@dataclass
class DryRun:
    """What a sending would do: nobody is written to."""

    letters: int = 0
    nothing_fits: int = 0
    paused: int = 0
    bounced: int = 0
    by_language: dict[str, int] = field(default_factory=dict)
    by_topic: list[tuple[str, int]] = field(default_factory=list)
    sample: list[tuple[str, str, int]] = field(default_factory=list)


def problems(bulletin: Bulletin, pieces: list[Piece]) -> list[str]:
    """What stands against sending an issue, as sentences."""
    found = []
    if not bulletin.is_draft:
        found.append(_("This issue is sent already."))
    if not pieces:
        found.append(_("There is no item in the issue that the public may see."))
    missing = [code for code in ("ru", "en") if not getattr(bulletin, f"title_{code}")]
    if missing:
        found.append(_("The title is missing in one of the languages: the letter has both."))
    return found


def ask(bulletin: Bulletin, by: Any) -> Approval:
    """Ask a second person to approve the issue as it is. Raises SendingRefused."""
    pieces = composing.content_of(bulletin)
    _refuse(problems(bulletin, pieces))
    return approvals.ask(DEED, bulletin, composing.digest(bulletin, pieces), by)


def approve(bulletin: Bulletin, seen: str, by: Any) -> Approval:
    """Approve the words that were `seen` (the digest of the page). Raises SendingRefused."""
    if seen != composing.digest(bulletin):
        raise SendingRefused(_("The issue was changed since you opened the page: read it again."))
    try:
        return approvals.approve(DEED, bulletin, seen, by)
    except approvals.ApprovalRefused as refused:
        raise SendingRefused(str(refused)) from refused


def start(bulletin: Bulletin, by: Any, key: uuid.UUID | None = None) -> Job:
    """Have a worker write the letters of an approved issue. Raises SendingRefused."""
    with transaction.atomic():
        bulletin = Bulletin.objects.select_for_update(no_key=True).get(pk=bulletin.pk)
        if not bulletin.is_draft:
            job = Job.objects.filter(kind=JOB, params__bulletin=bulletin.pk).first()
            if job:
                return job
        _refuse_unapproved(bulletin)
        bulletin.started_at = timezone.now()
        bulletin.number = (Bulletin.objects.aggregate(last=Max("number"))["last"] or 0) + 1
        bulletin.save(update_fields=["started_at", "number"])
        title = _("Newsletter: %(title)s") % {"title": bulletin}
        job = jobs.ask(JOB, title, {"bulletin": bulletin.pk}, by, key=key)
        audit.record("newsletter.started", bulletin, by, str(bulletin))
    return job


def is_approved(bulletin: Bulletin) -> bool:
    """Whether a second person approved the issue as it is now."""
    return approvals.is_approved(DEED, bulletin, composing.digest(bulletin))


def _refuse_unapproved(bulletin: Bulletin) -> None:
    pieces = composing.content_of(bulletin)
    _refuse(problems(bulletin, pieces))
    if not approvals.is_approved(DEED, bulletin, composing.digest(bulletin, pieces)):
        _refuse([_("A mail to all needs a second person: nobody has approved this issue yet.")])


def _refuse(found: list[str]) -> None:
    if found:
        raise SendingRefused(" ".join(found))


def _run(job: Job, progress: jobs.Progress) -> None:
    """Write the letters. Run again, it writes those that are missing."""
    bulletin = Bulletin.objects.get(pk=job.params["bulletin"])
    if not _letters_of(bulletin).exists() and not is_approved(bulletin):
        # A draft again: it can be read, approved and sent.
        Bulletin.objects.filter(pk=bulletin.pk, sent_at=None).update(started_at=None, number=None)
        raise SendingRefused(_("The issue was changed after the approval: ask for it again."))
    counts = plan(bulletin, progress)
    with transaction.atomic():
        bulletin = Bulletin.objects.select_for_update(no_key=True).get(pk=bulletin.pk)
        bulletin.sent_at = bulletin.sent_at or timezone.now()
        bulletin.letters = _letters_of(bulletin).count()
        bulletin.without_items = counts["nothing"]
        bulletin.save(update_fields=["sent_at", "letters", "without_items"])


def plan(bulletin: Bulletin, progress: jobs.Progress | None = None) -> Counter:
    """Write what was not written: counts of `written` letters and of readers with `nothing`.

    500 readers a transaction; their rows are locked, so that who leaves gets no letter afterwards.
    """
    pieces = composing.content_of(bulletin)
    readers = _readers()
    if progress:
        progress.start(len(readers))
    forms = _Forms(bulletin, pieces)
    counts: Counter = Counter()
    for chunk in _chunks(readers):
        counts += _write(bulletin, chunk, forms)
        if progress:
            progress.step(len(chunk))
    return counts


@dataclass(frozen=True)
class _Reader:
    pk: int
    language: str
    topics: tuple[int, ...]
    kinds: tuple[str, ...]


def _readers() -> list[_Reader]:
    """All who are active, those with the same wishes one after another; one query."""
    keys = ArrayAgg("topics", filter=Q(topics__isnull=False), default=models.Value([]))
    rows = Subscription.objects.active().annotate(keys=keys)
    found = [
        _Reader(pk, language, tuple(sorted(topics)), tuple(sorted(kinds)))
        for pk, language, topics, kinds in rows.values_list("pk", "language", "keys", "kinds")
    ]
    return sorted(found, key=lambda one: (one.language, one.kinds, one.topics, one.pk))


def _chunks(readers: list[_Reader]) -> Iterator[list[_Reader]]:
    for first in range(0, len(readers), AT_ONCE):
        yield readers[first : first + AT_ONCE]


class _Forms:
    """Letters by what they hold: each is rendered once. The last ones are kept."""

    def __init__(self, bulletin: Bulletin, pieces: list[Piece]):
        self.bulletin, self.pieces = bulletin, pieces
        self._chosen: dict[tuple, tuple[Piece, ...]] = {}
        self._made: dict[tuple, merging.Form] = {}

    def pieces_of(self, reader: _Reader) -> tuple[Piece, ...]:
        """The items that suit a reader."""
        wish = (reader.topics, reader.kinds)
        if wish not in self._chosen:
            self._chosen[wish] = tuple(one for one in self.pieces if one.suits(*wish))
        return self._chosen[wish]

    def of(self, reader: _Reader) -> merging.Form:
        """The form of the letter with exactly these items in this language."""
        chosen = self.pieces_of(reader)
        key = (reader.language, tuple(piece.item.pk for piece in chosen))
        if key not in self._made:
            if len(self._made) >= FORMS_KEPT:
                self._made.pop(next(iter(self._made)))
            self._made[key] = letters.form(self.bulletin, chosen, reader.language)
        return self._made[key]


def _write(bulletin: Bulletin, chunk: list[_Reader], forms: _Forms) -> Counter:
    fitting = [reader for reader in chunk if forms.pieces_of(reader)]
    counts = Counter(nothing=len(chunk) - len(fitting))
    with transaction.atomic():
        rows = Subscription.objects.active().filter(pk__in=[reader.pk for reader in fitting])
        here = {row.pk: row for row in rows.order_by("pk").select_for_update(no_key=True)}
        due = [
            _letter(bulletin, here[reader.pk], forms.of(reader))
            for reader in fitting
            if reader.pk in here
        ]
        counts += Counter(written=reminders.write(due)["written"])
    return counts


def _letter(bulletin: Bulletin, row: Subscription, form: merging.Form) -> reminders.DueReminder:
    return reminders.DueReminder(
        occasion=occasion(bulletin),
        email=row.email,
        language=row.language,
        template=letters.TEMPLATE,
        due_at=timezone.now(),
        about=bulletin,
        form=form,
        filling=letters.filling(row),
        unsubscribe_url=letters.leave_address(row),
    )


def occasion(bulletin: Bulletin) -> str:
    """The key under which everybody has one letter of an issue."""
    return f"newsletter.bulletin:{bulletin.pk}"


def _letters_of(bulletin: Bulletin) -> models.QuerySet[Message]:
    return Message.objects.filter(occasion=occasion(bulletin), kind=subscribing.LETTER)


def send_sample(bulletin: Bulletin, to: Any) -> None:
    """A test letter to a member of staff, in their language; its links end nothing."""
    made = letters.sample(bulletin, composing.content_of(bulletin), to.language)
    outbox.insert([_sample_message(bulletin, to, made)])


def _sample_message(bulletin: Bulletin, to: Any, made) -> Message:
    now = timezone.now()
    return Message(
        occasion=f"newsletter.test:{bulletin.pk}:{uuid.uuid4().hex}", kind="newsletter.test",
        email=to.email, user=to, language=to.language, subject=made.subject,
        text_body=made.text, html_body=made.html, due_at=now, next_attempt_at=now,
    )  # fmt: skip


def dry_run(bulletin: Bulletin, names: int = 10) -> DryRun:
    """Whom a sending would reach, by language and topic, and the first few of them."""
    forms = _Forms(bulletin, composing.content_of(bulletin))
    found, chosen, languages = DryRun(), Counter(), Counter()
    first: dict[int, int] = {}
    for reader in _readers():
        number = len(forms.pieces_of(reader))
        if not number:
            found.nothing_fits += 1
            continue
        found.letters += 1
        languages[reader.language] += 1
        chosen.update(reader.topics or (0,))
        if len(first) < names:
            first[reader.pk] = number
    found.paused = Subscription.objects.filter(state=Subscription.State.PAUSED).count()
    found.bounced = Subscription.objects.active().filter(soft_bounces__gt=0).count()
    found.by_language, found.by_topic = dict(languages), _named(chosen)
    rows = Subscription.objects.filter(pk__in=first)
    found.sample = [(row.email, row.language, first[row.pk]) for row in rows]
    return found


def _named(chosen: Counter) -> list[tuple[str, int]]:
    topics = {topic.pk: str(topic) for topic in Topic.objects.filter(pk__in=chosen)}
    named = [(topics[key], number) for key, number in chosen.items() if key in topics]
    everything = [(_("all topics"), chosen[0])] if chosen[0] else []
    return everything + sorted(named, key=lambda row: (-row[1], row[0]))


jobs.register(jobs.Kind(JOB, MAY_SEND, _run))
