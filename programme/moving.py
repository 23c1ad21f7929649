"""Moving sessions: some minutes earlier or later, all together or not at all."""

import datetime
from collections.abc import Iterable

from django.core.exceptions import ValidationError
from django.db import IntegrityError, connection, transaction
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext as _

from events.models import Event
from programme import overlaps
from programme.models import Session


def move(event: Event, sessions: Iterable[int], minutes: int) -> int:
    """Move these sessions of an event by so many minutes (below 0: earlier); how many there were.

    Raises ValidationError, with the names of the sessions in the way, and moves nothing then.
    """
    shift = datetime.timedelta(minutes=minutes)
    try:
        with transaction.atomic():
            rows = list(
                event.sessions.kept().filter(pk__in=sessions).select_for_update(of=("self",))
            )
            if not rows or not minutes:
                raise ValidationError(_("Choose sessions and by how many minutes they move."))
            _write(rows, shift)
            _refuse(event, [row.pk for row in rows])
            with connection.cursor() as cursor:
                cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
    except IntegrityError as error:
        if not overlaps.is_overlap(error):
            raise
        raise ValidationError(
            _("A hall or a speaker was taken meanwhile. Look at the programme again.")
        ) from error
    return len(rows)


def _write(rows: list[Session], shift: datetime.timedelta) -> None:
    """Neighbours move together: overlaps are judged when all have moved."""
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL DEFERRED")
    Session.objects.filter(pk__in=[row.pk for row in rows]).update(
        starts_at=F("starts_at") + shift, ends_at=F("ends_at") + shift,
        version=F("version") + 1, updated_at=timezone.now(),
    )  # fmt: skip


def _refuse(event: Event, keys: list[int]) -> None:
    problems = []
    rows = Session.objects.filter(pk__in=keys).select_related("event", "hall").in_order()
    for session in rows.prefetch_related("roles__participant", "roles__user"):
        try:
            session.clean()
            overlaps.refuse_hall(session)
            overlaps.refuse_speakers(session, session.roles.all())
        except ValidationError as refused:
            problems += [f"{session}: {message}" for message in refused.messages]
    if problems:
        raise ValidationError(problems)
