"""Handing the outbox to the mail server: claimed one by one, over one connection a batch."""

import datetime
import time
from collections import Counter
from urllib.parse import urlsplit

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.utils import timezone
from django.utils.translation import gettext_noop

from mailing import wake
from mailing.models import Heartbeat, Message
from mailing.transport import InDoubt, Line, PutOff, Refused, ServerUnavailable

# Minutes to wait after each attempt: a day in all, then the mail has failed.
BACK_OFF = (1, 5, 15, *(60,) * 24)
MAILS_AT_ONCE = 500
SECONDS_AT_ONCE = 25
LOST_AFTER = datetime.timedelta(minutes=10)
SERVER_AGAIN_AFTER = datetime.timedelta(minutes=1)

WORKER_LOST = gettext_noop("The worker stopped while it was sending.")
TOO_LATE = gettext_noop("Its moment passed before it could leave.")

State = Message.State


def sweep() -> Counter:
    """Settle what no worker will: lost claims become unsure, out-of-date mails missed."""
    now = timezone.now()
    lost = Message.objects.filter(state=State.SENDING, claimed_at__lt=now - LOST_AFTER)
    late = Message.objects.filter(state=State.QUEUED, expires_at__lte=now)
    return Counter(
        unsure=lost.settle(State.UNSURE, last_error=WORKER_LOST),
        missed=late.settle(State.MISSED, last_error=TOO_LATE),
    )


def deliver_due() -> Counter:
    """Sweep, then send what is due; the counts say what became of the mails."""
    return sweep() + deliver_batch()


def deliver_batch() -> Counter:
    """Send due mails over one connection until none is left, 500 are done or time is up.

    While the mail server fails, one caller a minute tries it again and the mails stay as they are.
    """
    counts: Counter = Counter()
    waiting = Message.objects.due().in_sending_order().values_list("pk", flat=True)
    candidates = list(waiting[:MAILS_AT_ONCE])
    if not candidates or _may_try_server():
        trouble = _deliver(candidates, counts) if candidates else ""
        Heartbeat.objects.record_run(Heartbeat.DELIVERY, counts)
        if candidates and not trouble and waiting.exists():
            wake.after_commit("mailing.tasks.deliver_batch")
    return counts


def _may_try_server() -> bool:
    return Heartbeat.objects.may_try(Heartbeat.DELIVERY, timezone.now() + SERVER_AGAIN_AFTER)


def _deliver(candidates: list[int], counts: Counter) -> str:
    """Send these mails and count their states; returns what is wrong with the server, if any."""
    trouble = ""
    try:
        _hand_over(candidates, counts)
    except ServerUnavailable as error:
        trouble = str(error)
    if counts:
        Heartbeat.objects.record_answer(Heartbeat.DELIVERY, is_success=counts[State.SENT] > 0)
    if trouble:
        again = timezone.now() + SERVER_AGAIN_AFTER
        Heartbeat.objects.record_failure(Heartbeat.DELIVERY, trouble, again)
    return trouble


def _hand_over(candidates: list[int], counts: Counter) -> None:
    until = time.monotonic() + SECONDS_AT_ONCE
    with Line() as line:
        for pk in candidates:
            if time.monotonic() > until:
                break
            if Message.objects.claim(pk):
                counts[_deliver_one(line, Message.objects.get(pk=pk))] += 1


def _deliver_one(line: Line, message: Message) -> str:
    """Send a claimed mail and write down what became of it; returns its state.

    Raises ServerUnavailable when no mail can leave; this one is queued again.
    """
    try:
        line.hand_over(mail_from(message))
    except ServerUnavailable as trouble:
        _put_off(message, str(trouble))
        raise
    except PutOff as reason:
        if message.attempts <= len(BACK_OFF):
            return _put_off(message, str(reason))
        return _finish(message, State.FAILED, last_error=str(reason))
    except Refused as reason:
        return _finish(message, State.FAILED, last_error=str(reason))
    except InDoubt as reason:
        return _finish(message, State.UNSURE, last_error=str(reason))
    return _finish(message, State.SENT, sent_at=timezone.now(), last_error="")


def _put_off(message: Message, reason: str) -> str:
    minutes = BACK_OFF[min(message.attempts, len(BACK_OFF)) - 1]
    Message.objects.filter(
        pk=message.pk, claimed_at=message.claimed_at, state=State.SENDING
    ).update(
        state=State.QUEUED, claimed_at=None, last_error=reason,
        next_attempt_at=timezone.now() + datetime.timedelta(minutes=minutes),
    )  # fmt: skip
    return State.QUEUED


def _finish(message: Message, state: str, **fields) -> str:
    """Write the end of our own claim, also when the sweep has given it up meanwhile."""
    Message.objects.filter(
        pk=message.pk, claimed_at=message.claimed_at, state__in=[State.SENDING, State.UNSURE]
    ).settle(state, **fields)
    return state


def mail_from(message: Message) -> EmailMultiAlternatives:
    """The mail of a row. Its Message-ID stays the same however often it is tried."""
    headers = {
        "Message-ID": f"<{message.uid}@{urlsplit(settings.SITE_URL).hostname}>",
        "Auto-Submitted": "auto-generated",
        "Content-Language": message.language,
    }
    if message.unsubscribe_url:
        headers |= _one_click(message.unsubscribe_url)
    mail = EmailMultiAlternatives(
        message.subject, message.text_body, to=[message.email], headers=headers
    )
    if message.html_body:
        mail.attach_alternative(message.html_body, "text/html")
    return mail


def _one_click(address: str) -> dict[str, str]:
    """The headers by which mail programs show a button that ends such letters (RFC 8058)."""
    return {
        "List-Unsubscribe": f"<{address}>",
        "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
    }
