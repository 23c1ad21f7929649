"""One letter a week to a city: all that is asked of it, with each deadline by its own clock.

It goes to those who answer for the member, each in their language first. Nothing to ask, no letter.
"""

import datetime
import logging
from dataclasses import dataclass
from typing import Any

from django.db import IntegrityError, models, transaction
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import get_language, gettext_lazy

from accounts.models import User
from content.dates import day_text, moment_text
from content.languages import LANGUAGE_CODES, in_language
from mailing import cleaning, outbox
from mailing.models import Message, association_day
from members import attention, mandates
from members.models import Member
from newsletter import links
from newsletter.models import Digest, DigestOptOut

logger = logging.getLogger(__name__)
TEMPLATE = "newsletter/mail/digest"
REASON = gettext_lazy(
    "You receive this letter once a week because you represent this city in the association."
)


@dataclass(frozen=True)
class Line:
    """One thing that is asked, in one language."""

    title: str
    note: str
    deadline: str
    link: str
    is_hot: bool


def week_of(now: datetime.datetime) -> datetime.date:
    """The Monday of the week it is for the association."""
    day = association_day(now)
    return day - datetime.timedelta(days=day.weekday())


def write_due(now: datetime.datetime | None = None) -> int:
    """Write this week's digests to members that have none; returns the number of letters.

    A member whose digest fails is logged and asked again next time; it keeps no other.
    """
    now = now or timezone.now()
    week = week_of(now)
    done = Digest.objects.filter(week=week).values("member")
    members = list(Member.objects.members().exclude(pk__in=done).order_by("pk"))
    answering = mandates.answering_for([member.pk for member in members])
    silent = set(DigestOptOut.objects.values_list("user", flat=True))
    letters = 0
    for member in members:
        try:
            letters += write(member, answering.get(member.pk, []), week, silent)
        except IntegrityError:  # another worker has just written it
            continue
        except Exception:
            logger.exception("The weekly digest of a member cannot be written: %s", member.pk)
    return letters


def write(member: Member, users: list[Any], week: datetime.date, silent: set[int]) -> int:
    """Write one member's week, all its letters or none. IntegrityError where it is written."""
    readers = [user for user in users if user.pk not in silent]
    with transaction.atomic():
        digest = Digest.objects.create(
            member=member, week=week, turned_off=len(users) - len(readers)
        )
        for user in readers:
            lines = {code: _lines(member, user, code) for code in LANGUAGE_CODES}
            number = len(lines[LANGUAGE_CODES[0]])
            if number and outbox.insert([outbox.message_from(_letter(digest, user, lines))]):
                digest.letters += 1
                digest.things = max(digest.things, number)
        digest.save(update_fields=["letters", "things"])
    return digest.letters


def occasion(digest: Digest) -> str:
    """The key under which a reader has one letter of a member's week."""
    return f"newsletter.digest:{digest.member_id}:{digest.week:%Y%m%d}"


def letters_of(digest: Digest) -> models.QuerySet[Message]:
    """The letters of a member's week, as they stand in the outbox."""
    return Message.objects.filter(occasion=occasion(digest)).order_by("email")


def _letter(digest: Digest, user: Any, lines: dict[str, list[Line]]) -> outbox.Letter:
    member, token = digest.member, links.user_token(user)
    return outbox.Letter(
        occasion=occasion(digest),
        email=user.email,
        language=user.language,
        template=TEMPLATE,
        context={
            "name": user.get_full_name(),
            "city": lambda: in_language(member, "name", get_language())[0],
            "lines": lambda: lines[(get_language() or LANGUAGE_CODES[0])[:2]],
            "cabinet_link": lambda: cleaning.on_site(
                reverse("members:cabinet_member", args=[member.slug])
            ),
            "off_link": lambda: links.address(links.WEEKLY, token),
            "reason": REASON,
        },
        user=user,
        is_bulk=True,
        about=member,
        # What was asked is another week's matter then.
        expires_at=timezone.now() + datetime.timedelta(days=6),
        unsubscribe_url=links.address(links.WEEKLY, token, user.language),
    )


def _lines(member: Member, user: Any, language: str) -> list[Line]:
    """What waits for this reader in one language; providers speak the one that is active."""
    with translation.override(language):
        return [
            Line(
                str(one.title), str(one.note), _deadline(one), cleaning.on_site(one.url),
                one.is_hot,
            )
            for one in attention.attention_for(member, user)
        ]  # fmt: skip


def _deadline(one: attention.Attention) -> str:
    if one.deadline is None:
        return ""
    if isinstance(one.deadline, datetime.datetime):
        return moment_text(one.deadline, one.time_zone)
    return day_text(one.deadline)


def is_reader(user_id: int) -> bool:
    """Whether there is such an account that may sign in."""
    return User.objects.filter(pk=user_id, is_active=True).exists()


def is_on(user_id: int) -> bool:
    """Whether this person gets the weekly digest."""
    return not DigestOptOut.objects.filter(user=user_id).exists()


def turn_off(user_id: int) -> bool:
    """No weekly digest for this person any more; whether it was on."""
    return DigestOptOut.objects.get_or_create(user_id=user_id)[1]


def turn_on(user_id: int) -> bool:
    """The weekly digest again; whether it was off."""
    return DigestOptOut.objects.filter(user=user_id).delete()[0] > 0
