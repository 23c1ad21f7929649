"""Letters in the secretariat's own words to audiences of an event: seen beforehand, sent once."""

import uuid
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from django.db import transaction
from django.utils.translation import gettext as _

from content import audit
from events import audiences, placelinks, promises
from events.audiences import Addressee
from events.letters import Reader, cabinet_link, facts
from events.models import Delegation, Event, EventLetter
from events.reminder_letters import own_words
from mailing import cleaning, reminders
from mailing.models import Message

TEMPLATE = "events/mail/own_words"


@dataclass(frozen=True)
class Line:
    """One name on the list of a letter: did the last mail come back, was this one written?"""

    addressee: Addressee
    bounced: bool
    is_written: bool


@dataclass(frozen=True)
class Listing:
    """Who a letter goes to, as staff see it before it leaves."""

    lines: list[Line]

    @property
    def names(self) -> int:
        return len(self.lines)

    @property
    def without_address(self) -> int:
        return sum(not line.addressee.email for line in self.lines)

    @property
    def bounced(self) -> int:
        return sum(line.bounced for line in self.lines)

    @property
    def written(self) -> int:
        return sum(line.is_written for line in self.lines)

    @property
    def letters(self) -> int:
        """How many letters leave, one for an address: one that bounced is tried again."""
        waiting = {line.addressee.email for line in self.lines if not line.is_written}
        return len(waiting - {""})


def listing(found: Iterable[Addressee], occasions: Iterable[str] = ()) -> Listing:
    """Whether each of these can be reached; `occasions` are those of the letter. Two queries.

    `occasions` stand in the order of the addressees; none when the letter is new.
    """
    found = list(found)
    emails = [one.email for one in found if one.email]
    bounced = Message.objects.bounced(emails)
    keys = list(zip(occasions, (one.email for one in found), strict=False))
    written = Message.objects.written(keys) if keys else set()
    is_written = [key in written for key in keys] or [False] * len(found)
    return Listing(
        [Line(one, one.email in bounced, done) for one, done in zip(found, is_written, strict=True)]
    )


@transaction.atomic
def send(event: Event, keys: list[str], words: dict[str, str], key: uuid.UUID, by) -> EventLetter:
    """Promise a letter to audiences of an event. The same key a second time changes nothing.

    `words` are `subject_ru`, `subject_en`, `text_ru`, `text_en`; empty in a language that lacks.
    It is written to the log of the event and of every city it goes to.
    """
    found = listing(audiences.addressees(event, keys))
    letter, is_new = EventLetter.objects.get_or_create(
        key=key,
        defaults={
            "event": event, "audiences": keys, "by": by, "names": found.names,
            "without_address": found.without_address, **words,
        },
    )  # fmt: skip
    if is_new:
        _log(letter, found, by)
        promises.promise()
    return letter


def _log(letter: EventLetter, found: Listing, by) -> None:
    subject = letter.subject_ru or letter.subject_en
    summary = f"{letter.event}: {subject}"
    audit.record("events.letter.sent", letter.event, by, summary, {"letters": [0, found.letters]})
    members = {line.addressee.member for line in found.lines if line.addressee.email}
    for member in sorted(members - {None}, key=lambda one: one.pk):
        audit.record("events.letter.sent", member, by, summary)


def of(letter: EventLetter) -> Iterator[reminders.DueReminder]:
    """The letters of a promise, for those who are in its audiences now."""
    for one in audiences.addressees(letter.event, letter.audiences):
        if one.email:
            yield _letter(letter, one)


def _letter(letter: EventLetter, one: Addressee) -> reminders.DueReminder:
    return reminders.DueReminder(
        occasion=letter.occasion, email=one.email, language=one.reader.language,
        user=one.reader.user, template=TEMPLATE, context=context(letter, one),
        due_at=letter.at, about=letter.event,
    )  # fmt: skip


def context(record, one: Addressee) -> dict:
    """What a letter in own words says to one addressee; `record` has event, subject and text."""
    return {
        **facts(record.event, one.reader.zone),
        **own_words(record),
        "name": one.reader.name,
        "city": one.sender,
        **_doors(record.event, one),
    }


def nobody(event: Event) -> Addressee:
    """A sample reader, for the preview of a letter that has none yet."""
    reader = Reader("", "ru", lambda: _("Anna Ivanova"), event.zone)
    return Addressee(key="sample", reader=reader, sender=lambda: _("Sample city"))


def _doors(event: Event, one: Addressee) -> dict[str, Callable[[], str]]:
    if one.person:
        return {"place_link": lambda: cleaning.on_site(placelinks.address(one.person))}
    if one.member:
        return {"cabinet_link": cabinet_link(Delegation(event=event, member=one.member))}
    return {}
