"""Writes the good rows of a plan, all of them or none, in bulk.

The number of statements does not grow with the rows. What `save` would derive (names of today, sort
keys, search entries, translation states) is derived by the same functions.
"""

import datetime
from collections import defaultdict
from collections.abc import Sequence

from django.db import connection, transaction
from django.db.models import Model

from content.records import refresh_derived_many
from content.sortkeys import search_fold
from members import steps
from members.importing import garbage
from members.importing.judging import CHANGED, NAMES, NEW, PLAIN, Options, Plan, Verdict
from members.models import Member, MemberFigure, MemberName, MembershipPeriod
from members.models.member import DERIVED_FROM_NAMES

# Any number, the same for every import: they run one after another.
ONE_AT_A_TIME = 7_202_402
WRITTEN = [*PLAIN, *sorted(DERIVED_FROM_NAMES), "name", "source_language", "version", "updated_at"]
OWN = frozenset((*PLAIN, *NAMES))  # what stands in the member's own row
# Given at once: to find a default for each of them takes as long as the rest of the row.
WITHOUT_TEXTS = dict.fromkeys(("slogan_ru", "slogan_en", "about_ru", "about_en"))
NAME_COLUMNS = ["name", "name_ru", "name_en"]


class Stale(Exception):
    """A member was changed since the file was judged: judge again."""


