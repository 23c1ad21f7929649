"""A subscription is asked for, confirmed by a link, changed and left; staff hold it, too.

Whoever asks learns nothing about an address: the letter to its owner says how things stand.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from content import audit, retention
from content.dates import moment_text
from content.models import Topic
from content.timezones import association_zone
from mailing import outbox
from mailing.models import Message, normalised_address
from newsletter import consent, links
from newsletter.models import Subscription, address_hash

State = Subscription.State
LETTER = "newsletter.bulletin"  # the kind of a newsletter among the mails


@dataclass(frozen=True)
class Wish:
    """What a reader wants: a language, topics (empty: all) and kinds of items (empty: all)."""

    language: str
    topics: Iterable[Topic] = field(default_factory=list)
    kinds: Iterable[str] = field(default_factory=list)


def ask(email: str, wish: Wish, source: str = Subscription.Source.SITE) -> None:
    """Keep what was asked for and send the link that confirms it.

    Who gets the newsletter already gets a letter that says so, with the link to the settings:
    a stranger changes nothing of them. One letter in ten minutes, however often it is asked.
    """
    try:
        with transaction.atomic():
            _ask(normalised_address(email), wish, source)
    except IntegrityError:  # asked for twice at one moment: the other one has written it
        with transaction.atomic():
            _ask(normalised_address(email), wish, source)


def _ask(email: str, wish: Wish, source: str) -> None:
    found = Subscription.objects.of_address(email).select_for_update().first()
    if found and found.state in (State.ACTIVE, State.PAUSED):
        _write_known(found)
        return
    waiting = found or Subscription(address_hash=address_hash(email))
    waiting.email, waiting.state, waiting.source = email, State.WAITING, source
    waiting.language, waiting.kinds = wish.language, list(wish.kinds)
    waiting.consent_version, waiting.asked_at = consent.VERSION, timezone.now()
    waiting.save()
    waiting.topics.set(wish.topics)
    _write_link(waiting)


@transaction.atomic
def confirm(subscription: Subscription) -> bool:
    """The owner of the address confirms; whether it was new. Twice is as good as once."""
    row = Subscription.objects.select_for_update().get(pk=subscription.pk)
    if row.state != State.WAITING:
        return False
    row.state, row.confirmed_at, row.left_at = State.ACTIVE, timezone.now(), None
    row.soft_bounces = 0
    row.save(update_fields=["state", "confirmed_at", "left_at", "soft_bounces"])
    return True


@transaction.atomic
def change(subscription: Subscription, wish: Wish) -> None:
    """Keep other settings; by the link of a letter, so a paused mailbox works again."""
    row = Subscription.objects.select_for_update().get(pk=subscription.pk)
    row.language, row.kinds = wish.language, list(wish.kinds)
    row.topics.set(wish.topics)
    if row.state == State.PAUSED:
        row.state, row.paused_at, row.soft_bounces = State.ACTIVE, None, 0
    row.save(update_fields=["language", "kinds", "state", "paused_at", "soft_bounces"])


@transaction.atomic
def leave(subscription: Subscription, by: Any = None) -> bool:
    """End a subscription: the address is erased, what waits in the outbox is called off.

    Whether it was still there. `by` is the member of staff who was asked to. Letters that are no
    newsletter (registrations, statutory notices) are none of its business.
    """
    row = Subscription.objects.select_for_update().get(pk=subscription.pk)
    if row.state == State.LEFT:
        return False
    outbox.cancel(Message.objects.filter(email=row.email, kind=LETTER))
    row.bounces.update(email="", subscription=None)
    row.topics.clear()
    row.email, row.state, row.left_at, row.paused_at = None, State.LEFT, timezone.now(), None
    row.kinds, row.soft_bounces = [], 0
    row.save()
    if by is not None:
        audit.record("newsletter.left", row, by, f"Subscription {row.pk}")
    return True


@transaction.atomic
def resume(subscription: Subscription, by: Any) -> bool:
    """Staff take a paused subscription up again; whether it was paused."""
    row = Subscription.objects.select_for_update().get(pk=subscription.pk)
    if row.state != State.PAUSED:
        return False
    row.state, row.paused_at, row.soft_bounces = State.ACTIVE, None, 0
    row.save(update_fields=["state", "paused_at", "soft_bounces"])
    audit.record("newsletter.resumed", row, by, f"Subscription {row.pk}")
    return True


def purge_unconfirmed(now) -> int:
    """Erase what nobody confirmed within a week; of who had left before, the hash stays."""
    old = Subscription.objects.filter(state=State.WAITING, asked_at__lte=now - links.LIFETIME)
    again = old.filter(left_at__isnull=False)
    number = 0
    for row in again:
        row.topics.clear()
        number += 1
    again.update(state=State.LEFT, email=None, kinds=[])
    return number + old.filter(left_at__isnull=True).delete()[1].get("newsletter.Subscription", 0)


def _write_link(row: Subscription) -> None:
    until = row.asked_at + links.LIFETIME
    token = links.confirm_token(row)
    outbox.write(
        f"newsletter.confirm:{row.pk}:{_slot()}",
        row.email,
        row.language,
        "newsletter/mail/confirm",
        {
            "until": lambda: moment_text(until, association_zone()),
            "link": lambda: links.address(links.CONFIRM, token),
        },
        is_secret=True,
        expires_at=until,
    )


def _write_known(row: Subscription) -> None:
    token = links.token(row, links.MINE)
    outbox.write(
        f"newsletter.known:{row.pk}:{_slot()}",
        row.email,
        row.language,
        "newsletter/mail/known",
        {"link": lambda: links.address(links.MINE, token)},
        is_secret=True,
    )


def _slot() -> str:
    """Ten minutes: so often a letter of one kind goes to one address at most."""
    return timezone.now().strftime("%Y%m%d%H%M")[:-1]


retention.register(
    "newsletter.unconfirmed",
    label=_("Subscriptions to the newsletter that nobody confirmed"),
    purpose=_("sending the newsletter"),
    basis=_("the person's own request"),
    keeps=_("seven days"),
    purge=purge_unconfirmed,
)
