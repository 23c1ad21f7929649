"""Notices of common systems are read; who cannot be reached is not written to any more."""

import datetime
import imaplib
import time

import pytest
from django.utils import timezone

from mailing.tests.factories import make_sent_message
from newsletter import bounces, mailbox, notices, tasks
from newsletter.models import Bounce
from newsletter.tests.factories import make_subscription, notice


@pytest.mark.parametrize(
    ("name", "kind", "status", "said"),
    [
        ("postfix", "hard", "5.1.1", "User unknown in virtual mailbox table"),
        ("exim", "hard", "", "Unrouteable address"),
        ("exchange", "hard", "5.1.10", "RecipientNotFound"),
        ("yandex", "soft", "5.2.2", "mailbox is full"),
        ("mailru", "hard", "", "user not found"),
        ("delayed", "soft", "4.4.1", "Connection timed out"),
    ],
)
def test_notice_of_each_system_is_read(name, kind, status, said):
    found = notices.read(notice(name))

    assert [(one.email, one.kind, one.status) for one in found.failures] == [
        ("gone@example.com", kind, status)
    ]
    assert said in found.failures[0].diagnostic
    assert ("00000000-0000" in found.letter_id) is (name != "delayed")


def test_holiday_reply_is_no_notice_and_what_cannot_be_read_is_kept_as_such():
    assert notices.read(notice("vacation")) is None
    assert [one.kind for one in notices.read(notice("broken")).failures] == ["unread"]
    for junk in (b"", b"\x00\xff\xfe", b"From: x\n\n", b"Content-Type: multipart/report\n\n--"):
        assert notices.read(junk) is None


@pytest.mark.django_db
def test_hard_bounce_pauses_and_is_found_by_the_letter_that_came_back():
    """The mailbox forwards: the notice names another address than the one we wrote to."""
    row, other = make_subscription("reader@example.com"), make_subscription()
    letter = make_sent_message(email="reader@example.com")

    counts = bounces.take(notice("postfix", letter, "forwarded@elsewhere.example"))

    bounce = Bounce.objects.get()
    assert counts == {"hard": 1}
    assert (bounce.message, bounce.subscription, bounce.email, bounce.status) == (
        letter, row, "forwarded@elsewhere.example", "5.1.1",
    )  # fmt: skip
    row.refresh_from_db()
    other.refresh_from_db()
    assert (row.state, row.paused_at is not None, other.state) == ("paused", True, "active")


@pytest.mark.django_db
def test_soft_bounces_pause_at_the_third_and_one_notice_counts_once():
    row = make_subscription("gone@example.com")
    raw = notice("yandex")
    assert (bounces.take(raw), bounces.take(raw)) == ({"soft": 1}, {"known": 1})
    row.refresh_from_db()
    assert (row.state, row.soft_bounces) == ("active", 1)

    for number in (2, 3):
        bounces.take(raw.replace(b"8f2a@", b"8f2a%d@" % number))
    row.refresh_from_db()
    assert (row.state, row.soft_bounces) == ("paused", 3)
    assert not Bounce.objects.to_look_at().exists()


@pytest.mark.django_db
def test_old_bounces_are_erased():
    bounces.take(notice("postfix"), timezone.now() - datetime.timedelta(days=366))
    bounces.take(notice("exim"))

    assert bounces.purge(timezone.now()) == 1
    assert Bounce.objects.count() == 1


class Folder:
    """A mailbox in memory."""

    def __init__(self, *mails):
        self.mails = dict(enumerate(mails))
        self.read = set()

    def unread(self):
        return [key for key in self.mails if key not in self.read]

    def fetch(self, key):
        return self.mails[key]

    def mark_read(self, key):
        self.read.add(key)


@pytest.mark.django_db
def test_mail_is_marked_after_it_was_taken_in_and_a_bad_one_keeps_no_other(monkeypatch):
    row = make_subscription("gone@example.com")
    folder = Folder(notice("vacation"), notice("exim"), None, notice("postfix"))
    real = bounces.take

    def fails_on_exim(raw):
        if b"Exim" in raw:
            raise RuntimeError("the worker dies")
        return real(raw)

    monkeypatch.setattr(bounces, "take", fails_on_exim)
    assert mailbox.read(folder) == {"other": 1, "broken": 1, "too_large": 1, "hard": 1}
    assert folder.unread() == [1]
    monkeypatch.setattr(bounces, "take", real)
    assert (mailbox.read(folder), mailbox.read(folder)) == ({"hard": 1}, {})
    row.refresh_from_db()
    assert (row.state, Bounce.objects.count()) == ("paused", 2)


class Imap:
    """As much of a server as is asked of it."""

    def __init__(self, host, port, timeout):
        self.said = [(host, port)]

    def login(self, name, password):
        self.said.append((name, password))

    def select(self, folder):
        self.said.append(folder)
        return "OK", [b"2"]

    def uid(self, command, *arguments):
        self.said.append((command, *arguments))
        if command == "SEARCH":
            return "OK", [b"7 8"]
        if command == "STORE":
            return "OK", [None]
        key = arguments[0]
        if "SIZE" in arguments[1]:
            return "OK", [b"1 (UID %s RFC822.SIZE %d)" % (key.encode(), 10 ** (int(key) - 1))]
        return "OK", [(b"1 (UID 7 BODY[] {9}", notice("vacation")), b")"]

    def logout(self):
        self.said.append("logout")


@pytest.mark.django_db
def test_mailbox_of_the_settings_is_read_over_imap(settings, monkeypatch):
    servers = []
    monkeypatch.setattr(
        imaplib, "IMAP4_SSL", lambda *a, **k: servers.append(Imap(*a, **k)) or servers[-1]
    )
    settings.BOUNCE_MAILBOX_URL = "imaps://office%40example.org:se%3Acret@mail.example.org/Bounces"

    assert mailbox.read_configured() == {"other": 1, "too_large": 1}
    assert servers[0].said == [
        ("mail.example.org", 993), ("office@example.org", "se:cret"), '"Bounces"',
        ("SEARCH", None, "UNSEEN"),
        ("FETCH", "7", "(RFC822.SIZE)"), ("FETCH", "7", "(BODY.PEEK[])"),
        ("STORE", "7", "+FLAGS.SILENT", "(\\Seen)"),
        ("FETCH", "8", "(RFC822.SIZE)"), ("STORE", "8", "+FLAGS.SILENT", "(\\Seen)"),
        "logout",
    ]  # fmt: skip


def test_mailbox_is_off_without_a_setting_and_a_server_that_is_away_is_no_error(settings, caplog):
    settings.BOUNCE_MAILBOX_URL = ""
    tasks.read_bounces()
    assert caplog.text == ""
    settings.BOUNCE_MAILBOX_URL = "pop3://office:secret@mail.example.org"
    tasks.read_bounces()
    assert "cannot be read: ValueError" in caplog.text
    assert "secret" not in caplog.text


@pytest.mark.parametrize("body", ["a" * 400_000, "\n" * 400_000, "a@" + "a." * 200_000])
def test_notice_made_to_be_slow_is_read_at_once(body):
    raw = f"From: mailer-daemon@x.example\nSubject: undelivered\n\n{body}".encode()

    begun = time.monotonic()
    found = notices.read(raw)

    assert time.monotonic() - begun < 2
    assert len(found.failures) == 1
