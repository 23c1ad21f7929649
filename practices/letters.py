"""The letters about practices: decisions, adoptions, "Is it still running?"."""

import datetime
from collections.abc import Callable
from typing import Any

from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from content.languages import in_language
from mailing import cleaning, outbox
from members import mandates
from members.models import Member
from practices.models import Adoption, Practice, PracticeStep


def readers(member_id: int, sender: Any = None) -> list[Any]:
    """Those who answer for the member; whoever sent the practice where nobody does."""
    found = mandates.answering_for([member_id]).get(member_id)
    return found or ([sender] if sender is not None else [])


def decision(practice: Practice, step: PracticeStep) -> None:
    """Tell the city what the secretariat decided."""
    for user in readers(practice.member_id, practice.sent_by):
        _write(
            f"practices.decision:{step.pk}", user, "decision", practice,
            verb=step.verb,
            comment=step.comment,
            link=_cabinet(practice),
            reason=lambda: _("You receive this letter because your city sent a practice."),
        )  # fmt: skip


def adopted(adoption: Adoption) -> None:
    """Tell city A that city B took its practice over; once, however often B takes it back."""
    practice = adoption.practice
    for user in readers(practice.member_id, practice.sent_by):
        _write(
            f"practices.adopted:{practice.pk}:{adoption.member_id}", user, "adopted", practice,
            city=lambda: _name(adoption.member),
            note=adoption.note,
            link=lambda: cleaning.on_site(practice.get_absolute_url()),
            reason=lambda: _("You receive this letter because your city shared this practice."),
        )  # fmt: skip


def about_running(practice: Practice, user: Any) -> dict[str, Any]:
    """What the letter "Is it still running?" says to one reader."""
    return {
        **_about(practice, user),
        "link": _cabinet(practice),
        "reason": lambda: _("You receive this letter because your city shared this practice."),
    }


def _write(occasion: str, user: Any, template: str, practice: Practice, **context: Any) -> None:
    outbox.write(
        occasion, user.email, user.language, f"practices/mail/{template}",
        {**_about(practice, user), **context}, user=user, about=practice,
    )  # fmt: skip


def _about(practice: Practice, user: Any) -> dict[str, Callable[[], str]]:
    return {
        "name": lambda: user.full_name,
        "title": lambda: in_language(practice, "title")[0],
    }


def _name(member: Member) -> str:
    return in_language(member, "name", get_language())[0]


def _cabinet(practice: Practice) -> Callable[[], str]:
    address = ("practices:cabinet_practice", [practice.member.slug, practice.pk])
    return lambda: cleaning.on_site(reverse(address[0], args=address[1]))


def moment(day: datetime.date, zone: datetime.tzinfo) -> datetime.datetime:
    """Nine in the morning of a day."""
    return datetime.datetime.combine(day, datetime.time(9), zone)
