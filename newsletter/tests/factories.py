"""Rows for the tests of the newsletter."""

import datetime
import itertools
from pathlib import Path

from django.utils import timezone

from content.models import Topic
from mailing.models import Message
from newsletter import composing, sending
from newsletter.models import Bulletin, Subscription, address_hash

NOTICES = Path(__file__).parent / "notices"
_numbers = itertools.count(1)


def make_subscription(email="", *, topics=(), **fields) -> Subscription:
    """A confirmed subscription to everything; a test names only what it is about."""
    email = email or f"reader{next(_numbers)}@example.com"
    values = {
        "email": email, "address_hash": address_hash(email), "state": "active",
        "language": "en", "consent_version": "test", "confirmed_at": timezone.now(),
    }  # fmt: skip
    row = Subscription.objects.create(**values | fields)
    row.topics.set(topics)
    return row


def make_theme(slug: str, **fields) -> Topic:
    values = {"title_ru": f"Тема {slug}", "title_en": f"Theme {slug}"}
    return Topic.objects.create(slug=slug, kind="theme", **values | fields)


def make_bulletin(by=None, days=7, **fields) -> Bulletin:
    """A draft of the last days, composed of what there is, with titles of its own."""
    today = timezone.localdate()
    bulletin = composing.compose(today - datetime.timedelta(days=days), today, by)
    for name, value in {
        "title_ru": "Новости недели",
        "title_en": "News of the week",
        **fields,
    }.items():
        setattr(bulletin, name, value)
    bulletin.save()
    return bulletin


def make_approved(by, second, **fields) -> Bulletin:
    bulletin = make_bulletin(by, **fields)
    sending.ask(bulletin, by)
    sending.approve(bulletin, composing.digest(bulletin), second)
    return bulletin


def notice(name: str, letter: Message | None = None, email: str = "gone@example.com") -> bytes:
    """A sample notice, about this letter of ours where one is given."""
    raw = (NOTICES / f"{name}.eml").read_bytes()
    uid = str(letter.uid) if letter else "00000000-0000-4000-8000-000000000000"
    return raw.replace(b"LETTER", uid.encode()).replace(b"gone@example.com", email.encode())
