"""The mailbox that notices of undelivered mail come to, read over IMAP.

`BOUNCE_MAILBOX_URL` names it: imaps://user:password@host:993/INBOX (imap:// without encryption is
for a server on the same machine). A mail is marked as read after what it says is committed: broken
off in between, it is read again, and nothing is counted twice.
"""

import imaplib
import logging
import re
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import Protocol
from urllib.parse import unquote, urlsplit

from django.conf import settings

from newsletter import bounces

logger = logging.getLogger(__name__)

SECONDS = 30
AT_ONCE = 200
LARGEST = 2_000_000  # bytes; a longer mail is no notice
SIZE = re.compile(rb"RFC822\.SIZE (\d+)")


class Mailbox(Protocol):
    """What is needed of a mailbox; tests bring their own."""

    def unread(self) -> list[str]:
        """Keys of the mails nobody has read, the oldest first."""

    def fetch(self, key: str) -> bytes | None:
        """A mail as it is, without marking it; None for one that is too large or gone."""

    def mark_read(self, key: str) -> None:
        """Not to be seen again."""


class ImapMailbox:
    """A folder on an IMAP server."""

    def __init__(self, connection: imaplib.IMAP4):
        self._imap = connection

    def unread(self) -> list[str]:
        _answer, (found, *_rest) = self._imap.uid("SEARCH", None, "UNSEEN")
        return [key.decode() for key in (found or b"").split()]

    def fetch(self, key: str) -> bytes | None:
        _answer, sizes = self._imap.uid("FETCH", key, "(RFC822.SIZE)")
        size = SIZE.search(b" ".join(part for part in sizes if isinstance(part, bytes)))
        if size is None or int(size[1]) > LARGEST:
            return None
        _answer, parts = self._imap.uid("FETCH", key, "(BODY.PEEK[])")
        return next((part[1] for part in parts if isinstance(part, tuple)), None)

    def mark_read(self, key: str) -> None:
        self._imap.uid("STORE", key, "+FLAGS.SILENT", "(\\Seen)")


@contextmanager
def opened(url: str) -> Iterator[ImapMailbox]:
    """The mailbox at this address. Raises ValueError for another scheme, OSError and IMAP4.error
    where the server does not answer or refuses."""
    parts = urlsplit(url)
    if parts.scheme not in ("imap", "imaps") or not parts.hostname:
        raise ValueError("BOUNCE_MAILBOX_URL begins with imaps:// or imap:// and names a host.")
    make = imaplib.IMAP4_SSL if parts.scheme == "imaps" else imaplib.IMAP4
    default = imaplib.IMAP4_SSL_PORT if parts.scheme == "imaps" else imaplib.IMAP4_PORT
    imap = make(parts.hostname, parts.port or default, timeout=SECONDS)
    try:
        imap.login(unquote(parts.username or ""), unquote(parts.password or ""))
        folder = unquote(parts.path.strip("/")) or "INBOX"
        answer, _number = imap.select(f'"{folder}"')
        if answer != "OK":
            raise imaplib.IMAP4.error("The folder of BOUNCE_MAILBOX_URL does not exist.")
        yield ImapMailbox(imap)
    finally:
        with suppress(OSError, imaplib.IMAP4.error):
            imap.logout()


def read(mailbox: Mailbox) -> Counter:
    """Take in what is unread, each mail in a transaction of its own; the counts of all.

    A mail that cannot be taken in stays unread and is counted as `broken`; the others go on.
    """
    counts: Counter = Counter()
    for key in mailbox.unread()[:AT_ONCE]:
        try:
            raw = mailbox.fetch(key)
            counts += Counter(too_large=1) if raw is None else bounces.take(raw)
        except (OSError, imaplib.IMAP4.error):
            raise
        except Exception:
            logger.exception("A notice in the mailbox cannot be read: %s", key)
            counts["broken"] += 1
            continue
        mailbox.mark_read(key)
    return counts


def read_configured() -> Counter:
    """The same for the mailbox of the settings; nothing where none is named."""
    if not settings.BOUNCE_MAILBOX_URL:
        return Counter()
    with opened(settings.BOUNCE_MAILBOX_URL) as mailbox:
        return read(mailbox)
