"""Giving people the right to act for a member, changing it, ending it."""

import copy
import datetime
from collections.abc import Iterable
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from accounts import invitations
from accounts.models import Role
from content import audit, dated
from content.dates import day_text
from content.models import AuditEntry
from mailing import outbox
from members.models import Member, Representative
from members.profile import locked

# The end of a term is told so many days ahead; who ends sooner is removed.
NOTICE = datetime.timedelta(days=30)


@transaction.atomic
def invite_representative(
    member: Member,
    email: str,
    full_name: str,
    language: str,
    by: Any,
    *,
    role: str = Representative.Role.LEAD,
    position: str = "",
    starts_on: datetime.date | None = None,
    ends_on: datetime.date | None = None,
) -> Representative:
    """Entrust a member to a person and invite them, or tell them when they sign in already.

    Without `starts_on` the mandate holds from now on. Raises ValidationError when this person
    represents the member already, or when the last day lies before the first.
    """
    user, invitation = invitations.invite(
        email, full_name, language, Role.REPRESENTATIVE, by, time_zone=member.time_zone
    )
    if Representative.objects.on().filter(user=user, member=member).exists():
        raise ValidationError(_("This person already represents this member."), code="twice")
    mandate = Representative(
        user=user, member=member, role=role, position=position, starts_on=starts_on,
        ends_on=ends_on,
    )  # fmt: skip
    mandate.full_clean()
    mandate.save()
    _record("member.entrusted", mandate, by, {"role": [None, role]})
    if invitation is None:
        _tell(mandate)
    return mandate


@transaction.atomic
def end_mandate(mandate: Representative, last_day: datetime.date | None, by: Any) -> Representative:
    """Set the last day of a mandate (None: until further notice) and tell the person by mail.

    The right to act ends with that day; a day of the past ends it at once. Raises ValidationError
    where `refuse_last_day` does: the mandate is over, the last day lies before the first, or the
    person has another mandate without an end; and where `refuse_without_lead` does. The same day
    again changes nothing.
    """
    locked(mandate.member)  # two leads do not remove one another at the same time
    mandate = locked(mandate)
    refuse_last_day(mandate, last_day)
    refuse_without_lead(mandate.member, [_with(mandate, ends_on=last_day)])
    before = mandate.ends_on
    if last_day == before:
        return mandate
    mandate.ends_on, mandate.ends_precision = last_day, dated.Precision.DAY
    mandate.save(update_fields=["ends_on", "ends_precision"])
    days = [day and day.isoformat() for day in (before, last_day)]
    entry = _record("member.mandate_ends", mandate, by, {"ends_on": days})
    if mandate.user.is_active:
        _tell_of_end(mandate, entry.pk)
    return mandate


def refuse_last_day(mandate: Representative, last_day: datetime.date | None) -> None:
    """Raise ValidationError unless the mandate may end on that day (None: hold on).

    One that is over does not come back: that takes an invitation.
    """
    today = dated.today()
    is_over = mandate.ends_on is not None and mandate.ends_on < today
    if is_over and (last_day is None or last_day >= today):
        raise ValidationError(
            _("This mandate is over. Invite the person again to give a new one."), code="over"
        )
    try:
        _with(mandate, ends_on=last_day).validate_constraints()
    except ValidationError as error:
        raise ValidationError(error.messages) from error


def refuse_without_lead(member: Member, changed: Iterable[Representative]) -> None:
    """Raise ValidationError where these changes, taken together, remove the last lead.

    `changed` are mandates as they shall be, unsaved. A last day that is `NOTICE` ahead is the end
    of a term and no removal: the person is asked in time to hand over. A member that has left
    needs nobody. Lock the member's row while you ask.
    """
    if not Member.objects.filter(pk=member.pk).still_ours().exists():
        return
    today = dated.today()
    before = {row.pk: row for row in member.representatives.all()}
    after = before | {row.pk: row for row in changed}
    gap, gap_before = _first_gap(after.values(), today), _first_gap(before.values(), today)
    is_worse = gap is not None and (gap_before is None or gap < gap_before)
    if is_worse and gap <= today + NOTICE:
        raise ValidationError(
            _(
                "Nobody would be lead representative of %(member)s from %(day)s on. Invite a "
                "successor first, or let the mandate end %(days)d days from now or later: then "
                "the person is asked in time to hand over."
            ),
            code="last_lead",
            params={"member": member, "day": day_text(gap), "days": NOTICE.days},
        )


def leads_first(mandate: Representative) -> tuple:
    """Orders changes that are right together: who takes over is written before who leaves."""
    last_day = mandate.ends_on or datetime.date.max
    return mandate.role != Representative.Role.LEAD, -last_day.toordinal(), mandate.pk


def _first_gap(rows: Iterable[Representative], today: datetime.date) -> datetime.date | None:
    """The first day from today on without a lead representative; None when no such day is known."""
    leads = [row for row in rows if row.role == Representative.Role.LEAD]
    day = today
    while valid := [row for row in leads if row.is_valid_on(day)]:
        if any(row.ends_on is None for row in valid):
            return None
        latest = max(row.ends_on for row in valid)
        if latest == datetime.date.max:
            return None
        day = latest + datetime.timedelta(days=1)
    return day


def _with(mandate: Representative, **values: Any) -> Representative:
    changed = copy.copy(mandate)
    for name, value in values.items():
        setattr(changed, name, value)
    return changed


@transaction.atomic
def change_role(mandate: Representative, role: str, position: str, by: Any) -> Representative:
    """Change in which role and position somebody acts.

    Raises ValidationError for an unknown role, and where the last lead would be none any more.
    """
    locked(mandate.member)
    mandate = locked(mandate)
    wanted = {"role": role, "position": position}
    changes = {
        field: [getattr(mandate, field), value]
        for field, value in wanted.items()
        if getattr(mandate, field) != value
    }
    if not changes:
        return mandate
    refuse_without_lead(mandate.member, [_with(mandate, role=role)])
    mandate.role, mandate.position = role, position
    mandate.full_clean()
    mandate.save(update_fields=[*changes])
    _record("member.mandate_changed", mandate, by, changes)
    return mandate


def _record(verb: str, mandate: Representative, by: Any, changes: dict) -> AuditEntry:
    summary = f"{mandate.member}: {mandate.user.email}"
    return audit.record(verb, mandate.member, by, summary, changes)


def _tell_of_end(mandate: Representative, deed: int) -> None:
    """`deed` is the number of the audit entry: each change of the last day has its letter."""
    user, last_day = mandate.user, mandate.ends_on
    outbox.write(
        f"members.mandate_ends:{deed}",
        user.email,
        user.language,
        "members/mail/mandate_ends",
        {
            "member": mandate.member,
            "last_day": lambda: day_text(last_day) if last_day else "",
            "reason": _(
                "You receive this letter because you represent this city in the association."
            ),
        },
        user=user,
        about=mandate,
    )


def _tell(mandate: Representative) -> None:
    user, member = mandate.user, mandate.member
    outbox.write(
        f"members.mandate:{mandate.pk}",
        user.email,
        user.language,
        "members/mail/mandate_given",
        {
            "member": member,
            "cabinet_url": lambda: (
                settings.SITE_URL + reverse("members:cabinet_member", args=[member.slug])
            ),
            "reason": _("You receive this letter because a city was entrusted to you."),
        },
        user=user,
        about=mandate,
    )
