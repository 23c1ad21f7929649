"""The departments of a member: its representatives keep them themselves, the log keeps track.

They are written at once: contacts go out of date quickly, and nothing about a person is public
unless the person agreed, which the representative says for each of them.
"""

import hashlib
import json
from collections.abc import Iterable, Mapping
from typing import Any

from django.db import transaction
from django.db.models import Max, Prefetch, QuerySet

from content import audit
from members.models import Department, DepartmentContact, Member
from members.profile import locked

DEPARTMENT_FIELDS = ("name_ru", "name_en", "email", "phone")
CONTACT_FIELDS = (
    "full_name_ru", "full_name_en", "job_ru", "job_en", "email", "phone", "is_head", "is_public",
)  # fmt: skip


def departments_of(member: Member) -> QuerySet[Department]:
    """All departments with all their contacts: for the member itself and for staff."""
    return member.departments.prefetch_related("contacts")


def public_departments() -> Prefetch:
    """What a public page may show, to prefetch on members: only people who agreed."""
    people = DepartmentContact.objects.filter(is_public=True)
    departments = Department.objects.prefetch_related(Prefetch("contacts", people))
    return Prefetch("departments", departments)


def head_address(member: Member) -> str:
    """Whom a letter to the head of a department reaches: the head, or the shared mailbox; ""."""
    people = DepartmentContact.objects.filter(department__member=member, is_head=True)
    head = people.exclude(email="").order_by("department__position", "order", "pk").first()
    mailbox = member.departments.exclude(email="").first()
    return head.email if head else mailbox.email if mailbox else ""


def values_of(department: Department) -> dict[str, str]:
    return {name: getattr(department, name) or "" for name in DEPARTMENT_FIELDS}


def contacts_of(department: Department) -> list[dict[str, Any]]:
    return [
        {name: getattr(contact, name) or "" for name in CONTACT_FIELDS}
        for contact in department.contacts.all()
    ]


def token(member: Member, department: Department | None) -> str:
    """Names the member and what a form was opened with: it changes with every change."""
    if department is None:
        return f"{member.pk}-new"
    known = json.dumps([values_of(department), contacts_of(department)], sort_keys=True)
    return f"{member.pk}-{department.pk}-{hashlib.sha256(known.encode()).hexdigest()[:16]}"


@transaction.atomic
def save(
    member: Member, department: Department | None, values: Mapping[str, str],
    contacts: Iterable[Mapping[str, Any]], by: Any,
) -> Department:  # fmt: skip
    """Write a department and its contacts as they shall be; a new one when it is None.

    The log says who did it and how many people are kept and shown, not who they are.
    """
    locked(member)
    before = _kept(department)
    if department is None:
        last = member.departments.aggregate(last=Max("position"))["last"]
        department = Department(member=member, position=(last or 0) + 1)
    for name in DEPARTMENT_FIELDS:
        setattr(department, name, values[name] or (None if name.startswith("name_") else ""))
    department.save()
    for contact in department.contacts.all():
        contact.delete()
    for order, given in enumerate(contacts):
        _add(department, order, given)
    _record("department.saved", member, department, by, before)
    return department


def _add(department: Department, order: int, given: Mapping[str, Any]) -> None:
    contact = DepartmentContact(department=department, order=order)
    for name in CONTACT_FIELDS:
        value = given[name]
        setattr(contact, name, None if name[-3:] in ("_ru", "_en") and not value else value)
    contact.save()


@transaction.atomic
def remove(department: Department, by: Any) -> None:
    """Take a department and its contacts away."""
    member = locked(department.member)
    before = _kept(department)
    _record("department.removed", member, department, by, before)
    department.delete()


def _kept(department: Department | None) -> dict[str, int]:
    people = list(department.contacts.all()) if department else []
    return {"contacts": len(people), "shown": sum(one.is_public for one in people)}


def _record(verb: str, member: Member, department: Department, by: Any, before: dict) -> None:
    fresh = Department.objects.get(pk=department.pk)
    after = _kept(fresh) if verb == "department.saved" else {"contacts": 0, "shown": 0}
    changes = {name: [before[name], after[name]] for name in before}
    audit.record(verb, member, by, f"{member}: {fresh}", changes)
