"""Who answers for a delegation today: mails that concern it go there."""

from collections import defaultdict
from collections.abc import Iterable

from accounts.models import User
from events.models import Delegation
from members.models import Representative


def contacts_of(delegations: Iterable[Delegation]) -> dict[int, list[User]]:
    """The users to write to, by primary key of the delegation; one query for all of them.

    Whoever registered it while they represent the member; later the lead representatives, or all
    when there is no lead. Where nobody represents the member, the staff who registered it. Guests
    who registered themselves have nobody: their letters go to themselves.
    Expects `registered_by` to be loaded.
    """
    delegations = list(delegations)
    mandates = defaultdict(list)
    for mandate in (
        Representative.objects.on()
        .filter(member__in={one.member_id for one in delegations} - {None}, user__is_active=True)
        .select_related("user")
    ):
        mandates[mandate.member_id].append(mandate)
    return {one.pk: _choose(one, mandates[one.member_id]) for one in delegations}


def _choose(delegation: Delegation, mandates: list[Representative]) -> list[User]:
    by = delegation.registered_by
    if by and any(mandate.user_id == by.pk for mandate in mandates):
        return [by]
    leads = [m.user for m in mandates if m.role == Representative.Role.LEAD]
    users = leads or [m.user for m in mandates]
    if users:
        return list({user.pk: user for user in users}.values())
    return [by] if by and by.is_staff and by.is_active else []
