"""One connection to the mail server, and what its answers mean."""

import contextlib
import smtplib

from django.conf import settings
from django.core import mail
from django.core.mail import EmailMessage

from mailing.cleaning import one_line

# Django's own backend does not say whether a cut came before or after the text of a mail.
WATCHED = {
    "django.core.mail.backends.smtp.EmailBackend": "mailing.backends.WatchedSMTPBackend",
}
ERROR_LENGTH = 500
TOO_BIG = 552
SERVER_CLOSES = 421
# Refusals of the portal itself, whatever the mail.
ABOUT_US = (smtplib.SMTPSenderRefused, smtplib.SMTPHeloError)


class NotSent(Exception):
    """The mail was not handed over; the message of the exception says what the server said."""


class ServerUnavailable(NotSent):
    """The trouble is with the server, not with this mail: the others wait as well."""


class PutOff(NotSent):
    """The server puts this mail off: try later."""


class Refused(NotSent):
    """The server will never take this mail."""


class InDoubt(NotSent):
    """The connection broke after the text was handed over: the mail may have been taken."""


class _Cut(Exception):
    """The connection broke, or the server closed it, before the text of the mail."""


class Line:
    """A connection for a batch of mails; a context manager.

    Opening raises ServerUnavailable. A server that drops a connection after some mails (idle, or a
    limit of its own) is called a second time before that counts as trouble.
    """

    def __init__(self) -> None:
        backend = settings.EMAIL_BACKEND
        self._backend = mail.get_connection(WATCHED.get(backend, backend))
        self.is_fresh = True  # since the connection was opened no mail has been settled on it

    def __enter__(self) -> "Line":
        self._open()
        return self

    def __exit__(self, *error: object) -> None:
        self._close()

    def hand_over(self, message: EmailMessage) -> None:
        """Give one mail to the server. Raises NotSent in one of its four kinds."""
        try:
            self._try_once_or_reopened(message)
        except _Cut as cut:
            raise ServerUnavailable(str(cut)) from cut
        except ServerUnavailable:
            raise
        except NotSent:
            self.is_fresh = False
            raise
        self.is_fresh = False

    def _try_once_or_reopened(self, message: EmailMessage) -> None:
        try:
            self._try(message)
        except _Cut:
            if self.is_fresh:
                raise
            self._close()
            self._open()
            self._try(message)

    def _try(self, message: EmailMessage) -> None:
        if getattr(self._backend, "connection", True) is None:
            self._open()
        try:
            if not self._backend.send_messages([message]):
                raise Refused("no recipient")
        except OSError as error:  # smtplib's exceptions are OSErrors as well
            raise self._meaning(error) from error
        except ValueError as error:
            raise Refused(described(error)) from error

    def _meaning(self, error: OSError) -> Exception:
        code, words = _answer(error)
        if code == SERVER_CLOSES:
            return _Cut(words)
        if isinstance(error, ABOUT_US) and code != TOO_BIG:
            return ServerUnavailable(words)
        if code is not None:
            return PutOff(words) if code < 500 else Refused(words)
        if isinstance(error, smtplib.SMTPNotSupportedError):
            return Refused(words)
        if getattr(self._backend, "is_in_doubt", True):
            self._close()
            return InDoubt(words)
        return _Cut(words)

    def _open(self) -> None:
        self.is_fresh = True
        try:
            self._backend.open()
        except OSError as error:
            raise ServerUnavailable(described(error)) from error

    def _close(self) -> None:
        with contextlib.suppress(OSError):
            self._backend.close()


def described(error: BaseException) -> str:
    """What an error says, in one line that fits its column."""
    return _answer(error)[1]


def _answer(error: BaseException) -> tuple[int | None, str]:
    """The server's code and words; without an answer None and what the error says."""
    if isinstance(error, smtplib.SMTPRecipientsRefused):
        code, words = next(iter(error.recipients.values()))
    elif isinstance(error, smtplib.SMTPResponseException):
        code, words = error.smtp_code, error.smtp_error
    else:
        words = getattr(error, "strerror", None) or str(error) or type(error).__name__
        return None, one_line(str(words))[:ERROR_LENGTH]
    if isinstance(words, bytes):
        words = words.decode(errors="replace")
    return code, one_line(f"{code} {words}")[:ERROR_LENGTH]
