"""Giving people the right to act for a member."""

import datetime
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from accounts import invitations
from accounts.models import Role
from content import audit
from mailing import outbox
from members.models import Member, Representative


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
    audit.record("member.entrusted", member, by, f"{member}: {user.email}", {"role": [None, role]})
    if invitation is None:
        _tell(mandate)
    return mandate


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