def wait_for_others() -> None:
    """Hold back other imports until this transaction ends: two never add the same city."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [ONE_AT_A_TIME])


@garbage.left_alone()
@transaction.atomic
def apply(plan: Plan) -> dict[str, int]:
    """Write new and changed members; says how many. Raises Stale, having written nothing."""
    new, changed = plan.of_kind(NEW), plan.of_kind(CHANGED)
    added, touched = _add(new), _change(changed)
    facts = [(member.pk, verdict) for member, verdict in zip(added, new, strict=True)]
    facts += [(verdict.member_id, verdict) for verdict in changed]
    _write_figures(facts, plan.options)
    _write_periods(facts)
    refresh_derived_many(added + touched)
    return {NEW: len(new), CHANGED: len(changed)}


def _add(verdicts: list[Verdict]) -> list[Member]:
    members, names = [], []
    for verdict in verdicts:
        values = verdict.values
        member = Member(
            slug=values["slug"],
            country_id=values["country"],
            version=1,
            **WITHOUT_TEXTS,
            **{key: values[key] for key in (*PLAIN, *NAMES) if key in values},
        )
        name = MemberName(**{key: values.get(key) for key in NAMES})
        member.take_names([name])
        member.source_language = member.first_language()
        members.append(member)
        names.append(name)
    Member.objects.bulk_create(members)
    for member, name in zip(members, names, strict=True):
        name.member = member  # it has a number now
    MemberName.objects.bulk_create(names)
    _remember_names(members, [[name] for name in names])
    return members


def _change(verdicts: list[Verdict]) -> list[Member]:
    """Refuses members that moved on since they were judged; gives those whose own row changed."""
    _lock(verdicts)
    verdicts = [verdict for verdict in verdicts if not OWN.isdisjoint(verdict.values)]
    ids = [verdict.member_id for verdict in verdicts]
    found, names_of = Member.objects.in_bulk(ids), _names_of(ids)
    members, names, to_write = [], [], []
    for verdict in verdicts:
        member = found[verdict.member_id]
        for key in PLAIN:
            if key in verdict.values:
                setattr(member, key, verdict.values[key])
        rows = names_of[member.pk]
        to_write += _rename(member, rows, verdict)
        member.source_language = member.source_language or member.first_language()
        member.version += 1
        members.append(member)
        names.append(rows)
    created = [member.created_at for member in members]
    _upsert(MemberName, to_write, NAME_COLUMNS)
    _upsert(Member, members, WRITTEN)
    for member, moment in zip(members, created, strict=True):
        member.created_at = moment  # in memory the upsert took them for new
    _remember_names(members, names)
    return members


def _names_of(ids: list[int]) -> dict[int, list[MemberName]]:
    """Names and aliases by member; prefetching costs three times as much."""
    found: dict[int, list[MemberName]] = defaultdict(list)
    for row in MemberName.objects.filter(member_id__in=ids):
        found[row.member_id].append(row)
    return found


def _lock(verdicts: list[Verdict]) -> None:
    """Nobody else saves these members until the end; none was saved since the judgement."""
    judged = {verdict.member_id: verdict.version for verdict in verdicts}
    locked = Member.objects.select_for_update(of=("self",)).order_by("pk").filter(pk__in=judged)
    if dict(locked.values_list("pk", "version")) != judged:
        raise Stale


def _rename(member: Member, rows: list[MemberName], verdict: Verdict) -> list[MemberName]:
    """Correct the name of today; the spelling it replaces stays as an alias.

    `rows` are the member's names, which new ones join. Gives the rows to be written.
    """
    given = {key: verdict.values[key] for key in NAMES if key in verdict.values}
    if not given:
        return []
    to_write = []
    today = next((row for row in rows if row.kind == row.Kind.NAME and row.is_valid_on()), None)
    if today is None and not any(row.kind == row.Kind.NAME for row in rows):
        today = MemberName(member=member, name_ru=member.name_ru, name_en=member.name_en)
        rows.append(today)
    for key, name in given.items():
        old = getattr(member, key)
        setattr(today or member, key, name)
        if old and not _is_kept(rows, key, old):
            alias = MemberName(member=member, kind=MemberName.Kind.ALIAS, **{key: old})
            rows.append(alias)
            to_write.append(alias)
    member.take_names(rows)
    return [*to_write, today] if today else to_write


def _is_kept(rows: list[MemberName], key: str, name: str) -> bool:
    """Whether one of the rows has this spelling."""
    fold = search_fold(name)
    return any(search_fold(getattr(row, key)) == fold for row in rows)


def _remember_names(members: list[Member], names: list[list[MemberName]]) -> None:
    """Leave the names where prefetching would: the search index reads them without a query."""
    everyone = MemberName.objects.all()
    for member, rows in zip(members, names, strict=True):
        known = everyone.all()
        known._result_cache, known._prefetch_done = rows, True
        member._prefetched_objects_cache = {"names": known}


def _upsert(model: type[Model], rows: Sequence[Model], columns: list[str]) -> None:
    """Insert rows without a number, renew these columns of the others."""
    model._base_manager.bulk_create([row for row in rows if row.pk is None])
    model._base_manager.bulk_create(
        [row for row in rows if row.pk is not None],
        update_conflicts=True,
        unique_fields=["id"],
        update_fields=columns,
    )


def _write_figures(facts: list[tuple[int, Verdict]], options: Options) -> None:
    MemberFigure.objects.bulk_create(
        [
            MemberFigure(
                member_id=member,
                kind=MemberFigure.Kind.POPULATION,
                year=verdict.values["population_year"],
                value=verdict.values["population"],
                source_ru=options.source_ru,
                source_en=options.source_en,
            )
            for member, verdict in facts
            if "population" in verdict.values
        ],
        update_conflicts=True,
        unique_fields=["member", "kind", "year"],
        update_fields=["value", "source", "source_ru", "source_en"],
    )


def _write_periods(facts: list[tuple[int, Verdict]]) -> None:
    periods = [
        _period(member, *verdict.values["member_since"])
        for member, verdict in facts
        if "member_since" in verdict.values
    ]
    MembershipPeriod.objects.bulk_create(periods)
    steps.follow_periods(period.member_id for period in periods)


def _period(member: int, day: datetime.date, precision: str) -> MembershipPeriod:
    return MembershipPeriod(member_id=member, starts_on=day, starts_precision=precision)
