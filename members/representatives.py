"""Giving people the right to act for a member, changing it, ending it."""

import copy
import datetime
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
    person has another mandate without an end. The same day again changes nothing.
    """
    mandate = locked(mandate)
    refuse_last_day(mandate, last_day)
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
    ended = copy.copy(mandate)
    ended.ends_on = last_day
    try:
        ended.validate_constraints()
    except ValidationError as error:
        raise ValidationError(error.messages) from error


@transaction.atomic
def change_role(mandate: Representative, role: str, position: str, by: Any) -> Representative:
    """Change in which role and position somebody acts; raises ValidationError for another role."""
    mandate = locked(mandate)
    wanted = {"role": role, "position": position}
    changes = {
        field: [getattr(mandate, field), value]
        for field, value in wanted.items()
        if getattr(mandate, field) != value
    }
    if not changes:
        return mandate
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
            "reason": _("You receive this letter because the secretariat entrusted a city to you."),
        },
        user=user,
        about=mandate,
    )
