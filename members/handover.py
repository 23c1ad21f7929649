"""Handing over: who leaves names a successor by a letter, the secretariat entrusts the member."""

import datetime
from collections.abc import Iterator
from typing import Any

from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.text import format_lazy
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from content import audit, dated, privatefiles
from content.dates import day_text
from content.timezones import association_zone
from mailing import cleaning, outbox, reminders
from mailing.models import normalised_address
from members import representatives
from members.attention import Attention, last_moment, register
from members.models import Handover, Member, ProfileUpdate, Representative
from members.moderation import AlreadyDecided
from members.profile import locked

# From so many days before the last day until so many after it the page is open.
BEFORE = representatives.NOTICE
AFTER = datetime.timedelta(days=90)
DAY = datetime.timedelta(days=1)
REMINDERS = (30, 7)  # days before the last day, the earlier first
AT = datetime.time(9)
BY_RANK = (
    Representative.Role.LEAD, Representative.Role.SIGNATORY, Representative.Role.CONTRIBUTOR,
)  # fmt: skip
LETTER_PURPOSE = privatefiles.reserve("members.handover", "members.view_handover")
LETTER_ENDINGS = (".pdf", ".jpg", ".jpeg", ".png")


def mandates_ending(user: Any) -> QuerySet[Representative]:
    """The mandates this person may hand over now: they end soon or ended lately.

    None of them is handed over or followed by another mandate of the same person, and none is of
    a member that has left.
    """
    if not user.is_authenticated:
        return Representative.objects.none()
    today = dated.today()
    return _not_followed().filter(user=user, ends_on__range=(today - AFTER, today + BEFORE))


def mandate_ending(user: Any, slug: str) -> Representative | None:
    """The latest of them for the member under this address, an earlier one too."""
    at_address = Q(member__slug=slug) | Q(member__old_slugs__slug=slug)
    found = mandates_ending(user).filter(at_address).select_related("member__country", "user")
    return found.order_by("-ends_on", "-pk").first()


def mandates_ended(user: Any) -> list[Representative]:
    """Those that are over: of each member the latest, nothing but its page is open."""
    ended = mandates_ending(user).filter(ends_on__lt=dated.today())
    own = Member.objects.editable_by(user)
    rows = ended.exclude(member__in=own).select_related("member__country").order_by("ends_on", "pk")
    return list({row.member_id: row for row in rows}.values())


def _not_followed() -> QuerySet[Representative]:
    later = Representative.objects.filter(user=OuterRef("user"), member=OuterRef("member"))
    later = later.filter(Q(ends_on__isnull=True) | Q(ends_on__gt=OuterRef("ends_on")))
    done = Handover.objects.filter(mandate=OuterRef("pk"), state=Handover.State.APPROVED)
    ours = Member.objects.still_ours().filter(pk=OuterRef("member"))
    return Representative.objects.filter(Exists(ours), ~Exists(later), ~Exists(done))


@privatefiles.all_or_nothing()
def ask(
    mandate: Representative, *, email: str, full_name: str, language: str, position: str = "",
    letter: UploadedFile,
) -> Handover:  # fmt: skip
    """Name the successor of a mandate and put the letter before the secretariat.

    Raises ValidationError, by field, for one's own address, for a letter that is no PDF or picture
    or is over 20 MB, and while an earlier request waits.
    """
    mandate = locked(mandate)
    if normalised_address(email) == mandate.user.email:
        raise ValidationError({"email": _("This is your own address. Name somebody else.")})
    if mandate.handovers.filter(state=Handover.State.WAITING).exists():
        raise ValidationError(_("Your letter is with the secretariat already."), code="waiting")
    try:
        kept = privatefiles.store(letter, LETTER_PURPOSE, mandate.user, endings=LETTER_ENDINGS)
    except ValidationError as error:
        raise ValidationError({"letter": error.messages}) from error
    handover = Handover.objects.create(
        mandate=mandate, email=normalised_address(email), full_name=full_name, position=position,
        language=language, letter=kept,
    )  # fmt: skip
    summary = f"{mandate.member}: {mandate.user.email} → {handover.email}"
    audit.record("member.handover_asked", mandate.member, mandate.user, summary)
    return handover


@transaction.atomic
def approve(handover: Handover, by: Any) -> Representative:
    """Entrust the member to the successor, in the same role, from the day after the last one.

    What the leaving person had sent and nobody decided on passes to the successor, who is invited
    or told. Raises AlreadyDecided; ValidationError where the successor cannot be entrusted.
    """
    handover = _open(handover)
    mandate = handover.mandate
    successor = _entrust(handover, by)
    waiting = ProfileUpdate.objects.waiting().filter(
        member=mandate.member, submitted_by=mandate.user
    )
    passed = waiting.update(submitted_by=successor.user)
    changes = {"drafts": [None, passed], "successor": [None, handover.email]}
    _decide(handover, Handover.State.APPROVED, by, changes)
    return successor


@transaction.atomic
def refuse(handover: Handover, reason: str, by: Any) -> None:
    """Return a letter with a reason; the person may send another one.

    Raises AlreadyDecided; ValidationError without a reason.
    """
    handover = _open(handover)
    if not reason.strip():
        raise ValidationError({"reason": _("Say why it is returned.")})
    handover.reason = reason.strip()
    _decide(handover, Handover.State.REFUSED, by, {"reason": [None, handover.reason]})


