"""Last year's event once more: its rules and helpers are copied, its people never."""

import datetime
import zoneinfo
from collections.abc import Callable

from django.db import models, transaction

from content import audit
from content.slugs import free_slug
from events.models import Event, Question

# Moments that move with the event, by the clock of its place.
MOMENTS = (
    "starts_at", "ends_at", "registration_opens_at", "registration_closes_at", "change_until",
    "cancel_until",
)  # fmt: skip
# What the new event does not inherit: it has not happened, and nothing is announced.
FRESH = {
    "status": Event.Status.DRAFT,
    "published_at": None,
    "cancelled_at": None,
    "cancellation_note_ru": None,
    "cancellation_note_en": None,
    "final_attendance": None,
    "final_countries": None,
    "join_link": "",
    "meeting": None,
    "sequence": 0,
    "version": 0,
    "edition": None,
}

Copier = Callable[[Event, Event], object]
_copiers: list[Copier] = []


def register(copier: Copier) -> Copier:
    """Register what an app of an upper floor copies: takes the event and the new one."""
    if copier not in _copiers:
        _copiers.append(copier)
    return copier


@transaction.atomic
def clone(
    event: Event, *, title_ru: str, title_en: str, first_day: datetime.date,
    edition: int | None = None, by,
) -> Event:  # fmt: skip
    """A draft like `event` that begins on another day at the same hours, with its parts.

    Copied: texts, place, halls of the venue, rules of registration, questions, reminders,
    organisers and partners, topics. Never: people, invitations, attendance, letters, the meeting.
    """
    shift = first_day - event.starts_at.astimezone(event.zone).date()
    new = _copied(event, shift, event.zone, parent=None, by=by, titles=(title_ru, title_en))
    if edition is not None:
        new.edition = edition
        new.save(update_fields=["edition"], by=by)
    for part in event.parts.order_by("starts_at", "pk"):
        _copied(part, shift, event.zone, parent=new, by=by, titles=(part.title_ru, part.title_en))
    audit.record("events.event.cloned", new, by, f"{event} → {new}")
    return new


def moved(moment: datetime.datetime | None, days: datetime.timedelta, zone: zoneinfo.ZoneInfo):
    """The moment so many days later at the same hour of the wall."""
    if moment is None:
        return None
    local = moment.astimezone(zone)
    return datetime.datetime.combine(local.date() + days, local.time(), zone)


def _copied(event: Event, shift: datetime.timedelta, zone, *, parent, by, titles) -> Event:
    new = Event.objects.get(pk=event.pk)
    new.pk, new._state.adding = None, True
    for name, value in FRESH.items():
        setattr(new, name, value)
    new.title_ru, new.title_en = titles
    new.slug, new.parent = free_slug(new, titles[1] or titles[0]), parent
    for name in MOMENTS:
        setattr(new, name, moved(getattr(event, name), shift, zone))
    new.save(by=by)
    new.topics.set(event.topics.all())
    new.reminder_rules.all().delete()
    for row in [*event.reminder_rules.all(), *event.parties.all()]:
        _row_copied(row, event=new)
    for copier in _copiers:
        copier(event, new)
    for question in event.questions.prefetch_related("choices"):
        _question_copied(question, new)
    return new


def _question_copied(question: Question, event: Event) -> None:
    choices = list(question.choices.all())
    copy = _row_copied(question, event=event)
    for choice in choices:
        _row_copied(choice, question=copy)


def _row_copied(row: models.Model, **owner) -> models.Model:
    """A second row with the same values under another owner."""
    copy = type(row).objects.get(pk=row.pk)
    copy.pk, copy._state.adding = None, True
    for name, value in owner.items():
        setattr(copy, name, value)
    copy.save()
    return copy
