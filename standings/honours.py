"""From places to honours: laureates with their places, under the award of the rating.

The winners of an edition are a round of that award: with a category for the common list and one
for each size class, whose letters stand in the numbers of diplomas. What is made are drafts. They
become public as all laureates do (`laureates.releasing`, a second person), never before the places.
"""

import datetime
import itertools
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.db.models import QuerySet
from django.utils import translation
from django.utils.translation import gettext as _

from awards.models import Category, EntrantKind, Round
from content import audit
from content.dated import today
from content.languages import LANGUAGE_CODES
from content.slugs import free_slug
from laureates import releasing
from laureates.models import Laureate, Results
from ratings.models import Edition, SizeClass
from standings.models import HonouredPlace, Honours, Seal, Standing

COMMON = ""
LETTERS = 4


class HonoursRefused(Exception):
    """Nothing was made; the text says why, in the language of the reader."""


@dataclass(frozen=True)
class Place:
    """A city that is honoured in one list: the common one ("") or that of a class."""

    standing: Standing
    class_code: str
    place: int


def honoured(seal: Seal) -> Iterator[Place]:
    """Who is honoured: the first places of each list, equal ones all. One query."""
    most = seal.edition.places_honoured
    rows = list(seal.standings.in_order().select_related("member", "response"))
    for row in rows:
        if row.rank and row.rank <= most:
            yield Place(row, COMMON, row.rank)
    for row in rows:
        if row.class_code and row.rank_in_class and row.rank_in_class <= most:
            yield Place(row, row.class_code, row.rank_in_class)


def current(edition: Edition) -> Seal | None:
    """The last revision of an edition, public or not."""
    return edition.seals.order_by("-revision").first()


@transaction.atomic
def draft(edition: Edition, by: Any) -> Honours:
    """Make drafts of laureates from the sealed places; those that are there stay as they are.

    Raises HonoursRefused without sealed results, and without an award of the rating.
    """
    edition = Edition.objects.select_for_update(of=("self",)).get(pk=edition.pk)
    seal = current(edition)
    if seal is None:
        raise HonoursRefused(_("The results are not sealed yet."))
    if edition.rating.award_id is None:
        raise HonoursRefused(_("Say in the rating under which award its winners are honoured."))
    honours = _honours(edition, by)
    if honours.round is None:
        honours.round = _round(edition, seal, by)
        honours.save()
    Results.objects.get_or_create(
        round=honours.round, defaults={"published_at": seal.published_at}
    )  # fmt: skip
    known = set(honours.places.values_list("response", "class_code"))
    new = [
        one for one in honoured(seal)
        if (one.standing.response_id, one.class_code) not in known
    ]  # fmt: skip
    if new and _is_released(honours):
        raise HonoursRefused(_("The laureates are released: a correction changes them."))
    for one in new:
        add(honours, one, by)
    if new:
        audit.record("standings.honours_drafted", edition, by, f"{edition}: {len(new)}")
    return honours


def move(edition: Edition, publish_at: datetime.datetime, by: Any) -> None:
    """The embargo was moved: what was to become public with the places follows it."""
    found = Honours.objects.filter(edition=edition, round__isnull=False).select_related("round")
    for one in found:
        one.round.published_at = publish_at
        one.round.save(by=by)
        waiting = Results.objects.filter(round=one.round, released_at__isnull=True)
        for results in waiting.filter(published_at__lt=publish_at):
            results.published_at = publish_at
            results.save()


def add(honours: Honours, place: Place, by: Any) -> Laureate:
    """The laureate of one place, a draft."""
    edition, standing = honours.edition, place.standing
    laureate = Laureate(
        award=honours.round.award, round=honours.round, year=honours.round.year,
        results_of_year=honours.round.results_of_year, category=_category(honours, place),
        kind=EntrantKind.MEMBER if standing.member_id else EntrantKind.CITY,
        member=standing.member, honour=Laureate.Honour.PLACE, place=place.place,
        event=edition.event, is_invented=edition.is_invented,
        title_ru=standing.name_ru or standing.name_en,
        title_en=standing.name_en or standing.name_ru,
    )  # fmt: skip
    laureate.save(by=by)
    HonouredPlace.objects.create(
        honours=honours, response_id=standing.response_id, class_code=place.class_code,
        laureate=laureate,
    )  # fmt: skip
    return laureate


def _honours(edition: Edition, by: Any) -> Honours:
    """The row of an edition; made when it is missing."""
    found = Honours.objects.select_related("round__award", "edition__event")
    return found.get_or_create(edition=edition, defaults={"made_by": by})[0]


def _round(edition: Edition, seal: Seal, by: Any) -> Round:
    """The round of the award that an edition is: seen from the moment its places are."""
    award = edition.rating.award
    ceremony = edition.event
    year = ceremony.starts_at.astimezone(ceremony.zone).year if ceremony else today().year
    round = Round(
        award=award, year=year, results_of_year=_results_year(edition), event=ceremony,
        title_ru=edition.title_ru, title_en=edition.title_en, time_zone=edition.time_zone,
        opens_at=edition.opens_at, closes_at=edition.closes_at, who_may_enter=[], languages=[],
        status=Round.Status.PUBLISHED, published_at=seal.published_at, **_summary(),
    )  # fmt: skip
    round.slug = free_slug(round, f"{edition.slug}-{year}")
    round.save(by=by)
    _add_categories(round, edition)
    return round


def _summary() -> dict[str, str]:
    found = {}
    for code in LANGUAGE_CODES:
        with translation.override(code):
            found[f"summary_{code}"] = _("The winners of the rating by its sealed results.")
    return found


def _results_year(edition: Edition) -> int:
    return edition.period_ends_on.year if edition.period_ends_on else edition.year


def _add_categories(round: Round, edition: Edition) -> None:
    codes = letters(edition)
    titles = {}
    for code in LANGUAGE_CODES:
        with translation.override(code):
            titles[f"title_{code}"] = _("Common rating")
    Category(round=round, code=codes[COMMON], order=1, **titles).save()
    for order, one in enumerate(_classes(edition), start=2):
        names = {f"title_{code}": getattr(one, f"title_{code}") for code in LANGUAGE_CODES}
        Category(round=round, code=codes[one.code], order=order, **names).save()


def letters(edition: Edition) -> dict[str, str]:
    """The letters of each list in diploma numbers, by the code of its class: {"": "A",
    "large": "L"}. As few letters of the code as no other list has."""
    found = {COMMON: "A"}
    for one in _classes(edition):
        plain = one.code.upper()
        shorter = (plain[:length] for length in range(1, LETTERS + 1))
        numbered = (f"{plain[:1]}{number}" for number in range(2, 999))
        candidates = itertools.chain(shorter, numbered)
        found[one.code] = next(text for text in candidates if text not in found.values())
    return found


def _classes(edition: Edition) -> QuerySet[SizeClass]:
    return edition.size_classes.order_by("-minimum")


def _category(honours: Honours, place: Place) -> Category | None:
    code = letters(honours.edition)[place.class_code]
    return honours.round.categories.filter(code=code).first()


def _is_released(honours: Honours) -> bool:
    results = Results.objects.filter(round=honours.round, released_at__isnull=False)
    return results.exists()


@releasing.objection
def not_before_the_places(results: Results) -> list[str]:
    """Laureates of a rating become public with its places or later, never before."""
    honours = Honours.objects.filter(round=results.round_id).select_related("edition").first()
    if honours is None or results.published_at is None:
        return []
    first = honours.edition.seals.order_by("revision").first()
    if first is None or results.published_at < first.published_at:
        return [_("The places of the rating are public later than its laureates would be.")]
    return []
