"""The links of the letters: signed, for one purpose each, good without an account.

A link tells the key of a subscription, never an address. One that is signed for a purpose opens
nothing else: the link of one click in the header of a letter is not that of the settings.
"""

import datetime
import uuid

from django.core.signing import BadSignature, Signer, TimestampSigner
from django.urls import reverse
from django.utils import translation

from content.keys import as_key
from mailing import cleaning
from newsletter.models import Subscription

CONFIRM, MINE, LEAVE, WEEKLY = "confirm", "mine", "leave", "weekly"
# How long the link that confirms works; what nobody confirmed is erased then.
LIFETIME = datetime.timedelta(days=7)


def token(subscription: Subscription, purpose: str) -> str:
    """The last part of a link: to the settings (MINE) or out (LEAVE)."""
    return _signer(purpose).sign(subscription.key.hex)


def find(text: str, purpose: str) -> Subscription | None:
    """The subscription whose link this is; None for any other text."""
    try:
        key = uuid.UUID(_signer(purpose).unsign(text))
    except (BadSignature, ValueError):
        return None
    return Subscription.objects.filter(key=key).first()


def confirm_token(subscription: Subscription) -> str:
    """The last part of the link that confirms; it works for a week."""
    return TimestampSigner(salt=_salt(CONFIRM)).sign(subscription.key.hex)


def find_to_confirm(text: str) -> Subscription | None:
    """Whom this link confirms; None when it is none, is too old, or they left after it."""
    signer = TimestampSigner(salt=_salt(CONFIRM))
    try:
        key = uuid.UUID(signer.unsign(text, max_age=LIFETIME))
    except (BadSignature, ValueError):
        return None
    found = Subscription.objects.filter(key=key).exclude(state=Subscription.State.LEFT)
    return found.first()


def user_token(user) -> str:
    """The last part of the link that turns the weekly digest of a representative off."""
    return _signer(WEEKLY).sign(user.pk)


def find_user(text: str) -> int | None:
    """The key of the user whose link this is; None for any other text."""
    try:
        return as_key(_signer(WEEKLY).unsign(text))
    except BadSignature:
        return None


def address(purpose: str, token: str, language: str = "") -> str:
    """The whole address of a link, in a language or that of the page."""
    if not language:
        return cleaning.on_site(reverse(f"newsletter:{purpose}", args=[token]))
    with translation.override(language):
        return cleaning.on_site(reverse(f"newsletter:{purpose}", args=[token]))


def _signer(purpose: str) -> Signer:
    return Signer(salt=_salt(purpose))


def _salt(purpose: str) -> str:
    return f"newsletter.{purpose}"
