"""Which cities a correction of sealed results moves, and where to."""

from dataclasses import dataclass

from standings import canonical, snapshots
from standings.models import Erratum, Seal, Standing


@dataclass(frozen=True, kw_only=True)
class Moved:
    """A city whose places are others than before; None where it has none."""

    response: int
    name_ru: str
    name_en: str
    member: int | None
    before: int | None
    after: int | None
    class_before: int | None
    class_after: int | None
    score_before: float | None
    score_after: float | None


def preview(erratum: Erratum, prepared: snapshots.Prepared) -> list[Moved]:
    """Old and new places of the cities that a correction would move, by the new place."""
    rows = canonical.results(prepared.outcome)
    after = {row["city"]: {**row, "member": None} for row in rows}
    last = erratum.edition.seals.order_by("-revision").first()
    return _moved(_sealed_rows(last), after)


def places_moved(seal: Seal) -> list[Moved]:
    """Old and new places of the cities that a revision moved; nothing of the first one.

    Three queries, however many cities there are.
    """
    before = Seal.objects.filter(edition=seal.edition_id, revision=seal.revision - 1).first()
    if before is None:
        return []
    return _moved(_sealed_rows(before), _sealed_rows(seal))


def _sealed_rows(seal: Seal) -> dict[int, dict]:
    names = ("name_ru", "name_en", "rank", "rank_in_class", "score")
    rows = Standing.objects.filter(seal=seal).values("response_id", "member_id", *names)
    return {row["response_id"]: {**row, "member": row["member_id"]} for row in rows}


def _moved(before: dict[int, dict], after: dict[int, dict]) -> list[Moved]:
    found = []
    for key in before.keys() | after.keys():
        old, new = before.get(key, {}), after.get(key, {})
        known = new or old
        if (old.get("rank"), old.get("rank_in_class")) == (
            new.get("rank"), new.get("rank_in_class")
        ):  # fmt: skip
            continue
        found.append(
            Moved(
                response=key, name_ru=known["name_ru"], name_en=known["name_en"],
                member=old.get("member") or new.get("member"),
                before=old.get("rank"), after=new.get("rank"),
                class_before=old.get("rank_in_class"), class_after=new.get("rank_in_class"),
                score_before=old.get("score"), score_after=new.get("score"),
            )
        )  # fmt: skip
    return sorted(found, key=lambda one: (one.after or 10**9, one.response))
