"""To whom letters and reminders of an event go: a registry of audiences.

There are three sorts. An audience of people is a condition on participants; one of members asks
who answers for each member today; any other gives its addressees itself. Upper floors register
theirs in `AppConfig.ready()`:

    audiences.register_people("no_visa_data", _("without visa data"), lambda: Q(visa_data=None))
    audiences.register_others("speakers", _("speakers"), addressees_of_event)

However many people there are, an audience costs the same number of queries.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from events.contacts import contacts_of_members
from events.letters import NAMES, Reader, city_of
from events.models import Delegation, Event, Invitation, Participant
from events.models.registration import ACTIVE
from members.models import Member
from members.naming import name_on

Status = Participant.Status


@dataclass(frozen=True, kw_only=True)
class Addressee:
    """One name on the list of an audience; without an address where `reader.email` is empty.

    `key` names them within the event. `member` is the city in whose log the letter is written.
    """

    key: str
    reader: Reader
    sender: Callable[[], str]
    member: Member | None = None
    person: Participant | None = None

    @property
    def email(self) -> str:
        return self.reader.email.strip().lower()


@dataclass(frozen=True)
class Audience:
    """One of `people` (a condition on participants), `members` and `others` is given."""

    key: str
    label: Any
    people: Callable[[], Q] | None = None
    members: Callable[[Event], QuerySet[Member]] | None = None
    others: Callable[[Event], Iterable[Addressee]] | None = None


_audiences: dict[str, Audience] = {}


def register_people(key: str, label, condition: Callable[[], Q]) -> None:
    """Register participants who meet a condition, whichever event they are in."""
    _audiences[key] = Audience(key, label, people=condition)


def register_members(key: str, label, find: Callable[[Event], QuerySet[Member]]) -> None:
    """Register those who answer for the members that `find` gives for an event."""
    _audiences[key] = Audience(key, label, members=find)


def register_others(key: str, label, find: Callable[[Event], Iterable[Addressee]]) -> None:
    """Register people who need not be participants, such as speakers."""
    _audiences[key] = Audience(key, label, others=find)


def choices() -> list[tuple[str, Any]]:
    """Keys and names of all audiences, in the order in which they were registered."""
    return [(one.key, one.label) for one in _audiences.values()]


def get(key: str) -> Audience | None:
    """The audience of this key; None when the app that registered it is gone."""
    return _audiences.get(key)


def addressees(event: Event, keys: Iterable[str]) -> list[Addressee]:
    """Everybody in any of these audiences once, in the order of the audiences.

    One address may stand there twice: somebody who answers for two cities.
    """
    found: dict[str, Addressee] = {}
    for key in keys:
        audience = _audiences.get(key)
        for one in _of(audience, event) if audience else []:
            found.setdefault(one.key, one)
    return list(found.values())


def _of(audience: Audience, event: Event) -> Iterable[Addressee]:
    if audience.people:
        return of_people(event, event.participants.filter(audience.people()))
    if audience.members:
        return of_members(event, audience.members(event))
    return audience.others(event)


def of_people(event: Event, people: QuerySet[Participant]) -> Iterable[Addressee]:
    """Addressees for participants of one event, in the order of their delegations."""
    rows = people.select_related("delegation__member").prefetch_related(NAMES)
    for person in rows.order_by("delegation", "order", "pk"):
        person.event = person.delegation.event = event
        yield Addressee(
            key=f"p{person.pk}", reader=Reader.participant(person), person=person,
            sender=city_of(person.delegation), member=person.delegation.member,
        )  # fmt: skip


def of_members(event: Event, members: QuerySet[Member]) -> Iterable[Addressee]:
    """Addressees for members: who answers for each of them, or the member without an address."""
    rows = list(members.prefetch_related("names").order_by("sort_key_ru", "pk"))
    contacts = contacts_of_members(rows)
    for member in rows:
        sender = _name_of(event, member)
        delegation = Delegation(event=event, member=member)
        for user in contacts[member.pk]:
            reader = Reader.representative(user, delegation)
            yield Addressee(
                key=f"m{member.pk}:u{user.pk}", reader=reader, sender=sender, member=member
            )
        if not contacts[member.pk]:
            nobody = Reader("", "ru", sender, delegation.zone)
            yield Addressee(key=f"m{member.pk}", reader=nobody, sender=sender, member=member)


def _name_of(event: Event, member: Member) -> Callable[[], str]:
    day = event.starts_at.astimezone(event.zone).date()
    return lambda: name_on(member, day, get_language())[0]


def _online() -> Q:
    return Q(status=Status.CONFIRMED) & (
        Q(event__mode=Event.Mode.ONLINE)
        | Q(event__mode=Event.Mode.HYBRID, mode=Participant.Mode.ONLINE)
    )


def _in_person() -> Q:
    return Q(status=Status.CONFIRMED) & (
        Q(event__mode=Event.Mode.IN_PERSON)
        | Q(event__mode=Event.Mode.HYBRID, mode=Participant.Mode.IN_PERSON)
    )


def _unanswered(event: Event) -> QuerySet[Member]:
    asked = Invitation.objects.filter(event=event, state=Invitation.State.OPEN)
    return Member.objects.filter(pk__in=asked.values("member"))


def _without_delegation(event: Event) -> QuerySet[Member]:
    coming = Participant.objects.filter(
        event=event, status__in=ACTIVE, delegation__member=OuterRef("pk")
    )
    return Member.objects.members().filter(~Exists(coming))


register_people("placed", _("with a place"), lambda: Q(status=Status.CONFIRMED))
register_people("all", _("everybody who is registered"), lambda: Q(status__in=ACTIVE))
register_people("waiting", _("on the waiting list"), lambda: Q(status=Status.WAITING))
register_people("in_person", _("who come in person"), _in_person)
register_people("online", _("who take part online"), _online)
register_people(
    "heads", _("heads of delegations"), lambda: Q(status=Status.CONFIRMED, is_head=True)
)
register_members("unanswered", _("who have not answered the invitation"), _unanswered)
register_members("absent", _("members without a delegation"), _without_delegation)
