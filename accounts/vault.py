"""Secrets at rest: encrypted with keys that follow from SECRET_KEY, one key for each purpose."""

import base64
import hashlib
import hmac
import logging
import secrets

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings

logger = logging.getLogger(__name__)


class Unreadable(Exception):
    """A token that no key opens: it was made under another SECRET_KEY, or for another purpose."""


class Vault:
    """What one purpose encrypts: a token of one vault opens in no other.

    `purpose` goes into the derivation of the keys and never changes.
    """

    def __init__(self, purpose: str):
        self.purpose = purpose

    def encrypt(self, text: str) -> str:
        """The text as a Fernet token, under the key of the present SECRET_KEY."""
        return self._fernet().encrypt(text.encode()).decode()

    def decrypt(self, token: str) -> str:
        """The text of a token made under SECRET_KEY or one of SECRET_KEY_FALLBACKS.

        Raises Unreadable.
        """
        try:
            return self._fernet().decrypt(token.encode()).decode()
        except InvalidToken:
            raise Unreadable(self.purpose) from None

    def fingerprint(self, text: str) -> str:
        """64 characters that are the same for the same text and tell nothing of it without the key.

        For a unique constraint on what is encrypted. Made with the present SECRET_KEY alone.
        """
        key = _derived(settings.SECRET_KEY, f"{self.purpose}: fingerprints")
        return hmac.new(key, text.encode(), hashlib.sha256).hexdigest()

    def _fernet(self) -> MultiFernet:
        keys = [settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS]
        derived = [_derived(secret, self.purpose) for secret in keys]
        return MultiFernet([Fernet(base64.urlsafe_b64encode(key)) for key in derived])


SECOND_FACTORS = Vault("accounts.vault second factors")


def encrypt(text: str) -> str:
    """The secret of a second factor as a token."""
    return SECOND_FACTORS.encrypt(text)


def decrypt(token: str) -> str:
    """The secret of a second factor.

    A token that no key opens (SECRET_KEY was replaced without a fallback) gives a random text: no
    code will match it, the sign-in says "incorrect code", and another admin resets the factor.
    """
    try:
        return SECOND_FACTORS.decrypt(token)
    except Unreadable:
        logger.error("A second factor was stored under another SECRET_KEY: it has to be reset.")
        return base64.b32encode(secrets.token_bytes(20)).decode()


def _derived(secret: str, purpose: str) -> bytes:
    derivation = HKDF(algorithm=hashes.SHA256(), length=32, salt=None, info=purpose.encode())
    return derivation.derive(secret.encode())
