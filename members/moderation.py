"""Profile updates: representatives propose, staff decide field by field, then the page changes.

Nothing of a request is written to the member before it is accepted. Both deeds lock the member's
row first, then the request.
"""

from collections.abc import Iterable, Mapping
from typing import Any, NamedTuple

from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from content import audit
from content.models import PrivateFile
from mailing import cleaning, outbox
from members import profile_pictures
from members.models import Member, ProfileChange, ProfileUpdate
from members.profile import LABELS, PICTURE_FIELDS, locked, public_value, words
from members.profile_pictures import ProposedPicture

ACCEPT, RETURN = "accept", "return"


class ModerationError(Exception):
    """Why a decision was not taken, in a sentence for staff; `field` where it is about one."""

    def __init__(self, message: str | Promise, field: str = ""):
        super().__init__(str(message))
        self.message = message
        self.field = field


class StaleDecision(ModerationError):
    """The request or the member changed after the decision was made."""


class AlreadyDecided(ModerationError):
    """Somebody else decided meanwhile."""


class Decision(NamedTuple):
    """What staff say about one field. A return needs a reason: own words, a usual one, or both."""

    action: str
    reason: str = ""
    standard_reason: str = ""


@transaction.atomic
def propose(
    member: Member, user: Any, changes: Mapping[str, str],
    pictures: Mapping[str, ProposedPicture] | None = None,
    *, dropped: Iterable[str] = (), corrected: Iterable[str] = (),
) -> ProfileUpdate | None:  # fmt: skip
    """Put proposed values into the member's waiting request; None when nothing differs any more.

    `changes` maps fields of `profile.TEXT_FIELDS` to the values as they shall be stored. A value
    that equals the public one takes that field out of the request. `pictures` is by fields of
    `profile.PICTURE_FIELDS`, `dropped` names those whose waiting picture is taken back. Each
    change of the request raises its version. Fields that staff returned count as corrected once
    they are proposed again, and those named in `corrected` whatever their value is.
    """
    member = locked(member)
    update = _waiting_request(member)
    before = _proposals(update)
    wanted = {
        field: value
        for field, value in changes.items()
        if words(field, value) != words(field, public_value(member, field))
    }
    shown = {
        field: picture
        for field, picture in (pictures or {}).items()
        if field not in dropped and picture.says_something(member, field)
    }
    if update is None and (wanted or any(one.is_change for one in shown.values())):
        update = ProfileUpdate.objects.create(member=member, submitted_by=user, version=0)
    if update:
        _take_out(update, {*changes} - {*wanted} | {*dropped})
        for field, value in wanted.items():
            _put(update, member, field, {"new_value": value})
        for field, picture in shown.items():
            _put_picture(update, member, field, picture, user)
    proposed = {field for field, picture in shown.items() if picture.is_change}
    mark_corrected(member, {*wanted, *proposed, *corrected})
    return _settled(update, user, before)


def _waiting_request(member: Member) -> ProfileUpdate | None:
    waiting = ProfileUpdate.objects.waiting().filter(member=member)
    return waiting.select_for_update(of=("self",)).first()


def _proposals(update: ProfileUpdate | None) -> list[tuple]:
    rows = ProfileChange.objects.filter(update=update) if update else ProfileChange.objects.none()
    return sorted(rows.values_list("field", "new_value", "file_id", "alt_ru", "alt_en"))


def _take_out(update: ProfileUpdate, fields: set[str]) -> None:
    for change in update.changes.filter(field__in=fields).select_related("file"):
        change.delete()
        if change.file:
            _discard(change.file)


def _discard(file: PrivateFile) -> None:
    """Delete a private file that nothing points to any more, the bytes after the commit."""
    storage, name = file.file.storage, file.file.name
    file.delete()
    transaction.on_commit(lambda: storage.delete(name))


def _put(update: ProfileUpdate, member: Member, field: str, values: dict[str, Any]) -> None:
    ProfileChange.objects.update_or_create(
        update=update, field=field, defaults={"old_value": public_value(member, field), **values}
    )


def _put_picture(
    update: ProfileUpdate, member: Member, field: str, picture: ProposedPicture, user: Any
) -> None:
    words = {"alt_ru": picture.alt_ru, "alt_en": picture.alt_en}
    if not picture.is_change:
        update.changes.filter(field=field, file__isnull=False).update(**words)
        return
    _take_out(update, {field})
    file = picture.kept(member, field, user)
    _put(update, member, field, {"file": file, "new_value": file.name if file else "", **words})


def mark_corrected(member: Member, fields: set[str]) -> None:
    """Nothing waits for the representative any more in these returned fields."""
    ProfileChange.objects.filter(
        update__member=member, field__in=fields, status=ProfileChange.Status.RETURNED
    ).update(status=ProfileChange.Status.CORRECTED)


def _settled(update: ProfileUpdate | None, user: Any, before: list[tuple]) -> ProfileUpdate | None:
    """Raise the version of a request that changed; one without changes disappears."""
    if update is None:
        return None
    after = _proposals(update)
    if not after:
        audit.record("profile.withdrawn", update.member, user, str(update.member))
        update.delete()
        return None
    if after != before:
        update.version += 1
        update.submitted_by = user
        update.save(update_fields=["version", "submitted_by", "changed_at"])
        fields = {row[0]: [None, row[1]] for row in after}
        audit.record("profile.proposed", update.member, user, str(update.member), fields)
    return update


