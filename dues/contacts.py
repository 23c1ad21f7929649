"""Whom to write to about the dues of a member, rung by rung."""

import datetime
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from django.conf import settings

from dues.models import Reminder
from members.models import Department, Representative

Reached = Reminder.Reached


@dataclass(frozen=True)
class Addressee:
    """A reader of a letter; `user` is None for a mailbox of a department."""

    email: str
    reached: str
    language: str = settings.LANGUAGE_CODE
    name: str = ""
    user: Any = None


@dataclass
class Contacts:
    """The people and mailboxes of one member, the nearest first."""

    first: list[Addressee] = field(default_factory=list)
    second: list[Addressee] = field(default_factory=list)
    department: list[Addressee] = field(default_factory=list)

    def nearest(self) -> list[Addressee]:
        """The representative; where there is none, whoever comes next."""
        return self.first or self.second or self.department

    def both(self) -> list[Addressee]:
        """The representative and the second one, or the department where neither is known."""
        return [*self.first, *self.second] or self.department


def contacts_of(members: Iterable[int], day: datetime.date) -> dict[int, Contacts]:
    """Contacts of members by their keys, in three queries."""
    wanted = set(members)
    found: dict[int, Contacts] = defaultdict(Contacts)
    mandates = Representative.objects.on(day).filter(member__in=wanted, user__is_active=True)
    for mandate in mandates.select_related("user").order_by("starts_on", "pk"):
        _add_mandate(found[mandate.member_id], mandate)
    departments = Department.objects.filter(member__in=wanted).prefetch_related("contacts")
    for department in departments:
        _add_department(found[department.member_id], department)
    return found


def _add_mandate(contacts: Contacts, mandate: Representative) -> None:
    """The first lead is the representative; other leads, contributors, signatories are second."""
    user = mandate.user
    is_lead = mandate.role == Representative.Role.LEAD
    place = contacts.first if is_lead and not contacts.first else contacts.second
    reached = Reached.REPRESENTATIVE if place is contacts.first else Reached.SECOND
    if user.email not in {one.email for one in (*contacts.first, *contacts.second)}:
        place.append(Addressee(user.email, reached, user.language, user.full_name, user))


def _add_department(contacts: Contacts, department: Department) -> None:
    """The head of the department where an address is known, else the shared mailbox."""
    heads = [one.email for one in department.contacts.all() if one.is_head and one.email]
    for email in heads[:1] or [department.email]:
        if email and email not in {one.email for one in contacts.department}:
            contacts.department.append(Addressee(email, Reached.DEPARTMENT))
