"""Letting people in: one scan, one answer; nobody comes twice, and a slip can be undone.

The row of the participant is locked while a scan is judged, so that two doors answer one after
the other; the constraint holds what the lock might miss.
"""

import datetime
import re
import uuid
from dataclasses import dataclass

from django.db import transaction
from django.db.models import Count, Exists, OuterRef, Q, QuerySet
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from attendance.models import CheckIn, DoorPass
from content import audit
from content.sortkeys import search_fold, sort_key
from events.models import Delegation, Event, Participant

Status = Participant.Status
CODE = re.compile(r"[23456789a-hjkmnp-z]{16}")
MOST_FOUND = 20
LONGEST_OFFLINE = datetime.timedelta(hours=24)
GOOD, KNOWN, BAD = "good", "known", "bad"


@dataclass(frozen=True)
class Keeper:
    """Who stands at the door: somebody of the staff, or a helper with the link of one door."""

    user: object | None = None
    door: DoorPass | None = None


@dataclass(frozen=True)
class Answer:
    """What the door says. `tone`: "good" come in, "known" is in already, "bad" not."""

    tone: str
    words: str
    person: Participant | None = None
    check_in: CheckIn | None = None


def scan(event: Event, code: str, keeper: Keeper, **fields) -> Answer:
    """Let in whom a badge names. `fields` as for `let_in`."""
    person = _bearer(code)
    if person is None:
        return Answer(BAD, _("No such badge. Check the code or search by name."))
    here = _here(event, person)
    if here is None:
        words = _("The badge is of another event: %(title)s.") % {"title": person.event}
        if _is_akin(event, person.event):
            words = _("Registered for “%(title)s”, but not for this part.") % {
                "title": person.event
            }
        return Answer(BAD, words, person)
    return let_in(event, here.pk, keeper, **fields)


@transaction.atomic
def let_in(
    event: Event,
    pk: int,
    keeper: Keeper,
    *,
    way: str = CheckIn.Way.CODE,
    key: uuid.UUID | None = None,
    at: datetime.datetime | None = None,
) -> Answer:
    """Let in one participant of the event. The same key again gives the same answer.

    at: when it was scanned, for scans kept on a phone without a line; within the last day.
    """
    person = _locked(event, pk)
    if person is None:
        return Answer(BAD, _("Nobody of this event."))
    if key and (first := CheckIn.objects.filter(key=key).first()):
        return _repeated(first, person)
    if present := person.check_ins.filter(event=event, undone_at__isnull=True).first():
        return Answer(KNOWN, _already(present), person, present)
    if why := _why_not(event, person):
        return Answer(BAD, why, person)
    now = timezone.now()
    came = at if at and now - LONGEST_OFFLINE <= at <= now else now
    made = CheckIn.objects.create(
        event=event, participant=person, key=key or uuid.uuid4(), way=way, at=came,
        by=keeper.user, door=keeper.door,
    )  # fmt: skip
    return Answer(GOOD, _("Welcome."), person, made)


@transaction.atomic
def undo(event: Event, pk: int, keeper: Keeper) -> CheckIn | None:
    """Take back a check-in of this event; a second time changes nothing. None for any other."""
    made = CheckIn.objects.select_for_update(of=("self",)).filter(event=event, pk=pk).first()
    if made and made.undone_at is None:
        made.undone_at = timezone.now()
        made.save(update_fields=["undone_at"])
        audit.record("attendance.checkin.undone", made, keeper.user, f"{made} {keeper.door or ''}")
    return made


def present(event: Event) -> QuerySet[Participant]:
    """The participants of an event who came through a door."""
    came = CheckIn.objects.filter(participant=OuterRef("pk"), undone_at__isnull=True)
    return Participant.objects.filter(Exists(came), event=event)


@dataclass(frozen=True)
class Headcount:
    """So many of so many came."""

    label: str
    came: int
    expected: int


def counts(event: Event) -> Headcount:
    """How many came of those who have a place: one query."""
    row = event.participants.filter(status=Status.CONFIRMED).aggregate(**_COUNTED)
    return Headcount(str(event), row["came"], row["expected"])


