"""Up to four cities of an edition side by side, by public figures alone."""

from collections.abc import Sequence
from typing import Any
from urllib.parse import urlencode

from django.utils.translation import gettext as _

from ratings.models import Edition
from standings import charts, listing, profiles, results_page, wording
from standings.listing import Row

MOST = 4


def of(edition: Edition, keys: Sequence[str]) -> dict[str, Any]:
    """The context of the page. Eight queries at most, however many cities.

    Cities that are not in the edition, and more than four, are said in `messages`.
    """
    rows = listing.rows_of(edition)
    known = {one.key: one for one in rows}
    asked = list(dict.fromkeys(one for one in keys if one))
    chosen = [known[one] for one in asked if one in known][:MOST]
    directions = results_page.directions_of(edition, rows)
    return {
        "chosen": [(place, one, without(chosen, one)) for place, one in enumerate(chosen, start=1)],
        "messages": messages(asked, known),
        "others": listing.by_name([one for one in rows if one not in chosen]),
        "fields": range(max(2 - len(chosen), 1)) if len(chosen) < MOST else [],
        "is_compared": len(chosen) > 1,
    } | (compared(edition, chosen, directions) if len(chosen) > 1 else {})  # fmt: skip


def messages(asked: Sequence[str], known: dict[str, Row]) -> list[str]:
    """What could not be shown of what was asked for."""
    found = []
    if any(one not in known for one in asked):
        found.append(_("One of the cities asked for has no place in this edition. Choose another."))
    if sum(one in known for one in asked) > MOST:
        found.append(_("Four cities fit side by side. The first four are shown."))
    return found


def without(chosen: Sequence[Row], row: Row) -> str:
    """The address of the comparison without one city."""
    left = [("city", one.key) for one in chosen if one is not row]
    return f"?{urlencode(left)}" if left else "./"


def compared(
    edition: Edition, chosen: Sequence[Row], directions: Sequence[tuple[str, str]]
) -> dict[str, Any]:
    """The table, the charts and what they say."""
    scores = [
        (title, [listing.direction_score(one, code) for one in chosen])
        for code, title in directions
    ]
    low, high = profiles.scale(edition, [value for _title, line in scores for value in line])
    return {
        "facts": facts(chosen),
        "scores": [(title, list(zip(chosen, line, strict=True))) for title, line in scores],
        "finding": finding(chosen),
        "wide": charts.dumbbells(scores, low, high, 680) if scores else "",
        "narrow": charts.dumbbells(scores, low, high, 340) if scores else "",
        **over_years(edition, chosen),
    }


def facts(chosen: Sequence[Row]) -> list[tuple[str, list[tuple[Row, str]]]]:
    """Rows of the table above the directions: (measure, [(city, words), …])."""

    def place(one: Row, column: str) -> str:
        value = one.columns[column]
        return "—" if value is None else wording.place_words(value)

    return [
        (_("Size class"), [(one, one.class_title or "—") for one in chosen]),
        (_("Place"), [(one, place(one, "rank")) for one in chosen]),
        (_("Likely places"), [
            (one, wording.likely(one.low, one.high) if one.low is not None else "—")
            for one in chosen
        ]),
        (_("Place in the class"), [(one, place(one, "rank_in_class")) for one in chosen]),
        (_("Score"), [(one, wording.score_text(one.score)) for one in chosen]),
    ]  # fmt: skip


def finding(chosen: Sequence[Row]) -> str:
    """Who stands first of them, and whether that is certain."""
    placed = sorted((one for one in chosen if one.place), key=lambda one: one.place)
    if len(placed) < 2:
        return ""
    first, second = placed[:2]
    names = {"first": first.name, "second": second.name}
    if first.place == second.place:
        return _("%(first)s and %(second)s share a place.") % names
    if None in (first.low, first.high, second.low, second.high):
        return _("%(first)s stands above %(second)s.") % names
    if wording.whole(first.low, first.high)[1] >= wording.whole(second.low, second.high)[0]:
        return (
            _(
                "%(first)s stands above %(second)s, but their likely places overlap: the order "
                "of the two is not certain."
            )
            % names
        )
    return _("%(first)s stands above %(second)s, with other weights as well.") % names


def over_years(edition: Edition, chosen: Sequence[Row]) -> dict[str, Any]:
    """Their places in all editions of the rating: a table, and charts where years allow."""
    columns = listing.public_columns(edition__rating=edition.rating_id, rank__isnull=False)
    wanted = {listing.same_city(one.columns): one.name for one in chosen}
    places: dict[int, dict[str, int]] = {}
    for one in columns:
        if name := wanted.get(listing.same_city(one)):
            places.setdefault(one["edition_id"], {})[name] = one["rank"]
    editions = [one for one in reversed(results_page.editions_out(edition)) if one.pk in places]
    years = [str(one.year) for one in editions]
    series = {one.name: [places[year.pk].get(one.name) for year in editions] for one in chosen}
    if len(years) < 2:
        return {"years": []}
    return {
        "years": years, "series": list(series.items()),
        "bump_wide": charts.bump(series, years, None),
        "bump_narrow": charts.bump(series, years, None, narrow=True),
    }  # fmt: skip
