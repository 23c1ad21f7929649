"""The newsletter of the demonstration: readers in every state, an issue sent, a draft, a bounce."""

import datetime
from typing import Any

from django.utils import timezone

from content.models import Topic
from mailing.models import Message
from news.models import Article
from newsletter import bounces, composing, sending, subscribing
from newsletter.models import Bulletin, Subscription
from newsletter.subscribing import Wish
from uclg_portal.demonstration import data

DAYS = 45
SENT_DAYS_AGO = 3
NOTICE = """From: MAILER-DAEMON@mx.example.org (Mail Delivery System)
To: secretariat@example.org
Subject: Undelivered Mail Returned to Sender
Message-Id: <demonstration@mx.example.org>
MIME-Version: 1.0
Content-Type: multipart/report; report-type=delivery-status; boundary="part"

--part
Content-Type: message/delivery-status

Reporting-MTA: dns; mx.example.org

Final-Recipient: rfc822; {email}
Action: failed
Status: 5.1.1
Diagnostic-Code: smtp; 550 5.1.1 User unknown

--part--
"""


def load(users: dict[str, Any]) -> None:
    """Everything of newsletter.toml; news and events have to be there."""
    content = data.table("newsletter.toml")
    for row in content["subscribers"]:
        _subscribe(row)
    for row in content["issues"]:
        _issue(row, users["editor@example.org"], users["admin@example.org"])
    for row in content["subscribers"]:
        if row.get("state") == "left":
            subscribing.leave(Subscription.objects.of_address(row["email"]).get())
    _forget_links()


def _subscribe(row: dict[str, Any]) -> None:
    topics = Topic.objects.filter(slug__in=row.get("topics", []))
    subscribing.ask(row["email"], Wish(row["language"], topics, row.get("kinds", [])))
    subscription = Subscription.objects.of_address(row["email"]).get()
    if row.get("state") != "waiting":
        subscribing.confirm(subscription)
    if row.get("state") == "bounced":
        bounces.take(NOTICE.format(email=row["email"]).encode())


def _issue(row: dict[str, Any], first: Any, second: Any) -> None:
    bulletin = _composed(row, first)
    if not row.get("is_sent"):
        return
    sending.ask(bulletin, first)
    sending.approve(bulletin, composing.digest(bulletin), second)
    at = timezone.now() - datetime.timedelta(days=SENT_DAYS_AGO)
    bulletin.number = (Bulletin.objects.sent().count()) + 1
    bulletin.started_at = bulletin.sent_at = at
    bulletin.save()
    counts = sending.plan(bulletin)
    bulletin.letters, bulletin.without_items = counts["written"], counts["nothing"]
    bulletin.save()
    letters = Message.objects.filter(occasion=sending.occasion(bulletin))
    letters.settle(Message.State.SENT, sent_at=at, attempts=1)


def _composed(row: dict[str, Any], by: Any) -> Bulletin:
    newest = Article.objects.published().order_by("-published_at").first()
    last = timezone.localdate(newest.published_at)
    bulletin = composing.compose(last - datetime.timedelta(days=DAYS), last, by)
    for name, value in data.texts(row, "title", "intro").items():
        setattr(bulletin, name, value)
    bulletin.save()
    return bulletin


def _forget_links() -> None:
    """The letters with the links that confirm were sent long ago."""
    letters = Message.objects.filter(kind__in=["newsletter.confirm", "newsletter.known"])
    letters.settle(Message.State.SENT, sent_at=timezone.now(), attempts=1)