def by_city(event: Event) -> list[Headcount]:
    """The same for each delegation, in alphabetical order of the reader: two queries."""
    numbers = {
        row["delegation"]: row
        for row in event.participants.filter(status=Status.CONFIRMED)
        .order_by().values("delegation").annotate(**_COUNTED)
    }  # fmt: skip
    found = Delegation.objects.filter(pk__in=numbers).select_related("member", "event")
    language = get_language()
    rows = [
        Headcount(one.sender_in(language), numbers[one.pk]["came"], numbers[one.pk]["expected"])
        for one in found.prefetch_related("member__names")
    ]
    return sorted(rows, key=lambda row: sort_key(row.label))


_COUNTED = {
    "came": Count(
        "pk", filter=Q(check_ins__isnull=False, check_ins__undone_at__isnull=True), distinct=True
    ),
    "expected": Count("pk", distinct=True),
}


def search(event: Event, text: str) -> list[Participant]:
    """People of the event whose name or city holds the text of two letters and more; at most 20."""
    wanted = search_fold(text)
    if len(wanted) < 2:
        return []
    named = Q()
    for word in text.split()[:4]:
        named &= (
            Q(name_cyrillic__icontains=word) | Q(name_latin__icontains=word)
            | Q(delegation__member__name_search__contains=search_fold(word))
            | Q(delegation__guest_of__icontains=word)
        )  # fmt: skip
    came = CheckIn.objects.filter(participant=OuterRef("pk"), undone_at__isnull=True)
    people = event.participants.filter(named).annotate(is_in=Exists(came))
    rows = people.select_related("event", "delegation__member", "delegation__event")
    rows = rows.prefetch_related("delegation__member__names")
    found = list(rows.order_by("name_cyrillic", "name_latin", "pk")[:MOST_FOUND])
    for person in found:
        person.key = uuid.uuid4()  # of the form beside the name
        person.sender = person.delegation.sender_in(get_language())
        person.shown = person.name_in(get_language())
    return found


def _bearer(code: str) -> Participant | None:
    plain = "".join(code.split()).replace("-", "").lower()
    if not CODE.fullmatch(plain):
        return None
    return (
        Participant.objects.select_related("event", "delegation").filter(badge_code=plain).first()
    )


def _here(event: Event, person: Participant) -> Participant | None:
    """The same person in this event: one badge opens the whole and its parts."""
    if person.event_id == event.pk:
        return person
    whole = person.whole_id or person.pk
    same = Participant.objects.filter(Q(whole=whole) | Q(pk=whole), event=event)
    active_first = sorted(same, key=lambda one: not one.is_active)
    return active_first[0] if active_first else None


def _is_akin(one: Event, other: Event) -> bool:
    return (one.parent_id or one.pk) == (other.parent_id or other.pk)


def _locked(event: Event, pk: int) -> Participant | None:
    rows = Participant.objects.select_for_update(of=("self",)).filter(event=event, pk=pk)
    return rows.select_related("delegation__member", "delegation__event", "event").first()


def _repeated(first: CheckIn, person: Participant) -> Answer:
    """The answer to a form that was sent before."""
    if first.participant_id != person.pk or first.undone_at:
        return Answer(BAD, _("This form was sent already. Scan again."), person)
    return Answer(GOOD, _("Welcome."), person, first)


def _already(made: CheckIn) -> str:
    at = timezone.localtime(made.at, made.event.zone)
    words = _("Already in since %(time)s.") % {"time": at.strftime("%H:%M")}
    if at.date() != timezone.localtime(timezone.now(), made.event.zone).date():
        words = _("Already in since %(day)s, %(time)s.") % {
            "day": at.strftime("%d.%m."), "time": at.strftime("%H:%M")
        }  # fmt: skip
    return words


def _why_not(event: Event, person: Participant) -> str:
    """Why this person has no way in; empty when the door is open."""
    if event.is_cancelled:
        return _("The event is cancelled.")
    return {
        Status.CONFIRMED: "",
        Status.OFFERED: _("A place is offered and not taken yet. Send them to the secretariat."),
        Status.WAITING: _("On the waiting list: no place. Send them to the secretariat."),
        Status.PENDING: _("Not approved yet. Send them to the secretariat."),
        Status.OVER_QUOTA: _("Over the quota, not decided. Send them to the secretariat."),
        Status.DECLINED: _("The registration was declined."),
        Status.CANCELLED: _("The registration was cancelled."),
    }[person.status]
