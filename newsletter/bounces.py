"""Mail that came back, kept as rows; who cannot be reached is not written to any more.

Matched without addresses of our own per letter: by the Message-ID of the letter that is enclosed,
else by the address. Nothing here touches an account: only the newsletter pauses.
"""

import datetime
import hashlib
import re
import uuid
from collections import Counter
from collections.abc import Iterable

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from content import retention
from mailing.models import Message
from newsletter import notices
from newsletter.models import Bounce, Subscription

# So many soft bounces without a confirmation in between pause a subscription.
MOST_SOFT = 3
KEPT = datetime.timedelta(days=365)
LETTER_ID = re.compile(r"<?([0-9a-f-]{36})@")


@transaction.atomic
def take(raw: bytes, received_at: datetime.datetime | None = None) -> Counter:
    """Keep what one mail says; counts of `hard`, `soft`, `unread`, or `other` for no notice.

    The same mail taken again is counted as `known` and changes nothing.
    """
    notice = notices.read(raw)
    if notice is None:
        return Counter(other=1)
    letter = _letter(notice.letter_id)
    notice_id = notice.notice_id or hashlib.sha256(raw).hexdigest()
    counts: Counter = Counter()
    for failure in notice.failures:
        is_new = _keep(failure, notice_id, letter, received_at or timezone.now())
        counts[failure.kind if is_new else "known"] += 1
    return counts


def _keep(
    failure: notices.Failure, notice_id: str, letter: Message | None, at: datetime.datetime
) -> bool:
    email = failure.email or (letter.email if letter else "")
    subscription = _subscription(email, letter)
    _bounce, is_new = Bounce.objects.get_or_create(
        notice_id=notice_id,
        email=email[:254],
        defaults={
            "kind": failure.kind, "status": failure.status, "diagnostic": failure.diagnostic,
            "message": letter, "subscription": subscription, "received_at": at,
        },
    )  # fmt: skip
    if is_new and subscription is not None:
        _judge(subscription, failure.kind)
    return is_new


def _letter(letter_id: str) -> Message | None:
    """The mail of ours with this Message-ID (`mailing.delivery` makes it of the row)."""
    found = LETTER_ID.search(letter_id)
    if not found:
        return None
    try:
        return Message.objects.filter(uid=uuid.UUID(found[1])).first()
    except ValueError:
        return None


def _subscription(email: str, letter: Message | None) -> Subscription | None:
    """Whose mailbox it is: the address we wrote to, which a forwarding server may not tell."""
    rows = Subscription.objects.select_for_update()
    for address in (letter.email if letter else "", email):
        if address and (found := rows.filter(email=address).first()):
            return found
    return None


def _judge(row: Subscription, kind: str) -> None:
    """Pause a subscription whose address is gone, or whose letters came back too often."""
    if kind == notices.UNREAD or row.state != Subscription.State.ACTIVE:
        return
    if kind == notices.SOFT:
        row.soft_bounces += 1
    if kind == notices.HARD or row.soft_bounces >= MOST_SOFT:
        row.state, row.paused_at = Subscription.State.PAUSED, timezone.now()
    row.save(update_fields=["soft_bounces", "state", "paused_at"])


def look_at(rows: Iterable[Bounce]) -> int:
    """Staff have looked at these; returns how many were new to them."""
    keys = [row.pk for row in rows]
    return Bounce.objects.filter(pk__in=keys, seen_at=None).update(seen_at=timezone.now())


def purge(now: datetime.datetime) -> int:
    """Erase what came back more than a year ago."""
    return Bounce.objects.filter(received_at__lt=now - KEPT).delete()[0]


retention.register(
    "newsletter.bounces",
    label=_("Notices of mail that came back"),
    purpose=_("not writing to addresses that do not work"),
    basis=_("legitimate interest of the association"),
    keeps=_("one year"),
    purge=purge,
)
