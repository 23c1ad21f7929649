import pytest
from django.core.mail import EmailMultiAlternatives, get_connection

from mailing import delivery
from mailing.models import InboxMail
from mailing.tests.factories import make_message, states

pytestmark = pytest.mark.django_db

LOCAL_INBOX = "mailing.backends.LocalInboxBackend"


def test_local_inbox_keeps_a_row_per_recipient():
    mail = EmailMultiAlternatives("Subject", "Text", to=["a@example.org"], bcc=["b@example.org"])
    mail.attach_alternative("<p>Text</p>", "text/html")
    mail.attach_alternative("BEGIN:VCALENDAR", "text/calendar")

    assert get_connection(LOCAL_INBOX).send_messages([mail]) == 1
    assert list(
        InboxMail.objects.order_by("pk").values_list("email", "subject", "text_body", "html_body")
    ) == [
        ("a@example.org", "Subject", "Text", "<p>Text</p>"),
        ("b@example.org", "Subject", "Text", "<p>Text</p>"),
    ]


def test_demonstration_delivers_into_the_local_inbox(settings):
    settings.EMAIL_BACKEND = LOCAL_INBOX
    secret = make_message(is_secret=True, text_body="code 123456\n")

    delivery.deliver_batch()

    assert states() == {"sent": 1}
    assert list(InboxMail.objects.values_list("email", "text_body")) == [
        (secret.email, "code 123456\n")
    ]
