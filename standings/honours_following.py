"""After a correction: laureates with their new places, diplomas issued anew.

What was released is corrected visibly (`laureates.correcting`) in the words of the erratum. A
diploma that was issued keeps its number in the register, where it says "replaced"; the new one has
a number of its own. Called twice, the second call finds nothing to do.
"""

from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.utils import translation

from content import documents
from content.languages import LANGUAGE_CODES
from laureates import correcting, diploma_making, diplomas, wording
from laureates.models import Diploma, Laureate, Results
from ratings.models import Edition
from standings import honours
from standings.honours import Place
from standings.models import HonouredPlace, Honours, Seal

Status = Laureate.Status
# So many letters the register of documents keeps, and a correction of laureates.
REASON, TEXT = 300, 1000


@dataclass
class Followed:
    """How many laureates and diplomas were brought in line."""

    laureates: int = 0
    reissued: int = 0
    revoked: int = 0


@transaction.atomic
def follow(edition: Edition, by: Any) -> Followed:
    """Bring laureates and diplomas in line with the last revision of the results.

    Nothing before laureates were drafted (`honours.draft`).
    """
    done = Followed()
    rows = Honours.objects.select_for_update(of=("self",)).filter(edition=edition)
    found = rows.select_related("round__award", "edition__event").first()
    seal = honours.current(edition)
    if found is None or found.round is None or seal is None:
        return done
    results = Results.objects.filter(round=found.round).first()
    changed = _laureates(found, seal, results, by)
    done.laureates = len(changed)
    for diploma in _concerned(found, changed):
        _renew(diploma, seal, by, done)
    return done


def _laureates(found: Honours, seal: Seal, results: Results | None, by: Any) -> list[Laureate]:
    """Laureates whose place, or whose being one, is another now; corrected."""
    wanted = {(one.standing.response_id, one.class_code): one for one in honours.honoured(seal)}
    changed = []
    for row in found.places.select_related("laureate__round__results"):
        place = wanted.pop((row.response_id, row.class_code), None)
        if changes := _changes(row, place, results):
            _change(row.laureate, changes, seal, results, by)
            changed.append(row.laureate)
    for place in wanted.values():
        changed.append(_added(found, place, seal, results, by))
    return changed


def _changes(row: HonouredPlace, place: Place | None, results: Results | None) -> dict[str, Any]:
    """What is other about a laureate: the place, or that the city is honoured in this list."""
    is_released = results is not None and results.released_at is not None
    laureate = row.laureate
    if place is None:
        gone = {"status": Status.WITHDRAWN}
        return {} if laureate.status == Status.WITHDRAWN else gone
    changes: dict[str, Any] = {}
    if laureate.place != place.place:
        changes["place"] = place.place
    if laureate.status == Status.WITHDRAWN:
        changes["status"] = Status.PUBLISHED if is_released else Status.DRAFT
    return changes


def _change(
    laureate: Laureate, changes: dict[str, Any], seal: Seal, results: Results | None, by: Any
) -> None:
    if results is not None and results.released_at is not None:
        _correct(laureate, changes, seal, by)
        laureate.refresh_from_db()
        return
    for name, value in changes.items():
        setattr(laureate, name, value)
    laureate.save(by=by)


def _correct(laureate: Laureate, changes: dict[str, Any], seal: Seal, by: Any) -> None:
    correcting.correct(laureate, changes, seal.reason_ru[:TEXT], seal.reason_en[:TEXT], by)


def _added(found: Honours, place: Place, seal: Seal, results: Results | None, by: Any) -> Laureate:
    """A city that the correction brought among the honoured; public where the others are."""
    if results is None or results.released_at is None:
        return honours.add(found, place, by)
    with correcting.allowed():
        laureate = honours.add(found, place, by)
        laureate.published_at = results.published_at
        laureate.save(by=by)
    changes = {"status": Status.PUBLISHED}
    _correct(laureate, changes, seal, by)
    laureate.refresh_from_db()
    return laureate


def _concerned(found: Honours, changed: list[Laureate]) -> list[Diploma]:
    """Diplomas of the lists in which something changed: who shares a place changes with it."""
    lists = {one.category_id for one in changed}
    rows = Diploma.objects.with_words().filter(
        laureate__round=found.round, laureate__category__in=lists, to=Diploma.To.LAUREATE
    )
    return list(rows.order_by("series", "pk"))


def _renew(diploma: Diploma, seal: Seal, by: Any, done: Followed) -> None:
    """Write the new words into a diploma; one that was issued is issued anew, or declared void."""
    paper = diplomas.current(diploma)
    laureate = Laureate.objects.select_related("award", "category", "member").get(
        pk=diploma.laureate_id
    )
    if laureate.status == Status.WITHDRAWN:
        if paper is not None:
            documents.revoke(paper, by, seal.reason_ru[:REASON])
            done.revoked += 1
        return
    if not _reworded(diploma, laureate):
        return
    diploma.save()
    if paper is not None:
        documents.reissue(paper, by, seal.reason_ru[:REASON])
        done.reissued += 1


def _reworded(diploma: Diploma, laureate: Laureate) -> bool:
    """Whether the words about the honour are others now; the holder's name stays as it was put."""
    before = [getattr(diploma, f"honour_{code}") for code in LANGUAGE_CODES]
    for code in LANGUAGE_CODES:
        with translation.override(code):
            honour = diploma_making.honour_on_paper(laureate)[:300]
            sentence = diploma_making.sentence_of_laureate(laureate, code)[:1000]
            category = wording.category_words(laureate)[0][:300]
        setattr(diploma, f"honour_{code}", honour)
        setattr(diploma, f"wording_{code}", sentence)
        setattr(diploma, f"class_{code}", category)
    return before != [getattr(diploma, f"honour_{code}") for code in LANGUAGE_CODES]
