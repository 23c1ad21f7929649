"""Whose works a juror never meets: those of the own city and of cities they are bound to.

What a conflict is stands in the database alone (`judging_conflicts`, with the trigger that refuses
such an assignment): the same city record, the same words for the city, or words that are a name of
the record on the other side.
"""

from typing import Any

from django.db import connection, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from awards.models import Entry, Round
from content import audit
from judging.models import Assignment, Juror, Stage

PAIRS = "SELECT juror_id, entry_id FROM judging_conflicts(%s)"
BETWEEN = """
    SELECT EXISTS (
        SELECT FROM judging_conflicts(%s) AS pair WHERE pair.juror_id = %s AND pair.entry_id = %s
    )
"""


def pairs(round: Round) -> set[tuple[int, int]]:
    """(juror, entry) by their keys, for all works of a round that a juror must not meet."""
    with connection.cursor() as cursor:
        cursor.execute(PAIRS, [round.pk])
        return set(cursor.fetchall())


def between(juror: Juror, entry: Entry) -> bool:
    """Whether this work is of a city this juror is bound to."""
    with connection.cursor() as cursor:
        cursor.execute(BETWEEN, [entry.round_id, juror.pk, entry.pk])
        return cursor.fetchone()[0]


def lock_stages(round: Round) -> None:
    """Hold the stages that are not counted: always first, before jurors and assignments."""
    rows = Stage.objects.filter(round=round).exclude(state=Stage.State.CLOSED)
    list(rows.order_by("pk").select_for_update(no_key=True, of=("self",)).values_list("pk"))


@transaction.atomic
def settle(round: Round, by: Any = None) -> list[Assignment]:
    """Take back what became a conflict after it was assigned: a juror or a work moved.

    Works not yet judged are taken from the juror; of judged ones the vote is dropped and counts as
    an abstention. Stages that were counted stay as they are. Gives what was changed.
    """
    lock_stages(round)
    forbidden = pairs(round)
    if not forbidden:
        return []
    rows = Assignment.objects.filter(
        stage__round=round, juror__in={juror for juror, _entry in forbidden}
    ).exclude(stage__state=Stage.State.CLOSED)
    wrong = [
        one
        for one in rows.exclude(state="abstained").select_for_update(of=("self",))
        if (one.juror_id, one.entry_id) in forbidden
    ]
    for one in wrong:
        _taken_back(one, by)
    return wrong


def _taken_back(one: Assignment, by: Any) -> None:
    words = f"{one.entry.code}: {one.stage}"
    before = {str(row.criterion_id or ""): [row.points, None] for row in one.scores.all()}
    audit.record("judging.conflict.settled", one, by, words, before)
    if one.state == Assignment.State.OPEN and not before:
        one.delete()
        return
    one.scores.all().delete()
    one.state, one.voted_at, one.position = Assignment.State.ABSTAINED, None, None
    one.abstained_why = _("A work of the juror’s own city.")
    one.save(update_fields=["state", "voted_at", "position", "abstained_why"])


@transaction.atomic
def move(juror: Juror, by: Any, *, conflicts=None, **columns: Any) -> Juror:
    """Change what binds a juror to cities, and settle what follows from it.

    columns: any of `home`, `home_text`; conflicts: the other cities, None leaves them.
    """
    lock_stages(juror.round)
    juror = Juror.objects.select_for_update(of=("self",)).get(pk=juror.pk)
    before = {name: getattr(juror, name) for name in columns}
    for name, value in columns.items():
        setattr(juror, name, value)
    juror.save(update_fields=[*columns])
    if conflicts is not None:
        juror.conflicts.set(conflicts)
    changes = {
        name: [str(before[name] or ""), str(value or "")]
        for name, value in columns.items()
        if before[name] != value
    }
    audit.record("judging.juror.bound", juror, by, f"{juror}", changes)
    settle(juror.round, by)
    return juror


@transaction.atomic
def leave(juror: Juror, by: Any) -> None:
    """A juror leaves: votes they gave stay and count, works to be judged are taken back."""
    lock_stages(juror.round)
    juror = Juror.objects.select_for_update(of=("self",)).get(pk=juror.pk)
    if juror.left_at:
        return
    juror.left_at = timezone.now()
    juror.save(update_fields=["left_at"])
    waiting = juror.assignments.exclude(stage__state=Stage.State.CLOSED).filter(state="open")
    dropped = waiting.count()
    waiting.delete()
    audit.record("judging.juror.left", juror, by, f"{juror}", {"works": [dropped, 0]})
