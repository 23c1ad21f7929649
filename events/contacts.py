"""Who answers for a delegation today: mails that concern it go there."""

from collections import defaultdict
from collections.abc import Iterable

from accounts.models import User
from events.models import Delegation
from members.models import Member, Representative


def contacts_of(delegations: Iterable[Delegation]) -> dict[int, list[User]]:
    """The users to write to, by primary key of the delegation; one query for all of them.

    Whoever registered it while they represent the member; later the lead representatives, or all
    when there is no lead. Where nobody represents the member, the staff who registered it. Guests
    who registered themselves have nobody: their letters go to themselves.
    Expects `registered_by` to be loaded.
    """
    delegations = list(delegations)
    mandates = _mandates({one.member_id for one in delegations} - {None})
    return {one.pk: _choose(one, mandates[one.member_id]) for one in delegations}


def contacts_of_members(members: Iterable[Member]) -> dict[int, list[User]]:
    """The users who answer for each member today, by primary key of the member; one query.

    The lead representatives, or all when there is no lead.
    """
    pks = {member.pk for member in members}
    mandates = _mandates(pks)
    return {pk: _leads(mandates[pk]) for pk in pks}


def _mandates(members: set[int]) -> dict[int, list[Representative]]:
    found = defaultdict(list)
    rows = Representative.objects.on().filter(member__in=members, user__is_active=True)
    for mandate in rows.select_related("user").order_by("pk"):
        found[mandate.member_id].append(mandate)
    return found


def _leads(mandates: list[Representative]) -> list[User]:
    leads = [m.user for m in mandates if m.role == Representative.Role.LEAD]
    users = leads or [m.user for m in mandates]
    return list({user.pk: user for user in users}.values())


def _choose(delegation: Delegation, mandates: list[Representative]) -> list[User]:
    by = delegation.registered_by
    if by and any(mandate.user_id == by.pk for mandate in mandates):
        return [by]
    if users := _leads(mandates):
        return users
    return [by] if by and by.is_staff and by.is_active else []
