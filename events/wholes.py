"""Wholes and parts: a council within a congress. The database holds that parts lie inside."""

import datetime
from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection, transaction
from django.utils.translation import gettext as _

from content.languages import in_language
from events.models import Event
from events.words import when_text


def misfit_of_part(
    event: Event, whole: Event, starts_at: datetime.datetime, ends_at: datetime.datetime
) -> str:
    """Why an event of that span cannot be a part of `whole`: one sentence, or nothing."""
    if whole.parent_id:
        return _("“%(whole)s” is a part itself: a part has no parts.") % {"whole": _named(whole)}
    if event.pk and event.parts.exists():
        return _("This event has parts of its own, so it cannot be a part.")
    if starts_at < whole.starts_at or ends_at > whole.ends_at:
        words = _("A part lies within the whole. “%(whole)s”: %(when)s.")
        when = when_text(whole.starts_at, whole.ends_at, whole.zone)
        return words % {"whole": _named(whole), "when": when}
    return ""


def misfit_of_parts(event: Event, starts_at: datetime.datetime, ends_at: datetime.datetime) -> str:
    """Which part would lie outside an event of that span: one sentence, or nothing."""
    for part in event.parts.order_by("starts_at", "pk") if event.pk else ():
        if part.starts_at < starts_at or part.ends_at > ends_at:
            words = _("The part “%(part)s” would lie outside: %(when)s. Move it first.")
            when = when_text(part.starts_at, part.ends_at, part.zone)
            return words % {"part": _named(part), "when": when}
    return ""


@contextmanager
def moving_together() -> Iterator[None]:
    """A transaction in which a whole and its parts move: they are compared at its end.

    IntegrityError when a part lies outside then.
    """
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute("SET CONSTRAINTS events_event_part_inside DEFERRED")
        yield
        with connection.cursor() as cursor:
            cursor.execute("SET CONSTRAINTS events_event_part_inside IMMEDIATE")


def _named(event: Event) -> str:
    return in_language(event, "title")[0]
