"""Delegations of the demonstration that staff have something to decide about."""

import dataclasses
import datetime
from typing import Any

from django.utils import timezone

from events import change_requests, registration
from events.models import Delegation, Event
from members.models import Member, Representative
from uclg_portal.demonstration import data

DAY = datetime.timedelta(days=1)
ASKED = (*registration.Person.FIELDS, "rank", "is_listed")


def load(users: dict[str, Any]) -> None:
    """Everything of registrations.toml; events and members have to be there."""
    rows = data.table("registrations.toml")
    for row in rows["delegations"]:
        _load_delegation(row, users["admin@example.org"])
    for row in rows["late"]:
        _load_late_change(row, users["admin@example.org"])


def _load_delegation(row: dict[str, Any], desk: Any) -> None:
    event = Event.objects.get(slug=row["event"])
    if row.get("needs_approval"):
        event.needs_approval = True
        event.save(update_fields=["needs_approval"])
    member = Member.objects.get(slug=row["member"])
    people = [_person(values, number == 0) for number, values in enumerate(row["people"])]
    registration.register(event, member, people, _by(member, desk))


def _person(values: dict[str, Any], is_head: bool) -> registration.Person:
    parts = Event.objects.filter(slug__in=values.get("parts", []))
    said = {name: values[name] for name in ASKED if name in values}
    keys = frozenset(parts.values_list("pk", flat=True)) or None
    return registration.Person(**said, is_head=is_head, parts=keys)


def _by(member: Member, desk: Any) -> Any:
    mandate = Representative.objects.filter(member=member).first()
    return mandate.user if mandate else desk


def _load_late_change(row: dict[str, Any], desk: Any) -> None:
    event = Event.objects.get(slug=row["event"])
    event.change_until = timezone.now() - DAY
    event.save(update_fields=["change_until"])
    delegation = Delegation.objects.select_related("member").get(
        event=event, member__slug=row["member"]
    )
    people = change_requests.stored_people(delegation)
    number = row["row"] - 1
    names = {name: row[name] for name in ("name_cyrillic", "name_latin")}
    people[number] = dataclasses.replace(people[number], pk=None, email="", **names)
    change_requests.ask(
        delegation,
        _by(delegation.member, desk),
        seen_version=delegation.version,
        people=people,
        reason=row["reason_ru"],
    )
