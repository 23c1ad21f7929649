"""The mail server is down for three hours: registrations go on, mails wait and leave once."""

import datetime
import html
import re
from collections import Counter

import pytest
from django.utils import timezone

from events.models import Participant
from events.tests.factories import make_event, make_member
from events.tests.posting import THREE, page_of, posted
from mailing import tasks
from mailing.models import Message
from mailing.tests.factories import states
from mailing.tests.smtp_sink import SMTPSink

pytestmark = pytest.mark.django_db
TWO = [
    {"name_cyrillic": "Ольга Белова", "email": "olga@example.org"},
    {"name_cyrillic": "Иван Седов", "email": "ivan@example.org"},
]


class Clock:
    """The time that the portal sees. Beat calls the planner and the delivery as it passes."""

    def __init__(self) -> None:
        self.now = timezone.now().replace(microsecond=0)

    def passes(self, minutes: int, every: int = 5) -> None:
        for _ in range(minutes // every):
            self.now += datetime.timedelta(minutes=every)
            tasks.plan_reminders()
            tasks.deliver_due()


@pytest.fixture
def clock(monkeypatch):
    clock = Clock()
    monkeypatch.setattr(timezone, "now", lambda: clock.now)
    return clock


@pytest.fixture
def server(settings):
    """The mail server of the portal."""
    with SMTPSink() as server:
        settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
        settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", server.port
        settings.EMAIL_USE_TLS = settings.EMAIL_USE_SSL = False
        settings.EMAIL_HOST_USER = settings.EMAIL_HOST_PASSWORD = ""
        yield server


@pytest.fixture
def front_page(client_of, make_user):
    """A function that opens the front page of the admin: (level, sentence) of what it says."""
    client = client_of(make_user("chief@example.org", roles=["lead"], language="en"))

    def read() -> list[tuple[str, str]]:
        page = client.get("/admin/").content.decode()
        found = re.findall(r'class="heartbeat heartbeat--(\w+)">(.*?)</li>', page)
        return [(level, html.unescape(text)) for level, text in found]

    return read


def test_ops_1_registrations_go_on_while_the_mail_server_is_down_and_each_mail_leaves_once(
    server, clock, front_page, client_of, make_representative, django_capture_on_commit_callbacks
):
    event = make_event(capacity=4)
    kazan, perm = make_member(), make_member("perm", "Пермь", "Perm")
    cabinets = {
        kazan.slug: client_of(make_representative(kazan, "kazan@example.org")),
        perm.slug: client_of(make_representative(perm, "perm@example.org")),
    }
    calm = [
        ("good", "Reminders ran less than a minute ago; 0 were written today."),
        ("good", "No mail has left yet; 0 wait."),
    ]
    clock.passes(5)
    assert front_page() == calm
    server.stop()
    for slug, people in (("kazan", THREE), ("perm", TWO)):
        # What is done after the commit is done: a worker tries at once and fails.
        with django_capture_on_commit_callbacks(execute=True):
            answer = cabinets[slug].post(page_of(event, slug), posted(*people, head=0))
        assert (answer.status_code, answer.url) == (302, page_of(event, slug))
        clock.passes(90)
    assert Counter(Participant.objects.values_list("delegation__member__slug", "status")) == {
        ("kazan", "confirmed"): 3,
        ("perm", "confirmed"): 1,
        ("perm", "waiting"): 1,
    }
    waiting = sorted(Message.objects.values_list("email", flat=True))
    assert waiting == [
        f"{name}@example.org" for name in ("anna", "bob", "ivan", "kazan", "olga", "perm")
    ]
    assert states() == {"queued": len(waiting)}
    assert front_page() == [
        calm[0],
        (
            "bad",
            "Mail has not left for 3 hours: the mail server does not answer (Connection refused). "
            f"{len(waiting)} mails wait; nothing is lost.",
        ),
    ]

    server.restart()
    clock.passes(60)
    assert sorted(server.addresses()) == waiting
    assert states() == {"sent": len(waiting)}
    clock.passes(60)
    assert sorted(server.addresses()) == waiting
    assert front_page() == [calm[0], ("good", "Mail leaves: the last one 1 hour ago; 0 wait.")]
