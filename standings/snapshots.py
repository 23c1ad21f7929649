"""Writing a snapshot: computed beforehand, written in one short transaction, never changed."""

import datetime
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from django.db import OperationalError, connection
from django.utils.translation import gettext as _

from content import cacheversion
from content.sortkeys import sort_key
from members.models import Country
from ratings.models import Edition
from standings import canonical, computing, explaining
from standings.computing import Outcome
from standings.gathering import Inputs, Overlay
from standings.models import Points, Seal, Standing

# Columns of a place that the public part of a snapshot holds under the same name.
SAME = (
    "name_ru", "name_en", "class_title_ru", "class_title_en", "is_guest", "score", "rank",
    "rank_in_class", "rank_among_members", "rank_among_members_in_class", "rank_low", "rank_high",
    "rank_mean", "rank_median", "same_rank_share", "groups",
)  # fmt: skip
# What sealing reads and nobody may change while it does.
TABLES = (
    "questionnaires_response", "questionnaires_answer", "ratings_indicator",
    "ratings_indicatorgroup", "ratings_method", "ratings_sizeclass",
)  # fmt: skip


PATIENCE = "10s"


class SealRefused(Exception):
    """Nothing was sealed; the texts say why, in the language of the reader."""

    def __init__(self, reasons: list[str]):
        super().__init__(" ".join(reasons))
        self.reasons = reasons


@dataclass(frozen=True, kw_only=True)
class Prepared:
    """An edition as it was scored: places, points of every city, the digest of what went in."""

    outcome: Outcome
    private: str
    points: Mapping[int, dict]
    digest: str
    reason: Mapping[str, str] = field(default_factory=lambda: {"ru": "", "en": ""})


def digest(edition: Edition, overlay: Overlay | None = None) -> str:
    """SHA-256 over method, weights, structure, classes and answers: all that makes the places."""
    return digest_of(computing.inputs(edition, overlay))


def digest_of(taken: Inputs) -> str:
    """The same of what was fetched already."""
    return canonical.sha256(canonical.dumps({
        "method": canonical.method(taken), **canonical.structure(taken),
        "classes": canonical.classes(taken.classes),
        "cities": [[one.pk, one.population, one.is_guest] for one in taken.responses],
        "answers": sorted([*key, value] for key, value in taken.rows.answers.items()),
    }))  # fmt: skip


def prepare(
    edition: Edition, overlay: Overlay | None = None, *, explained: bool = True
) -> Prepared:
    """Score an edition and explain every city: what takes time, done before the transaction.

    explained: without it there are places alone, to be looked at and not to be written.
    """
    taken = computing.inputs(edition, overlay)
    outcome = computing.outcome_of(taken, firm=explained)
    points = explaining.all_points(outcome) if explained else {}
    return Prepared(
        outcome=outcome, points=points, private=canonical.private(taken, points),
        digest=digest_of(taken),
    )  # fmt: skip


def because(prepared: Prepared, reason_ru: str, reason_en: str) -> Prepared:
    """The same snapshot with the words that say why it is another one than before."""
    return replace(prepared, reason={"ru": reason_ru, "en": reason_en})


def hold(edition: Edition) -> Edition:
    """Lock an edition and all that its places are made of until the transaction ends.

    In the order of everybody else: the edition, its questionnaires, then whole tables. Who has a
    questionnaire in hand is waited for, and who comes later finds the edition sealed. Raises
    SealRefused where somebody else holds them for long.
    """
    # Without its key: who adds a questionnaire or an answer meanwhile can end, and is waited for.
    rows = Edition.objects.select_for_update(of=("self",), no_key=True)
    held = rows.select_related("rating")
    try:
        with connection.cursor() as cursor:
            cursor.execute(f"SET LOCAL lock_timeout = '{PATIENCE}'")
            edition = held.get(pk=edition.pk)
            list(edition.responses.select_for_update().order_by("pk").values_list("pk"))
            cursor.execute(f"LOCK TABLE {', '.join(TABLES)} IN SHARE MODE")
            cursor.execute("SET LOCAL lock_timeout TO DEFAULT")
    except OperationalError as busy:
        raise SealRefused([_("Somebody is saving answers. Try again in a minute.")]) from busy
    return edition


def write(
    edition: Edition,
    prepared: Prepared,
    *,
    asked_by: Any,
    sealed_by: Any,
    publish_at: datetime.datetime,
    revision: int = 1,
) -> Seal:
    """Write the seal with its places and points; in a transaction that holds the edition.

    Public from `publish_at`, or at once where that is past.
    """  # fmt: skip
    now = _clock()
    public = canonical.public(
        edition, prepared.outcome, private=prepared.private, revision=revision,
        reason=prepared.reason, sealed_at=now.astimezone(datetime.UTC).isoformat(),
    )  # fmt: skip
    seal = Seal.objects.create(
        edition=edition, revision=revision, canonical=canonical.whole(public, prepared.private),
        sha256=canonical.sha256(public), code_version=canonical.code_version(),
        reason_ru=prepared.reason["ru"], reason_en=prepared.reason["en"],
        asked_by=asked_by, sealed_by=sealed_by, sealed_at=now, published_at=max(publish_at, now),
    )  # fmt: skip
    _write_places(seal, prepared)
    if edition.sealed_at is None:
        edition.sealed_at = now
        edition.save(by=sealed_by)
    cacheversion.bump()
    return seal


def _write_places(seal: Seal, prepared: Prepared) -> None:
    countries = dict(Country.objects.values_list("code", "pk"))
    rows = canonical.results(prepared.outcome)
    places = zip(prepared.outcome.places, rows, strict=True)
    standings = Standing.objects.bulk_create(
        Standing(
            edition=seal.edition, seal=seal, response=place.response,
            member=place.response.member, country_id=countries.get(row["country"]),
            **columns(row),
        )
        for place, row in places
    )  # fmt: skip
    Points.objects.bulk_create(
        Points(standing=one, detail=prepared.points.get(one.response_id, {})) for one in standings
    )


def columns(row: Mapping[str, Any]) -> dict[str, Any]:
    """What a place in the public part of a snapshot says, as columns of a `Standing`."""
    return {name: row[name] for name in SAME} | {
        "class_code": row["class"],
        "sort_key_ru": sort_key(row["name_ru"] or row["name_en"])[:300],
        "sort_key_en": sort_key(row["name_en"] or row["name_ru"])[:300],
    }


def _clock() -> datetime.datetime:
    """The moment by the clock of the database: places are written with their seal alone."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT clock_timestamp()")
        return cursor.fetchone()[0]
