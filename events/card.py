"""The registration card of an event's page: what can be done now, and how many places are left."""

import datetime
from dataclasses import dataclass

from django.db.models import Count, Q
from django.utils.translation import gettext as _

from content.dates import moment_text, own_clock
from events import clocks
from events.models import Event
from events.models.registration import HOLDING

State = Event.Registration
NEARLY = 0.75


@dataclass(frozen=True)
class RegistrationCard:
    """`state` is an `Event.Registration`; `taken` and `waiting` count people."""

    event: Event
    state: str
    taken: int
    waiting: int

    @classmethod
    def of(cls, event: Event, at: datetime.datetime) -> "RegistrationCard":
        """The card at that moment; places are counted (one query) where delegations register."""
        state = event.registration_state(at)
        found = {"taken": 0, "waiting": 0}
        if state in (State.OPEN, State.CLOSED):
            found = event.participants.aggregate(
                taken=Count("pk", filter=Q(status__in=HOLDING)),
                waiting=Count("pk", filter=Q(status="waiting")),
            )
        return cls(event, state, **found)

    @property
    def is_open(self) -> bool:
        return self.state == State.OPEN

    @property
    def is_full(self) -> bool:
        """Whether newcomers go to the waiting list."""
        capacity = self.event.capacity
        return capacity is not None and (self.taken >= capacity or self.waiting > 0)

    @property
    def is_nearly_full(self) -> bool:
        return bool(self.event.capacity) and self.taken >= NEARLY * self.event.capacity

    @property
    def is_shown(self) -> bool:
        """Whether registration here is, was or will be possible before the event begins."""
        return self.state in (State.NOT_YET, State.OPEN, State.CLOSED)

    @property
    def is_for_delegations(self) -> bool:
        """Whether a representative has anything to do: register, or look after a delegation."""
        return self.state in (State.OPEN, State.CLOSED)

    @property
    def label(self) -> str:
        if self.is_open and self.is_full:
            return _("Waiting list")
        return State(self.state).label

    @property
    def kind(self) -> str:
        """The colour of the state: see `includes/status.html`."""
        if self.is_open:
            return "warn" if self.is_full else "good"
        return {
            State.CANCELLED: "bad", State.NOT_YET: "info", State.POSTPONED: "warn",
        }.get(self.state, "")  # fmt: skip

    @property
    def moment(self) -> datetime.datetime | None:
        """When registration opens or closes: what `deadline` is about."""
        match self.state:
            case State.NOT_YET:
                return self.event.registration_opens_at
            case State.CLOSED:
                return self.event.registration_closes_at
            case State.OPEN:
                return self.event.registration_closes_at or self.event.starts_at
        return None

    @property
    def deadline(self) -> str:
        """One sentence on when registration opens or closes: by the clock of the event, and by
        that of a signed-in reader where it differs. Visitors get theirs from the browser."""
        if self.moment is None:
            return ""
        zone = self.event.zone
        shown = filter(None, [moment_text(self.moment, zone), own_clock(self.moment, zone)])
        words = {"moment": " · ".join(shown)}
        if self.state == State.NOT_YET:
            return _("Opens on %(moment)s") % words
        if self.state == State.CLOSED:
            return _("Closed on %(moment)s") % words
        return _("Open until %(moment)s") % words

    def elsewhere(self, zones: list[str]) -> list[clocks.Start]:
        """The moment by other clocks while it lies ahead; nothing where all are one."""
        if self.moment is None or self.state == State.CLOSED:
            return []
        rows = clocks.strip(self.moment, zones, own=self.event.time_zone)
        return rows if len(rows) > 1 else []
