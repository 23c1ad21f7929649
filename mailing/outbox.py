"""Writing into the outbox: the one way in which mail leaves the portal.

A letter has an occasion, a key of the caller's such as `events.reminder:12:24h`. The same occasion
is written once per address, whatever runs twice. The row is committed with the caller's own work;
a worker is told after the commit.
"""

import datetime
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db import models, transaction
from django.utils import timezone

from mailing import merging, rendering, wake
from mailing.models import Message, normalised_address

DELIVER = "mailing.tasks.deliver_batch"
ROWS_AT_ONCE = 500


@dataclass(frozen=True, kw_only=True)
class Letter:
    """A letter to write: `template` and `context` as in `mailing.rendering`.

    `due_at` is when it may leave (default: at once), `expires_at` from when it makes no sense.
    `is_bulk` mail is held back by the switch. `is_secret` mail (sign-in links, codes) is not shown
    to staff and forgotten once sent. `about` is the record it concerns, see `cancel_about`.
    `unsubscribe_url` is the whole address that ends such letters with one click (RFC 8058).
    A letter that very many get has a `form`, rendered once, and `filling` for its blanks; template
    and context are then those of the form.
    """

    occasion: str
    email: str
    language: str
    template: str
    context: Mapping[str, Any] = field(default_factory=dict)
    user: Any = None
    due_at: datetime.datetime | None = None
    expires_at: datetime.datetime | None = None
    is_bulk: bool = False
    is_secret: bool = False
    about: models.Model | None = None
    unsubscribe_url: str = ""
    form: merging.Form | None = None
    filling: Mapping[str, Any] = field(default_factory=dict)


def write(
    occasion: str,
    email: str,
    language: str,
    template: str,
    context: Mapping[str, Any] | None = None,
    **options: Any,
) -> Message | None:
    """Write one letter; None when this occasion was written to this address before.

    `options` are the further fields of `Letter`. Raises ValueError when address or occasion is
    empty or too long, and what the templates raise.
    """
    letter = Letter(
        occasion=occasion, email=email, language=language, template=template,
        context=context or {}, **options,
    )  # fmt: skip
    return _insert(message_from(letter))


def write_many(letters: Iterable[Letter]) -> int:
    """Write letters, a few statements for every 500; returns how many occasions were new."""
    written = 0
    waiting: list[Message] = []
    for letter in letters:
        waiting.append(message_from(letter))
        if len(waiting) == ROWS_AT_ONCE:
            written += insert(waiting)
            waiting = []
    return written + insert(waiting)


def write_plain(
    occasion: str,
    email: str,
    language: str,
    subject: str,
    text: str,
    html: str | None = None,
    *,
    other_text: str = "",
    other_html: str | None = None,
    is_secret: bool = True,
    **options: Any,
) -> Message | None:
    """Write a mail whose texts are finished, such as those of the sign-in pages.

    `text` and `html` are in `language`, `other_text` and `other_html` in the other one, for the
    second half. Returns and raises what `write` does; `options` are further fields of `Letter`.
    """
    order = rendering.reading_order(language)
    halves = [rendering.plain_half(order[0], text, html)]
    if other_text:
        halves.append(rendering.plain_half(order[1], other_text, other_html))
    letter = Letter(
        occasion=occasion, email=email, language=language, template="", is_secret=is_secret,
        **options,
    )  # fmt: skip
    rendered = rendering.compose(rendering.short_subject(subject), halves)
    return _insert(_row(letter, rendered))


def message_from(letter: Letter) -> Message:
    """The row of a letter, rendered and not yet stored."""
    return _row(letter, _rendered(letter))


def _rendered(letter: Letter) -> rendering.Rendered:
    if letter.form:
        return letter.form.fill(letter.filling)
    return rendering.render(letter.template, letter.language, letter.context, _zone(letter))


def missed_message_from(letter: Letter) -> Message:
    """The row that says a letter has lost its sense before it was written: a subject, no text."""
    if letter.form:
        subject = letter.form.fill(letter.filling).subject
    else:
        subject = rendering.render_subject(
            letter.template, letter.language, letter.context, _zone(letter)
        )
    message = _row(letter, rendering.Rendered(subject, "", ""))
    message.state = Message.State.MISSED
    return message


def insert(messages: Iterable[Message]) -> int:
    """Store rows made by `message_from`; returns how many occasions were new."""
    messages = list(messages)
    if not messages:
        return 0
    with transaction.atomic():
        written = Message.objects.insert_new(messages)
        if written:
            wake.after_commit(DELIVER)
    return written


def cancel(queryset: models.QuerySet[Message]) -> list[int]:
    """Cancel those of these mails that still wait; returns their keys."""
    with transaction.atomic():
        pks = _locked(queryset.filter(state=Message.State.QUEUED))
        Message.objects.filter(pk__in=pks).settle(Message.State.CANCELLED)
    return pks


def cancel_about(record: models.Model, kind: str = "") -> list[int]:
    """Cancel what still waits about a record, of one kind or all; returns the keys of the mails."""
    about = Message.objects.filter(
        content_type=ContentType.objects.get_for_model(record), object_id=record.pk
    )
    return cancel(about.filter(kind=kind) if kind else about)


def requeue(queryset: models.QuerySet[Message]) -> list[int]:
    """Send failed and unsure mails once more, at staff's word; returns their keys.

    Secret mails are left alone: their text is forgotten, the person asks for a new one.
    """
    settled = queryset.filter(state__in=Message.REQUEUEABLE, is_secret=False)
    with transaction.atomic():
        pks = _locked(settled)
        Message.objects.filter(pk__in=pks).update(
            state=Message.State.QUEUED, attempts=0, next_attempt_at=timezone.now(),
            claimed_at=None, last_error="",
        )  # fmt: skip
        if pks:
            wake.after_commit(DELIVER)
    return pks


def _locked(queryset: models.QuerySet[Message]) -> list[int]:
    """Keys of these rows, held until the transaction ends; one that a worker holds is passed."""
    rows = queryset.order_by("pk").select_for_update(skip_locked=True)
    return list(rows.values_list("pk", flat=True))


def _insert(message: Message) -> Message | None:
    # The insert cannot tell: a row that was passed over has no key.
    return Message.objects.filter(uid=message.uid).first() if insert([message]) else None


def _zone(letter: Letter) -> datetime.tzinfo | None:
    return getattr(letter.user, "zone", None)


def _row(letter: Letter, rendered: rendering.Rendered) -> Message:
    email = normalised_address(letter.email)
    _refuse_misfit("address", email, 254)
    _refuse_misfit("occasion", letter.occasion, 200)
    due_at = letter.due_at or timezone.now()
    about = letter.about
    return Message(
        occasion=letter.occasion,
        kind=letter.template.replace("/mail/", "."),
        email=email,
        user_id=letter.user.pk if letter.user else None,
        language=rendering.reading_order(letter.language)[0],
        subject=rendered.subject,
        text_body=rendered.text,
        html_body=rendered.html,
        is_bulk=letter.is_bulk,
        is_secret=letter.is_secret,
        due_at=due_at,
        next_attempt_at=due_at,
        expires_at=letter.expires_at,
        content_type=ContentType.objects.get_for_model(about) if about else None,
        object_id=about.pk if about else None,
        unsubscribe_url=letter.unsubscribe_url,
    )


def _refuse_misfit(name: str, value: str, length: int) -> None:
    # Here and not in the database: one row that does not fit must not spoil a whole batch.
    if not 0 < len(value) <= length:
        raise ValueError(f"The {name} of a letter has 1 to {length} characters, not {len(value)}.")
