"""The weekly check of the members' addresses: do they still open, and on whose host.

A move to another host is put to the representative, who confirms it with one click: the site itself
said so and the representative knows it, hence the new address is written at once, with a line in
the log, and does not wait for the secretariat.
"""

import datetime
from typing import Any
from urllib.parse import urlsplit

from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.db.models import Exists, F, OuterRef
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from content import audit
from members import attention
from members.models import LinkCheck, Member
from members.profile import locked
from members.web_addresses import Landing, Refused, Unreachable, Visitor, validate_web_address

WEEK = datetime.timedelta(days=7)
AT_ONCE = 60  # addresses in one run: ten minutes when nobody answers
FAILURES_THAT_COUNT = 2
LONGEST = 200  # of an address in the profile
# The host answers and turns a machine away: a visitor may well be let in.
TURNED_AWAY = frozenset({401, 403, 405, 406, 429, 451})
Result = LinkCheck.Result
OUTDATED = gettext_lazy("This question is answered already, or the address was changed since.")


class NotAsked(Exception):
    """The question is answered already, or the address changed meanwhile."""


def check_due(visitor: Visitor | None = None, limit: int = AT_ONCE) -> int:
    """Check what was not checked for a week, at most so many; a missed run heals by itself."""
    visitor = visitor or Visitor()
    due = [(member, field) for field in LinkCheck.Field.values for member in _due(field, limit)]
    for member, field in due[:limit]:
        check(member, field, visitor)
    return len(due[:limit])


def _due(field: str, limit: int) -> models.QuerySet:
    """Members whose address was not checked this week, or is another one by now."""
    fresh = LinkCheck.objects.filter(
        member=OuterRef("pk"), field=field, url=OuterRef(field),
        checked_at__gt=timezone.now() - WEEK,
    )  # fmt: skip
    with_address = Member.objects.still_ours().exclude(**{field: ""})
    return with_address.filter(~Exists(fresh)).order_by("pk")[:limit]


def check(member: Member, field: str, visitor: Visitor) -> LinkCheck:
    """Visit one address of a member and keep what was found."""
    url = getattr(member, field)
    result, target, detail = _outcome(url, visitor)
    with transaction.atomic():
        row = LinkCheck.objects.select_for_update().filter(member=member, field=field).first()
        row = row or LinkCheck(member=member, field=field, result=Result.OK)
        if row.url != url:
            row.url, row.result, row.failures, row.target = url, Result.OK, 0, ""
            row.asked_at = row.answered_at = row.answered_by = None
        _keep(row, result, target, detail)
        row.save()
    return row


def _keep(row: LinkCheck, result: str, target: str, detail: str) -> None:
    """Write an outcome into a row: one failure alone says nothing yet."""
    row.checked_at, row.detail = timezone.now(), detail[:200]
    if result == Result.BROKEN:
        row.failures += 1
        if row.failures < FAILURES_THAT_COUNT:
            return
    else:
        row.failures = 0
    if result == Result.MOVED and target != row.target:
        row.asked_at, row.answered_at, row.answered_by = row.checked_at, None, None
    row.result, row.target = result, target


def _outcome(url: str, visitor: Visitor) -> tuple[str, str, str]:
    """Result, new address and detail of one visit."""
    try:
        landing = visitor.follow(url)
    except Refused as refused:
        return Result.REFUSED, "", str(refused)
    except Unreachable as failed:
        return Result.BROKEN, "", str(failed)
    detail = "" if landing.is_trusted else "the certificate is not trusted"
    if landing.status >= 400 and landing.status not in TURNED_AWAY:
        return Result.BROKEN, "", f"HTTP {landing.status}"
    if _host(landing.url) == _host(url):
        return Result.OK, "", detail or f"HTTP {landing.status}"
    return _moved(landing, detail)


def _moved(landing: Landing, detail: str) -> tuple[str, str, str]:
    parts = urlsplit(landing.url)
    target = landing.url if len(landing.url) <= LONGEST else f"{parts.scheme}://{parts.netloc}/"
    try:
        validate_web_address(target)
    except ValidationError:
        return Result.REFUSED, "", "not an address"
    return Result.MOVED, target, detail


def _host(url: str) -> str:
    """The host of an address; `www.` in front is no other host."""
    return (urlsplit(url).hostname or "").removeprefix("www.")


def open_questions(member: Member) -> models.QuerySet:
    """Moves that this member's representatives have not answered; of its present addresses."""
    moved = member.link_checks.filter(result=Result.MOVED, answered_at=None)
    return moved.order_by("field")


@transaction.atomic
def confirm(check: LinkCheck, target: str, by: Any) -> None:
    """Write the new address into the profile. Raises NotAsked for an outdated question."""
    row, member = _asked(check, target)
    before = getattr(member, row.field)
    setattr(member, row.field, target)
    member.save(update_fields=[row.field], by=by)
    row.url, row.result, row.target = target, Result.OK, ""
    _answered(row, by)
    audit.record(
        "member.link_confirmed", member, by, f"{member}: {target}", {row.field: [before, target]}
    )


@transaction.atomic
def decline(check: LinkCheck, target: str, by: Any) -> None:
    """The address stays: this move is not asked about again. Raises NotAsked as `confirm`."""
    row, member = _asked(check, target)
    _answered(row, by)
    audit.record("member.link_declined", member, by, f"{member}: {target}")


def _asked(check: LinkCheck, target: str) -> tuple[LinkCheck, Member]:
    """The question and its member, both locked, if it is still the one that was answered."""
    member = locked(check.member)
    row = LinkCheck.objects.select_for_update(of=("self",)).get(pk=check.pk)
    is_open = row.result == Result.MOVED and row.answered_at is None
    if not is_open or row.target != target or getattr(member, row.field) != row.url:
        raise NotAsked(OUTDATED)
    return row, member


def _answered(row: LinkCheck, by: Any) -> None:
    row.answered_at, row.answered_by = timezone.now(), by
    row.save()


def to_do() -> models.QuerySet:
    """What staff look at: addresses that do not open, are refused, or moved and nobody answered."""
    present = LinkCheck.objects.exclude(result=Result.OK)
    declined = present.filter(result=Result.MOVED, answered_at__isnull=False)
    return present.exclude(pk__in=declined.values("pk")).order_by(F("checked_at").desc())


@attention.register
def moved_addresses(member: Member, _user: Any):
    """What the front page of the cabinet says of addresses that moved."""
    for check in open_questions(member):
        yield attention.Attention(
            title=_("Your site moved to %(host)s: is this the new address?")
            % {"host": urlsplit(check.target).hostname},
            url=reverse("members:cabinet_links", args=[member.slug]),
            action=_("Answer"),
            note=f"{check.get_field_display()}: {check.url} → {check.target}",
        )