def _open(handover: Handover) -> Handover:
    """The request, locked after its member and not decided yet."""
    locked(handover.mandate.member)
    fresh = locked(handover)
    if fresh.state != Handover.State.WAITING:
        raise AlreadyDecided(
            format_lazy(
                _("{person} has decided on this request meanwhile. Nothing was changed now."),
                person=fresh.decided_by,
            )
        )
    return fresh


def _entrust(handover: Handover, by: Any) -> Representative:
    """The mandate of the successor: a new one in the role of who leaves, or the one they hold,
    where the higher role of the two stays: nobody loses a right by being named."""
    mandate, today = handover.mandate, dated.today()
    held = mandate.member.representatives.on().filter(user__email=handover.email).first()
    if held:
        position = handover.position or held.position
        role = min(held.role, mandate.role, key=BY_RANK.index)
        return representatives.change_role(held, role, position, by)
    last_day = mandate.ends_on
    return representatives.invite_representative(
        mandate.member, handover.email, handover.full_name, handover.language, by,
        role=mandate.role, position=handover.position,
        starts_on=max(today, last_day + DAY) if last_day else today,
    )  # fmt: skip


def _decide(handover: Handover, state: str, by: Any, changes: dict) -> None:
    handover.state, handover.decided_at, handover.decided_by = state, timezone.now(), by
    handover.save(update_fields=["state", "reason", "decided_at", "decided_by"])
    mandate = handover.mandate
    summary = f"{mandate.member}: {mandate.user.email} → {handover.email}"
    audit.record(f"member.handover_{state}", mandate.member, by, summary, changes)
    if mandate.user.is_active:
        outbox.write(
            f"members.handover_decided:{handover.pk}",
            mandate.user.email,
            mandate.user.language,
            "members/mail/handover_decided",
            {
                "member": mandate.member,
                "is_approved": state == Handover.State.APPROVED,
                "successor": handover.full_name,
                "refused_because": handover.reason,
                "page_url": _page(mandate),
                "reason": _("You receive this letter because you represented this city."),
            },
            user=mandate.user,
            about=handover,
        )


def _page(mandate: Representative):
    slug = mandate.member.slug
    return lambda: cleaning.on_site(reverse("members:cabinet_handover", args=[slug]))


@reminders.register
def last_days(now: datetime.datetime) -> Iterator[reminders.DueReminder]:
    """Mails 30 and 7 days before the last day, unless the letter is there."""
    today = now.astimezone(association_zone()).date()
    sent = Handover.objects.filter(mandate=OuterRef("pk"), state=Handover.State.WAITING)
    ending = _not_followed().filter(
        ~Exists(sent), user__is_active=True,
        ends_on__range=(today - DAY, today + datetime.timedelta(days=REMINDERS[0])),
    )  # fmt: skip
    for mandate in ending.select_related("user", "member").order_by("ends_on", "pk"):
        for days, next_days in ((30, 7), (7, -1)):
            yield _reminder(mandate, days, next_days)


def _morning(day: datetime.date) -> datetime.datetime:
    return datetime.datetime.combine(day, AT, association_zone())


def _reminder(mandate: Representative, days: int, next_days: int) -> reminders.DueReminder:
    user, last_day = mandate.user, mandate.ends_on
    return reminders.DueReminder(
        occasion=f"members.handover:{mandate.pk}:{last_day:%Y%m%d}:{days}d",
        email=user.email,
        language=user.language,
        template="members/mail/mandate_ending",
        context={
            "member": mandate.member,
            "last_day": lambda: day_text(last_day),
            "page_url": _page(mandate),
            "reason": _(
                "You receive this letter because you represent this city in the association."
            ),
        },
        due_at=_morning(last_day - datetime.timedelta(days=days)),
        expires_at=_morning(last_day - datetime.timedelta(days=next_days)),
        user=user,
        about=mandate,
        still_holds=lambda: _still_ends(mandate),
    )


def _still_ends(mandate: Representative) -> bool:
    same = Representative.objects.filter(pk=mandate.pk, ends_on=mandate.ends_on)
    return same.select_for_update(no_key=True).exists()


@register
def mandate_to_hand_over(member: Member, user: Any) -> Iterator[Attention]:
    """The last month of a mandate: somebody has to follow."""
    mandate = mandates_ending(user).filter(member=member).order_by("-ends_on").first()
    if mandate is None or mandate.ends_on < dated.today():
        return
    if mandate.handovers.filter(state=Handover.State.WAITING).exists():
        return
    yield Attention(
        title=gettext("Your mandate ends"),
        note=gettext("Name your successor and send the letter: then nothing is left lying."),
        url=reverse("members:cabinet_handover", args=[member.slug]),
        action=gettext("Name a successor"),
        deadline=last_moment(mandate.ends_on, member.time_zone),
        zone=member.time_zone,
        is_hot=mandate.ends_on - dated.today() <= datetime.timedelta(days=REMINDERS[1]),
    )
