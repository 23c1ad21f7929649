"""Who may act for a member today, and how far. A stranger learns nothing; the try is written down.

What the roles of representatives may do:

- a contributor keeps the profile, the photos, the departments and the delegations: all that the
  secretariat decides on, or that it can see in the log;
- a signatory besides speaks for the member: confirms the page once a year;
- a lead representative besides invites contributors and signatories and ends their mandates.

Whoever leaves names a successor on the page of the hand-over, whatever the role was.
"""

import datetime
from collections import defaultdict
from collections.abc import Iterable
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.core.cache import cache
from django.db.models import Q
from django.http import Http404

from accounts.models import User
from content import audit, dated
from content.models import AuditEntry
from members.models import Member, Representative

LEADS = (Representative.Role.LEAD,)
SIGNS = (Representative.Role.LEAD, Representative.Role.SIGNATORY)
REFUSED = "cabinet.refused"
DAY = 24 * 60 * 60


def editable_member(user: Any, slug: str) -> Member:
    """The member under this address, an earlier one too, if the user represents it today.

    Anybody else gets Http404, whether the member exists or not. If it does, the try goes to the
    audit log. Call it outside a transaction: a rollback would take the log entry along.
    """
    own = Member.objects.editable_by(user).select_related("country", "photo")
    member = own.filter(slug=slug).first() or own.filter(old_slugs__slug=slug).first()
    if member is None:
        note_try(user, slug)
        raise Http404
    return member


def note_try(user: Any, slug: str) -> None:
    """Write a try down: once a day for a person and a member, however often they knock."""
    known = Member.objects.filter(Q(slug=slug) | Q(old_slugs__slug=slug)).order_by("pk").first()
    if known is None:
        return
    today = dated.today()
    # The cache keeps two tries of one moment apart; it may have forgotten, the log has not.
    if not cache.add(f"{REFUSED}-{user.pk}-{known.pk}-{today}", 1, timeout=DAY):
        return
    tries = AuditEntry.objects.filter(
        verb=REFUSED,
        actor=user,
        content_type=ContentType.objects.get_for_model(Member),
        object_id=known.pk,
        created_at__date=today,
    )
    if not tries.exists():
        audit.record(REFUSED, known, user, f"No mandate for this cabinet: {slug}")


def may_lead(user: Any, member: Member) -> bool:
    """Whether this person invites representatives of the member and ends their mandates."""
    return _acts_as(user, member, LEADS)


def may_sign(user: Any, member: Member) -> bool:
    """Whether this person speaks for the member; anybody does where nobody in such a role is."""
    if _acts_as(user, member, SIGNS):
        return True
    signing = member.representatives.on().filter(role__in=SIGNS, user__is_active=True)
    return not signing.exists()


def answering_for(
    member_ids: Iterable[int], day: datetime.date | None = None
) -> dict[int, list[User]]:
    """Who is written to about each member on a day (today when not given); one query.

    The lead representatives, or all where there is no lead; a member that nobody represents has no
    entry.
    """
    acting = Representative.objects.on(day).filter(member__in=set(member_ids), user__is_active=True)
    held = defaultdict(list)
    for mandate in acting.select_related("user").order_by("pk"):
        held[mandate.member_id].append(mandate)
    return {
        pk: [one.user for one in rows if one.role in LEADS] or [one.user for one in rows]
        for pk, rows in held.items()
    }


def may_answer(user: Any, member: Member) -> bool:
    """Whether this person is one of those who answer for the member, and are written to."""
    return user in answering_for([member.pk]).get(member.pk, [])


def _acts_as(user: Any, member: Member, roles: tuple) -> bool:
    return member.representatives.on().filter(user=user, role__in=roles).exists()
