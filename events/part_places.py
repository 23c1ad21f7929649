"""Parts of an event: who of a delegation takes part in a council within a congress.

A person in a part is a participant of the part's event whose `whole` is the same person in the
event around it (a trigger holds the two together). Places, quota and waiting list of a part are its
own. The whole is locked first, then the parts by their keys.
"""

import datetime
from collections import defaultdict
from collections.abc import Iterable, Sequence

from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from content.languages import in_language
from events import audience_rules, deadlines, places, waiting
from events.models import Delegation, Event, Participant
from events.models.registration import HOLDING
from events.people import Person, Problem, RegistrationRefused

COPIED = (
    "order", "name_cyrillic", "name_latin", "position_ru", "position_en", "rank", "mode",
    "is_listed", "listed_changed_at", "email", "language",
)  # fmt: skip
WITHDRAWN = Participant.Departure.WITHDRAWN


def announced(event: Event, at: datetime.datetime | None = None) -> QuerySet[Event]:
    """Parts of an event that delegations register for, first come first."""
    shown = Event.objects.published(at or timezone.now()).filter(parent=event.pk)
    shown = shown.filter(takes_registrations=True, status=Event.Status.ANNOUNCED)
    return shown.order_by("starts_at", "pk")


def on_offer(event: Event, member) -> list[Event]:
    """The parts that a delegation of this member (None: guests) may choose for its people."""
    found = announced(event).select_related("body_invited")
    return [part for part in found if audience_rules.may_register(part, member)]


def taken_by(people: Iterable[Participant]) -> dict[int, list[Participant]]:
    """The rows in parts by the key of the person in the whole; one query."""
    found = defaultdict(list)
    keys = [person.pk for person in people]
    if not keys:
        return found
    rows = Participant.objects.active().filter(whole__in=keys)
    for row in rows.select_related("event", "delegation").order_by("event__starts_at", "event_id"):
        found[row.whole_id].append(row)
    return found


def follow(
    event: Event, delegation: Delegation, rows: Sequence[Participant], people: Sequence[Person],
    by, now: datetime.datetime, *, is_decided: bool = False,
) -> None:  # fmt: skip
    """Bring the parts in line with the delegation to the whole: `rows` are saved, `people` wanted.

    RegistrationRefused, with the row: a part is closed, or somebody is registered there already.
    """
    present = taken_by([row for row in rows if row.pk in {one.pk for one in people}])
    wanted = _wanted(rows, people, present)
    touched = set(wanted) | {one.event_id for found in present.values() for one in found}
    for event_id in sorted(touched):
        part = places.lock(event_id)
        there = {pk: one for pk, found in present.items() for one in found
                 if one.event_id == event_id}  # fmt: skip
        _Part(part, event, delegation, there, by, now, is_decided).shall_be(
            list(rows), {row.pk for row in wanted[event_id]}
        )


def _wanted(rows, people, present) -> dict[int, list[Participant]]:
    """Who shall be in which part; whoever says nothing stays where they are."""
    wanted = defaultdict(list)
    for row, person in zip(rows, people, strict=True):
        stays = {one.event_id for one in present.get(row.pk, [])}
        for event_id in stays if person.parts is None else person.parts:
            wanted[event_id].append(row)
    return wanted


class _Part:
    """One part, locked, while it follows the whole."""

    def __init__(self, part, whole, delegation, there, by, now, is_decided):
        self.part, self.whole, self.delegation = part, whole, delegation
        self.there, self.by, self.now, self.is_decided = there, by, now, is_decided

    def shall_be(self, rows: list[Participant], wanted: set[int]) -> None:
        """`rows` are all of the whole, `wanted` the keys of those who take part."""
        self._refuse(rows, wanted)
        gone = [one for pk, one in self.there.items() if pk not in wanted]
        new = [row for row in rows if row.pk in wanted and row.pk not in self.there]
        kept = [row for row in rows if row.pk in wanted and row.pk in self.there]
        own = self._delegation()
        for one in gone:
            one.delegation = own
        waiting.release(self.part, gone, WITHDRAWN, self.now)
        self._copy(kept)
        if new:
            self._enter(own, new)
        if new or gone:
            own.version += 1
            own.save(update_fields=["version", "updated_at"])
            places.log("events.part.changed", self.part, own, self.by)

    def _delegation(self) -> Delegation:
        whole = self.delegation
        if whole.member_id:
            found, _is_new = Delegation.objects.get_or_create(
                event=self.part, member=whole.member, defaults={"registered_by": self.by}
            )
            return found
        there = next(iter(self.there.values()), None)
        return there.delegation if there else Delegation.objects.create(
            event=self.part, guest_of=whole.guest_of, guest_country=whole.guest_country,
            registered_by=self.by,
        )  # fmt: skip

    def _copy(self, kept: list[Participant]) -> None:
        """The same names and addresses as in the whole; addresses may change hands."""
        copies = [self.there[row.pk] for row in kept]
        Participant.objects.filter(pk__in=[copy.pk for copy in copies]).update(email="")
        for row, copy in zip(kept, copies, strict=True):
            for name in COPIED:
                setattr(copy, name, getattr(row, name))
        Participant.objects.bulk_update(copies, COPIED)

    def _enter(self, own: Delegation, new: list[Participant]) -> None:
        copies = [
            Participant(
                event=self.part, delegation=own, whole=row, status="",
                **{name: getattr(row, name) for name in COPIED},
            )
            for row in new
        ]  # fmt: skip
        before = list(own.participants.active())
        seated = places.allot(self.part, [*before, *copies], self.now)
        Participant.objects.bulk_update([one for one in seated if one.pk], places.SEATING)
        _name_head([*before, *copies])
        Participant.objects.bulk_create(copies)
        places.settle_head(own)

    def _refuse(self, rows: list[Participant], wanted: set[int]) -> None:
        problems = []
        taken = self._addresses(rows, wanted)
        for number, row in enumerate(rows):
            reason = ""
            if row.pk in wanted and row.pk not in self.there:
                reason = self._why_closed()
            elif row.pk in self.there and row.pk not in wanted and not self.is_decided:
                reason = deadlines.why_no_withdrawal(self.part, self.now)
            if not reason and row.pk in wanted and row.email.lower() in taken:
                reason = _("Somebody with this e-mail is registered for this event already.")
            if reason:
                title = in_language(self.part, "title")[0]
                problems.append(Problem(f"{title}: {reason}", number, "parts"))
        if problems:
            raise RegistrationRefused(*problems)

    def _why_closed(self) -> str:
        if self.part.parent_id != self.whole.pk:
            return _("This is no part of the event.")
        reason = places.why_closed(self.part, self.now)
        is_late = self.part.registration_state(self.now) == Event.Registration.CLOSED
        if reason and not (is_late and self.is_decided):
            return reason
        return audience_rules.why_not(self.part, self.delegation.member)

    def _addresses(self, rows, wanted) -> set[str]:
        """Addresses that others have in the part."""
        emails = {row.email.lower() for row in rows if row.pk in wanted and row.email}
        if not emails:
            return set()
        others = self.part.participants.active().exclude(whole__in=[row.pk for row in rows])
        others = others.exclude(email="").values_list("email", flat=True)
        return {email.lower() for email in others} & emails


def _name_head(people: list[Participant]) -> None:
    """The head of the delegation leads it in the part too, once they have a place there."""
    if any(person.is_head for person in people):
        return
    for person in people:
        is_new_head = person.pk is None and person.whole.is_head and person.status in HOLDING
        if is_new_head:
            person.is_head = True
            return