def decide(
    update: ProfileUpdate, decisions: Mapping[str, Decision], by: Any, seen_version: int
) -> ProfileUpdate:
    """Decide every field of a request; accepted values become public in the same transaction.

    `seen_version` is the version of the request that the decision was made on. The representative
    gets a mail with every field's decision and reason. Raises AlreadyDecided, StaleDecision (also
    when the public value changed since it was proposed; the request then shows the new one),
    ModerationError for a field without a decision or a return without a reason.
    """
    decisions = {field: Decision(*decision) for field, decision in decisions.items()}
    with transaction.atomic():
        member = locked(update.member)
        update = locked(update)
        update.member = member
        _refuse_unless_current(update, seen_version)
        changes = list(update.changes.select_related("file"))
        is_fresh = _renew_old_values(update, changes)
        if is_fresh:
            _refuse_unless_complete(changes, decisions)
            _carry_out(update, changes, decisions, by)
    if not is_fresh:
        raise StaleDecision(
            _("The public page changed meanwhile. Look at the values again and decide.")
        )
    return update


def accept_all(update: ProfileUpdate, by: Any, seen_version: int) -> ProfileUpdate:
    """Accept every field of a request; raises what `decide` does."""
    fields = update.changes.values_list("field", flat=True)
    return decide(update, {field: Decision(ACCEPT) for field in fields}, by, seen_version)


def _refuse_unless_current(update: ProfileUpdate, seen_version: int) -> None:
    if update.status == ProfileUpdate.Status.DECIDED:
        raise AlreadyDecided(
            format_lazy(
                _("{person} has decided on this request meanwhile. Nothing was changed now."),
                person=update.decided_by,
            )
        )
    if update.version != seen_version:
        raise StaleDecision(
            _("The representative changed the request meanwhile. Look at it again and decide.")
        )


def _renew_old_values(update: ProfileUpdate, changes: list[ProfileChange]) -> bool:
    """Whether the public values are those the request shows; otherwise it shows them from now."""
    moved = [
        change
        for change in changes
        if change.old_value != public_value(update.member, change.field)
    ]
    for change in moved:
        change.old_value = public_value(update.member, change.field)
        change.save(update_fields=["old_value"])
    if moved:
        update.version += 1
        update.save(update_fields=["version"])
    return not moved


def _refuse_unless_complete(
    changes: list[ProfileChange], decisions: Mapping[str, Decision]
) -> None:
    for change in changes:
        decision = decisions.get(change.field)
        if decision is None or decision.action not in (ACCEPT, RETURN):
            raise ModerationError(_("Accept this field or return it."), change.field)
        if decision.action == RETURN and not (decision.reason.strip() or decision.standard_reason):
            raise ModerationError(_("Say why it is returned."), change.field)


def _carry_out(
    update: ProfileUpdate, changes: list[ProfileChange], decisions: Mapping[str, Decision], by: Any
) -> None:
    for change in changes:
        decision = decisions[change.field]
        is_accepted = decision.action == ACCEPT
        change.status = (
            ProfileChange.Status.ACCEPTED if is_accepted else ProfileChange.Status.RETURNED
        )
        if not is_accepted:
            change.reason = decision.reason.strip()
            change.standard_reason = decision.standard_reason
        change.save(update_fields=["status", "reason", "standard_reason"])
        if is_accepted:
            _apply(update.member, change, update.submitted_by)
    accepted = [change for change in changes if change.status == ProfileChange.Status.ACCEPTED]
    if accepted:
        update.member.save(by=by)
    update.status = ProfileUpdate.Status.DECIDED
    update.decided_at, update.decided_by = timezone.now(), by
    update.save(update_fields=["status", "decided_at", "decided_by"])
    _record(update, changes, by)
    _tell(update, changes)


def _apply(member: Member, change: ProfileChange, author: Any) -> None:
    """Set an accepted value on the member, unsaved; its own photos have rows of their own."""
    if change.field in PICTURE_FIELDS:
        profile_pictures.show(member, change, author)
    else:
        setattr(member, change.field, change.new_value)


def _record(update: ProfileUpdate, changes: list[ProfileChange], by: Any) -> None:
    audit.record(
        "profile.decided",
        update.member,
        by,
        f"{update.member}: " + ", ".join(f"{one.field} {one.status}" for one in changes),
        {one.field: [one.old_value, one.new_value, one.status, one.reason_text] for one in changes},
    )


def _tell(update: ProfileUpdate, changes: list[ProfileChange]) -> None:
    rows = [
        {
            "label": LABELS[change.field],
            "is_accepted": change.status == ProfileChange.Status.ACCEPTED,
            "change": change,  # its reason is worded in the language of each half
        }
        for change in changes
    ]
    slug = update.member.slug
    context = {
        "member": update.member,
        "rows": rows,
        "returned": [row for row in rows if not row["is_accepted"]],
        "page_url": lambda: cleaning.on_site(reverse("members:detail", args=[slug])),
        "corrections_url": lambda: cleaning.on_site(
            reverse("members:cabinet_corrections", args=[slug])
        ),
        "reason": _("You receive this letter because you represent this city in the association."),
    }
    for user in _readers(update):
        outbox.write(
            f"members.profile_decided:{update.pk}",
            user.email,
            user.language,
            "members/mail/profile_decided",
            context,
            user=user,
            about=update,
        )


def _readers(update: ProfileUpdate) -> list:
    """Who sent the request; if they act no more, all who represent the member today.

    A disabled account gets no letters.
    """
    mandates = update.member.representatives.on().filter(user__is_active=True)
    users = {mandate.user_id: mandate.user for mandate in mandates.select_related("user")}
    sender = users.get(update.submitted_by_id)
    return [sender] if sender else list(users.values())
