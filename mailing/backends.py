"""Where mail goes: a mail server, watched closely, or the local inbox of the demonstration."""

import smtplib

from django.core.mail.backends.base import BaseEmailBackend
from django.core.mail.backends.smtp import EmailBackend

from mailing.models import InboxMail


class WatchedConversation(smtplib.SMTP):
    """A conversation that knows whether the server may have taken a mail.

    The server answers 354 only to DATA: then the text goes out, and until the next answer nobody
    can say whether the mail was taken.
    """

    is_in_doubt = False

    def getreply(self):
        code, text = super().getreply()
        self.is_in_doubt = code == 354
        return code, text


class WatchedSecureConversation(WatchedConversation, smtplib.SMTP_SSL):
    """The same over TLS from the first byte."""


class WatchedSMTPBackend(EmailBackend):
    """Django's SMTP backend on watched conversations."""

    @property
    def connection_class(self):
        return WatchedSecureConversation if self.use_ssl else WatchedConversation

    @property
    def is_in_doubt(self) -> bool:
        """Whether the last mail may have been taken although no answer came."""
        return self.connection is not None and self.connection.is_in_doubt


class LocalInboxBackend(BaseEmailBackend):
    """Keeps mails as rows that the admin shows: the demonstration sends nothing anywhere."""

    is_in_doubt = False

    def send_messages(self, email_messages):
        for mail in email_messages:
            html = next(
                (part.content for part in getattr(mail, "alternatives", []) if
                 part.mimetype == "text/html"), "",
            )  # fmt: skip
            InboxMail.objects.bulk_create(
                InboxMail(
                    email=email, subject=mail.subject[:255], text_body=mail.body, html_body=html
                )
                for email in mail.recipients()
            )
        return len(email_messages)
