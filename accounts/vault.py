"""Secrets of second factors at rest: encrypted with a key that follows from SECRET_KEY."""

import base64
import logging
import secrets

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings

logger = logging.getLogger(__name__)


def encrypt(text: str) -> str:
    """The text as a Fernet token, under the key of the present SECRET_KEY."""
    return _fernet().encrypt(text.encode()).decode()


def decrypt(token: str) -> str:
    """The text of a token made under SECRET_KEY or one of SECRET_KEY_FALLBACKS.

    A token that no key opens (SECRET_KEY was replaced without a fallback) gives a random text: no
    code will match it, the sign-in says "incorrect code", and another admin resets the factor.
    """
    try:
        return _fernet().decrypt(token.encode()).decode()
    except InvalidToken:
        logger.error("A second factor was stored under another SECRET_KEY: it has to be reset.")
        return base64.b32encode(secrets.token_bytes(20)).decode()


def _fernet() -> MultiFernet:
    return MultiFernet(
        [Fernet(_key(secret)) for secret in [settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS]]
    )


def _key(secret: str) -> bytes:
    derived = HKDF(
        algorithm=hashes.SHA256(), length=32, salt=None, info=b"accounts.vault second factors"
    ).derive(secret.encode())
    return base64.urlsafe_b64encode(derived)
