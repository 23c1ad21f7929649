"""What the cabinet shows of a member's delegations."""

from dataclasses import dataclass

from django.db.models import Count, Q, QuerySet
from django.urls import reverse
from django.utils.translation import get_language

from content.dates import moment_text
from content.languages import in_language
from events import audience_rules, part_places
from events.models import Delegation, Event, Participant
from events.models.registration import ACTIVE, HOLDING
from events.words import day_and_month, state_words
from members.models import Member

Status = Participant.Status
COLOURS = {
    Status.CONFIRMED: "good",
    Status.OFFERED: "warn",
    Status.WAITING: "warn",
    Status.OVER_QUOTA: "warn",
    Status.PENDING: "warn",
    Status.DECLINED: "bad",
}


@dataclass(frozen=True)
class StateRow:
    """One person and their state in words; `offer` and `active` say what can be done.

    `parts` are titles and states of the parts they take part in; `with_whole`: they come with the
    delegation to the event around this one.
    """

    pk: int
    name: str
    is_head: bool
    state: str
    colour: str
    offer: bool
    active: bool
    parts: list[tuple[str, str]]
    with_whole: bool


def state_rows(event: Event, delegation: Delegation | None) -> list[StateRow]:
    """Everybody of a delegation, those who have left at the end; three queries at most."""
    if delegation is None:
        return []
    people = sorted(delegation.participants.all(), key=lambda one: not one.is_active)
    positions = {}
    if any(one.status == Status.WAITING for one in people):
        positions = event.participants.positions()
    taken = part_places.taken_by(people)
    return [_state_row(event, one, positions.get(one.pk), taken.get(one.pk, [])) for one in people]


def _state_row(event: Event, person: Participant, position: int | None, parts) -> StateRow:
    person.event = event
    return StateRow(
        pk=person.pk,
        name=person.name_in(get_language()),
        is_head=person.is_head,
        state=state_words(person, position),
        colour=COLOURS.get(person.status, ""),
        offer=person.status == Status.OFFERED,
        active=person.is_active,
        parts=[(in_language(row.event, "title")[0], state_words(row)) for row in parts],
        with_whole=person.whole_id is not None,
    )


def delegations_of(member: Member, user) -> list[Delegation]:
    """The member's delegations that have people, latest event first; counted by state.

    Adds `people`, `placed` and `waiting`.
    """
    counted = Delegation.objects.for_user(user).filter(member=member).select_related("event")
    counted = counted.annotate(
        people=Count("participants", filter=Q(participants__status__in=ACTIVE)),
        placed=Count("participants", filter=Q(participants__status__in=HOLDING)),
        waiting=Count("participants", filter=Q(participants__status=Status.WAITING)),
    )
    return list(counted.filter(people__gt=0).order_by("-event__starts_at", "pk"))


def open_rows(events: QuerySet[Event], member: Member) -> list[dict]:
    """Events to register for: `day`, `month`, `title`, `lang`, `place`, `closes`, `url`."""
    return [
        _open_row(event, member)
        for event in events.select_related("body_invited")
        if audience_rules.may_register(event, member)
    ]


def _open_row(event: Event, member: Member) -> dict:
    day, month = day_and_month(event.starts_at, event.ends_at, event.zone)
    title, language = in_language(event, "title")
    return {
        "day": day,
        "month": month,
        "title": title,
        "lang": language if language != get_language() else "",
        "closes": moment_text(event.registration_closes_at or event.starts_at, event.zone),
        "url": reverse("events:register", args=[member.slug, event.slug]),
    }
