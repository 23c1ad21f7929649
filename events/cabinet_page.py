"""What the page of a delegation shows around its form."""

import datetime
from dataclasses import dataclass, field
from functools import cached_property

from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext as _

from events import audience_rules, change_requests, deadlines, differences, office_holders, pasting
from events import places as seats
from events.models import ChangeRequest, Delegation, Event
from events.people import RegistrationRefused
from members.models import Member

State = Event.Registration


@dataclass
class DelegationPage:
    """Deadlines, the open request, and why something cannot be done; computed when asked for."""

    event: Event
    member: Member
    delegation: Delegation | None
    now: datetime.datetime

    @cached_property
    def final(self) -> str:
        """Why nothing can be changed any more; empty while something can."""
        return seats.why_final(self.event, self.now)

    @cached_property
    def closed(self) -> str:
        """Why this member registers nobody now; empty where it may, or has a delegation."""
        if self.delegation is not None:
            return self.final or self._why_no_form()
        return audience_rules.why_not(self.event, self.member) or seats.why_closed(
            self.event, self.now
        )

    def _why_no_form(self) -> str:
        is_kept = self.event.registration_state(self.now) in (State.OPEN, State.CLOSED)
        return "" if is_kept else seats.why_closed(self.event, self.now)

    @cached_property
    def late(self) -> str:
        """Why changes are requests now; empty while they are free."""
        if self.delegation is None or self.closed:
            return ""
        return deadlines.why_no_change(self.event, self.now)

    @cached_property
    def late_leaving(self) -> str:
        """Why leaving is a request now; empty while it is free."""
        return "" if self.final else deadlines.why_no_withdrawal(self.event, self.now)

    @cached_property
    def deadlines(self) -> list[deadlines.Deadline]:
        return deadlines.rows(self.event, self.now) if self.event.takes_registrations else []

    @cached_property
    def quota(self) -> int | None:
        if self.delegation is None:
            return self.event.quota
        return seats.quota_of(self.event, self.delegation)

    @cached_property
    def request(self) -> ChangeRequest | None:
        return self.delegation and change_requests.open_request(self.delegation)

    @cached_property
    def last_answer(self) -> ChangeRequest | None:
        """The request that was decided last, while no newer one is open."""
        if self.delegation is None or self.request:
            return None
        decided = self.delegation.change_requests.filter(state__in=["accepted", "refused"])
        return decided.order_by("-decided_at").first()

    @cached_property
    def differences(self) -> list[differences.Difference]:
        return differences.of(self.request, self.delegation) if self.request else []

    @cached_property
    def holders(self) -> list[office_holders.Holder]:
        return office_holders.suggestions(self.event, self.member)


@dataclass(frozen=True)
class Addition:
    """Rows that were added to the form: what is said about them, what is wrong, what stays."""

    rows: list[dict] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    bad: list[pasting.BadLine] = field(default_factory=list)
    problem: str = ""
    text: str = ""

    @classmethod
    def pasted(cls, data, upload: UploadedFile | None) -> "Addition":
        """From the field of the form, or out of a workbook."""
        text = data.get("pasted", "")
        if not upload and not text.strip():
            return cls(problem=_("Paste the lines, or choose a file."))
        try:
            found = pasting.read_workbook(upload) if upload else pasting.read_text(text)
        except RegistrationRefused as refused:
            return cls(problem=str(refused), text=text)
        return cls(found.rows, list(pasting.summary(found)), found.bad, "", found.bad_text)

    @classmethod
    def of_holder(cls, event: Event, member: Member, key: str) -> "Addition":
        """A row for somebody who holds an office of the city, as it is on the day of the event."""
        chosen = [one for one in office_holders.suggestions(event, member) if one.key == key]
        return cls([one.values for one in chosen[:1]])
