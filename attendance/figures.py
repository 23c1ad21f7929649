"""The figures of an event: who registered, who was there, from which cities and countries."""

from dataclasses import dataclass

from django.db.models import Count, Q
from django.utils.translation import get_language

from attendance import presence
from attendance.models import Attendee
from content.sortkeys import sort_key
from events.columns import country_of
from events.models import Delegation, Event, Participant

Status = Participant.Status


@dataclass(frozen=True)
class Line:
    """So many were registered, so many were there; `share` in per cent, None of nobody."""

    label: str
    registered: int
    there: int
    note: str = ""

    @property
    def share(self) -> int | None:
        return round(100 * self.there / self.registered) if self.registered else None


@dataclass(frozen=True)
class Figures:
    """The whole, then city by city. Guests are counted apart and are no cities of ours (EVT-8).

    `unregistered` were online without a registration; `has_presence`: whether anybody noted who
    was there.
    """

    whole: Line
    at_the_door: int
    online: int
    unregistered: int
    cities: list[Line]
    countries: list[Line]
    guests: list[Line]

    @property
    def has_presence(self) -> bool:
        return bool(self.whole.there or self.unregistered)

    @property
    def guest_people(self) -> int:
        return sum(line.registered for line in self.guests)


def of(event: Event, language: str | None = None) -> Figures:
    """Count an event: a fixed number of queries, whatever its size."""
    language = language or get_language()
    numbers = {row["delegation"]: row for row in _counted(event)}
    delegations = list(
        Delegation.objects.filter(pk__in=numbers)
        .select_related("event", "member__country")
        .prefetch_related("member__names")
    )
    lines = [(one, _line(one, numbers[one.pk], language)) for one in delegations]
    return Figures(
        whole=_sum("", [line for _one, line in lines]),
        at_the_door=sum(row["door"] for row in numbers.values()),
        online=sum(row["online"] for row in numbers.values()),
        unregistered=Attendee.objects.filter(
            report__event=event, outcome=Attendee.Outcome.MATCHED, participant__isnull=True
        ).count(),
        cities=_sorted(line for one, line in lines if one.member_id),
        countries=_by_country([line for one, line in lines if one.member_id]),
        guests=_sorted(line for one, line in lines if not one.member_id),
    )


def _counted(event: Event):
    people = presence.with_presence(Participant.objects.filter(event=event))
    counted = people.filter(Q(status=Status.CONFIRMED) | Q(was_there=True))
    return counted.order_by().values("delegation").annotate(
        registered=Count("pk"),
        there=Count("pk", filter=Q(was_there=True)),
        door=Count("pk", filter=Q(came=True)),
        online=Count("pk", filter=Q(was_online=True, came=False)),
    )  # fmt: skip


def _line(delegation: Delegation, row: dict, language: str) -> Line:
    person = Participant(delegation=delegation)
    return Line(
        delegation.sender_in(language), row["registered"], row["there"],
        note=country_of(person, language),
    )  # fmt: skip


def _sum(label: str, lines: list[Line]) -> Line:
    return Line(label, sum(line.registered for line in lines), sum(line.there for line in lines))


def _by_country(lines: list[Line]) -> list[Line]:
    names = {line.note for line in lines}
    return _sorted(_sum(name, [line for line in lines if line.note == name]) for name in names)


def _sorted(lines) -> list[Line]:
    return sorted(lines, key=lambda line: sort_key(line.label))
