"""Two sides of a partnership: one states it, the other confirms or says what is not so.

Another member is asked in its cabinet and by mail; for a city outside it stays "stated by". A
change of what was agreed asks the other side again. The public never sees a refusal, only who
states the tie; the secretariat does, and clears it up.
"""

import datetime
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from content import audit
from content.dated import Precision
from members.models import Member
from partnerships import letters
from partnerships.models import OutsideCity, Partnership

Answer = Partnership.Answer

# What both sides have agreed on: who changes it asks the other one again.
AGREED = {
    "member_a", "member_b", "city", "stated_by", "kind", "stage", "signed_on", "signed_precision",
    "ended_on", "ended_precision",
}  # fmt: skip
# What the answer of the other side is kept in, and what no person writes.
KEPT = ("answer", "asked_at", "answered_at", "answered_by", "reason", "other_stage",
        "other_signed_on", "other_precision")  # fmt: skip
TRANSLATED = {"agreement", "source"}  # their language columns count
UNWRITTEN = {"id", "version", "created_at", "updated_at", *KEPT}
SAYS_NOTHING = {
    "answered_at": None, "answered_by": None, "reason": "", "other_stage": "",
    "other_signed_on": None, "other_precision": Precision.DAY,
}  # fmt: skip


class AlreadyThere(ValidationError):
    """These two have a record: `partnership` is it."""

    def __init__(self, partnership: Partnership):
        super().__init__(_("These two have a record already."), code="twice")
        self.partnership = partnership


class OutOfDate(ValidationError):
    """The statement was changed since the person read it."""

    def __init__(self):
        super().__init__(
            _("The other side has changed this since you opened the page. Read it again."),
            code="conflict",
        )


@dataclass(frozen=True)
class Dissent:
    """What the other side says instead: a reason, another stage, another date."""

    reason: str = ""
    stage: str = ""
    signed_on: datetime.date | None = None
    precision: str = Precision.DAY


def existing(one: Member, other: Member | OutsideCity | None) -> Partnership | None:
    """The record of this pair, whichever way round."""
    if other is None:
        return None
    rows = Partnership.objects.with_sides()
    if isinstance(other, OutsideCity):
        return rows.filter(member_a=one, city=other).first()
    low, high = sorted([one.pk, other.pk])
    return rows.filter(member_a=low, member_b=high).first()


def state(
    member: Member, partner: Member | OutsideCity, by: Any, **facts: Any
) -> Partnership:  # fmt: skip
    """Record what a member says of its tie with `partner`; another member is asked.

    `facts` are fields of the model. Raises AlreadyThere, also when both sides state it at the same
    moment, and ValidationError for a city with itself or facts that cannot be.
    """
    if found := existing(member, partner):
        raise AlreadyThere(found)
    side = "city" if isinstance(partner, OutsideCity) else "member_b"
    row = Partnership(member_a=member, stated_by=member, **{side: partner}, **facts)
    return begin(row, by)


def begin(partnership: Partnership, by: Any) -> Partnership:
    """Store a new record, ask the other side where it is a member. Raises what `state` does."""
    partnership.full_clean()
    try:
        with transaction.atomic():
            _ask(partnership)
            partnership.save()
            audit.record("partnership.stated", partnership, by, str(partnership))
            letters.ask_other_side(partnership)
    except IntegrityError:
        if found := existing(partnership.member_a, partnership.partner):
            raise AlreadyThere(found) from None
        raise
    return partnership


@transaction.atomic
def restate(partnership: Partnership, member: Member, by: Any) -> Partnership:
    """Save what a side has changed on its record (unsaved values); asks the other side again
    where it touches what both agreed on. Raises ValidationError.
    """
    partnership.full_clean()
    stored = Partnership.objects.select_for_update().get(pk=partnership.pk)
    changes = _differences(stored, partnership)
    if not changes:
        return partnership
    if changes.keys() & AGREED:
        partnership.stated_by = member
        _ask(partnership)
    else:
        for name in KEPT:
            setattr(partnership, name, getattr(stored, name))
    partnership.save()
    audit.record("partnership.changed", partnership, by, str(partnership), changes)
    letters.ask_other_side(partnership)
    return partnership


@transaction.atomic
def confirm(partnership: Partnership, by: Any, seen: int | None = None) -> Partnership:
    """The other side says: it is so. `seen` is the version that was read; raises OutOfDate."""
    partnership = _locked(partnership, seen)
    if partnership.answer == Answer.CONFIRMED:
        return partnership
    _answer(partnership, Answer.CONFIRMED, by, Dissent())
    letters.tell_confirmed(partnership)
    return partnership


@transaction.atomic
def refuse(
    partnership: Partnership, by: Any, dissent: Dissent, seen: int | None = None
) -> Partnership:
    """The other side says what is not so. Raises OutOfDate; ValidationError when nothing is said.

    Only the secretariat learns it, through its work list.
    """
    partnership = _locked(partnership, seen)
    _answer(partnership, Answer.REFUSED, by, dissent)
    return partnership


@transaction.atomic
def settle(partnership: Partnership, by: Any) -> Partnership:
    """The secretariat has cleared it up: what is on record now is right for both sides."""
    partnership = _locked(partnership, None)
    if partnership.answer != Answer.CONFIRMED:
        _answer(partnership, Answer.CONFIRMED, by, Dissent())
    return partnership


def _locked(partnership: Partnership, seen: int | None) -> Partnership:
    rows = Partnership.objects.with_sides().select_for_update(of=("self",))
    partnership = rows.get(pk=partnership.pk)
    if seen is not None and seen != partnership.version:
        raise OutOfDate
    return partnership


def _ask(partnership: Partnership) -> None:
    """Whether there is a side to ask: a member of today that has not stated it itself."""
    partnership.put_in_order()
    other = partnership.other(partnership.stated_by)
    is_asked = isinstance(other, Member) and Member.objects.members().filter(pk=other.pk).exists()
    partnership.answer = Answer.ASKED if is_asked else Answer.NOT_ASKED
    partnership.asked_at = timezone.now() if is_asked else None
    for name, value in SAYS_NOTHING.items():
        setattr(partnership, name, value)


def _answer(partnership: Partnership, answer: str, by: Any, dissent: Dissent) -> None:
    partnership.answer, partnership.answered_at = answer, timezone.now()
    partnership.answered_by = by
    partnership.reason, partnership.other_stage = dissent.reason, dissent.stage
    partnership.other_signed_on = dissent.signed_on
    partnership.other_precision = dissent.precision
    partnership.full_clean()
    partnership.save()
    audit.record(f"partnership.{answer}", partnership, by, str(partnership))


def _differences(stored: Partnership, now: Partnership) -> dict[str, list]:
    """What a person has changed: field -> [before, after], as the audit log keeps it."""
    before, after = (
        {
            field.name: _shown(getattr(row, field.attname))
            for field in Partnership._meta.concrete_fields
            if field.name not in UNWRITTEN and field.name not in TRANSLATED
        }
        for row in (stored, now)
    )
    return {name: [before[name], after[name]] for name in after if before[name] != after[name]}


def _shown(value: Any) -> Any:
    """A value as JSON holds it; a text that is missing is an empty one."""
    if isinstance(value, datetime.date):
        return value.isoformat()
    return "" if value is None else value
