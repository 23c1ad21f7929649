import datetime

import pytest
from django.utils import timezone

from mailing import reminders
from mailing.tests.factories import with_sample_letters
from mailing.tests.smtp_sink import SMTPSink


@pytest.fixture(autouse=True)
def _sample_templates(settings):
    """The letters `sample/mail/…` exist in these tests alone."""
    settings.TEMPLATES = with_sample_letters(settings.TEMPLATES)


@pytest.fixture
def sources(monkeypatch):
    """The list of sources of reminders, empty at first and put back afterwards."""
    monkeypatch.setattr(reminders, "_sources", [])
    return reminders._sources


@pytest.fixture
def sink(settings):
    """A mail server that the portal delivers to."""
    with SMTPSink() as server:
        settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
        settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", server.port
        settings.EMAIL_USE_TLS = settings.EMAIL_USE_SSL = False
        settings.EMAIL_HOST_USER = settings.EMAIL_HOST_PASSWORD = ""
        settings.EMAIL_TIMEOUT = 5
        yield server


class Clock:
    """The time that the code under test sees; it starts now and moves only by hand."""

    def __init__(self) -> None:
        self.now = timezone.now().replace(microsecond=0)

    def forward(self, **length: float) -> None:
        self.now += datetime.timedelta(**length)


@pytest.fixture
def clock(monkeypatch):
    clock = Clock()
    monkeypatch.setattr(timezone, "now", lambda: clock.now)
    return clock
