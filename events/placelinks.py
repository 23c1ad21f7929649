"""A participant's own page: found by the signed link in their letters, without an account.

The signature covers the address the letter went to: once the delegation corrects the address, the
link in the wrong mailbox leads nowhere.
"""

from django.core.signing import BadSignature, Signer
from django.urls import reverse

from content.keys import as_key
from events.models import Participant

SALT = "events.place"


def token(participant: Participant) -> str:
    """The last part of the address; made of the key of the row and a signature."""
    return _signer(participant).sign(participant.pk)


def address(participant: Participant) -> str:
    """The path of the page in the language that is active."""
    return reverse("events:place", args=[token(participant)])


def find(text: str) -> Participant | None:
    """The participant whose link this is; None for any other text."""
    key = as_key(text.partition(":")[0])
    if key is None:
        return None
    participant = (
        Participant.objects.select_related("event", "delegation__member").filter(pk=key).first()
    )
    if participant is None or not participant.email:
        return None
    try:
        _signer(participant).unsign(text)
    except BadSignature:
        return None
    return participant


def _signer(participant: Participant) -> Signer:
    return Signer(salt=f"{SALT}:{participant.email.lower()}")
