"""Links that work without an account: who has the token is let in, the database has its hash."""

import hashlib
import secrets


def new_token() -> str:
    """A random token of 43 characters that an address can hold."""
    return secrets.token_urlsafe(32)


def hashed(token: str) -> str:
    """What is kept of a token: 64 hexadecimal digits."""
    return hashlib.sha256(token.encode()).hexdigest()
