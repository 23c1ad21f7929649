"""Who was there: through a door, in the report of a platform, or by the word of the secretariat."""

from collections.abc import Iterable

from django.db import transaction
from django.db.models import Exists, OuterRef, Q, QuerySet

from attendance.models import Attendee, CheckIn, MarkedPresent
from content import audit, cacheversion
from events.models import Event, Participant

Status = Participant.Status


def with_presence(people: QuerySet[Participant]) -> QuerySet[Participant]:
    """Adds `came` (through a door), `was_online`, `is_marked` and `was_there` to each."""
    doors = CheckIn.objects.filter(participant=OuterRef("pk"), undone_at__isnull=True)
    online = Attendee.objects.filter(
        participant=OuterRef("pk"), outcome=Attendee.Outcome.MATCHED,
        report__event=OuterRef("event"),
    )  # fmt: skip
    marked = MarkedPresent.objects.filter(participant=OuterRef("pk"))
    found = people.annotate(came=Exists(doors), was_online=Exists(online), is_marked=Exists(marked))
    return found.annotate(was_there=Q(came=True) | Q(was_online=True) | Q(is_marked=True))


def those_there(event: Event) -> QuerySet[Participant]:
    """The participants of an event who were there."""
    return with_presence(Participant.objects.filter(event=event)).filter(was_there=True)


def was_there(person: Participant) -> bool:
    return those_there(person.event).filter(pk=person.pk).exists()


@transaction.atomic
def mark(people: Iterable[Participant], by) -> int:
    """The secretariat says that these people with a place were there; how many are new."""
    placed = [one for one in people if one.status == Status.CONFIRMED]
    known = set(
        MarkedPresent.objects.filter(participant__in=placed).values_list("participant", flat=True)
    )
    rows = [MarkedPresent(participant=one, marked_by=by) for one in placed if one.pk not in known]
    MarkedPresent.objects.bulk_create(rows, ignore_conflicts=True)
    for row in rows:
        audit.record("attendance.marked_present", row.participant, by, f"{row.participant_id}")
    if rows:
        cacheversion.bump()
    return len(rows)


@transaction.atomic
def unmark(person: Participant, by) -> bool:
    """Take the word back; certificates that were issued stay in the register."""
    gone, _rows = MarkedPresent.objects.filter(participant=person).delete()
    if gone:
        audit.record("attendance.unmarked_present", person, by, f"{person.pk}")
        cacheversion.bump()
    return bool(gone)
