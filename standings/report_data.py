"""What the analytical report of sealed results prints, in the active language.

All of it comes from the snapshot of one seal; from elsewhere come the places of the edition before
and the library of recommendations.
"""

import statistics
from collections.abc import Mapping, Sequence
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from content.dates import moment_text
from content.languages import in_language
from standings import advising, canonical, report_links, report_moves
from standings.listing import in_reading_order
from standings.models import Seal
from standings.wording import likely, score_text

BINS = 10
QUARTERS = 4


def data_of(seal: Seal, *, with_advice: bool) -> dict[str, Any]:
    """Everything of the report. `with_advice`: also what each city is told, for the secretariat.

    A few queries, however many cities there are.
    """
    public, private = canonical.parts(seal)
    rows = in_order(public["results"])
    moves = report_moves.moves(seal, rows)
    return {
        "title": _("Analytical report"),
        "lead": in_language(seal.edition.rating, "title")[0],
        "facts": _facts(seal, rows),
        **_results(rows),
        **_classes(public, rows),
        **_distribution(rows),
        **_directions(public, rows),
        **report_links.links(public, private),
        **report_moves.told(moves),
        **(_advice(seal, rows, private, moves) if with_advice else {"advice": []}),
    }


def said(row: Mapping[str, Any], name: str) -> str:
    """A text of a snapshot in the reader's language or the other."""
    return in_reading_order(row, name)[0]


def in_order(rows: Sequence[Mapping]) -> list[Mapping]:
    """The first place first, equal ones by name, cities without a place last."""
    return sorted(rows, key=lambda row: (row["rank"] is None, row["rank"] or 0, said(row, "name")))


def number(value: float | None) -> str:
    """A score with two decimals, its minus a minus."""
    return score_text(value).replace("-", "−")


def city_name(row: Mapping) -> str:
    """The name, guests marked."""
    name = said(row, "name")
    return _("%(city)s (guest)") % {"city": name} if row["is_guest"] else name


def in_groups(digits: str) -> str:
    """Sixteen digits at a time, so that a line can break between them."""
    return " ".join(digits[start : start + 16] for start in range(0, len(digits), 16))


def _facts(seal: Seal, rows: Sequence[Mapping]) -> list[list[str]]:
    guests = sum(row["is_guest"] for row in rows)
    counted = ngettext("%(count)d city", "%(count)d cities", len(rows)) % {"count": len(rows)}
    of_them = ngettext("%(count)d of them a guest", "%(count)d of them guests", guests)
    return [
        [pgettext("of a rating", "Edition"), in_language(seal.edition, "title")[0]],
        [_("Cities"), f"{counted}, {of_them % {'count': guests}}" if guests else counted],
        [_("Sealed on"), moment_text(seal.sealed_at, seal.edition.zone)],
        [_("Revision"), str(seal.revision)],
        ["SHA-256", in_groups(seal.sha256)],
        [_("Invented data"), _("yes: this edition is an example") if seal.edition.is_invented
         else ""],
    ]  # fmt: skip


def _results(rows: Sequence[Mapping]) -> dict[str, Any]:
    return {
        "results_title": _("Results"),
        "headings": [
            _("Place"), _("City"), pgettext("of cities", "Category"), _("Score"),
            _("Likely places"),
        ],
        "results": [
            [
                str(row["rank"] or "—"), city_name(row), said(row, "class_title") or "—",
                number(row["score"]), _likely(row),
            ]
            for row in rows
        ],
        "results_note": _(
            "Equal scores share a place, and the next places are skipped. Likely places: where "
            "the city stood in nine of ten recalculations with other weights. Where they overlap, "
            "the order of two cities is not certain."
        ),
    }  # fmt: skip


def _likely(row: Mapping) -> str:
    if row["rank_low"] is None or row["rank_high"] is None:
        return "—"
    return likely(row["rank_low"], row["rank_high"])


def _classes(public: Mapping, rows: Sequence[Mapping]) -> dict[str, Any]:
    found = []
    for one in public["classes"]:
        own = [row for row in rows if row["class"] == one["code"] and row["rank_in_class"]]
        own.sort(key=lambda row: (row["rank_in_class"], said(row, "name")))
        if own:
            lines = [[str(row["rank_in_class"]), city_name(row), number(row["score"])]
                     for row in own]  # fmt: skip
            found.append({"title": said(one, "title"), "rows": lines})
    return {
        "classes_title": _("By category"), "classes": found,
        "class_headings": [_("Place"), _("City"), _("Score")],
    }  # fmt: skip


def _distribution(rows: Sequence[Mapping]) -> dict[str, Any]:
    scores = [row["score"] for row in rows if row["score"] is not None]
    title = {"distribution_title": _("How the scores are spread")}
    if not scores:
        return title | {"distribution_words": _("No city has a score."), "bins": []}
    low, middle, high = quartiles(scores)
    words = _(
        "Half of the cities have from %(low)s to %(high)s points; the median is %(middle)s, the "
        "lowest score %(least)s, the highest %(most)s."
    ) % {
        "low": number(low), "middle": number(middle), "high": number(high),
        "least": number(min(scores)), "most": number(max(scores)),
    }  # fmt: skip
    return title | {"distribution_words": words, "bins": bins(scores)}


def bins(scores: Sequence[float]) -> list[dict[str, Any]]:
    """Ten equal steps from the lowest to the highest score: how many cities stand in each.

    `share` is that of the fullest step, 0 to 1. Equal scores are one step.
    """
    low, high = min(scores), max(scores)
    count = BINS if high > low else 1
    step = (high - low) / count
    counts = [0] * count
    for score in scores:
        counts[min(int((score - low) / step), count - 1) if step else 0] += 1
    return [
        {
            "label": f"{number(low + place * step)} – {number(low + (place + 1) * step)}",
            "count": found, "share": found / max(counts),
        }
        for place, found in enumerate(counts)
    ]  # fmt: skip


def quartiles(scores: Sequence[float]) -> tuple[float, float, float]:
    """The lower quartile, the median, the upper quartile, linear between the scores."""
    if len(scores) == 1:
        return scores[0], scores[0], scores[0]
    low, middle, high = statistics.quantiles(scores, n=QUARTERS, method="inclusive")
    return low, middle, high


def _directions(public: Mapping, rows: Sequence[Mapping]) -> dict[str, Any]:
    found = []
    for group in public["groups"]:
        scored = [
            (own["score"], row) for row in rows
            if (own := row["groups"].get(group["code"])) and own["score"] is not None
        ]  # fmt: skip
        if scored:
            low, middle, high = quartiles([score for score, _row in scored])
            best = max(score for score, _row in scored)
            leaders = [said(row, "name") for score, row in scored if round(best - score, 9) == 0]
            found.append([
                f"{group['code']} {said(group, 'title')}", number(low), number(middle),
                number(high), number(best), ", ".join(leaders[:3]),
            ])  # fmt: skip
    return {
        "directions_title": _("By direction"), "directions": found,
        "direction_headings": [
            _("Direction"), _("Lower quartile"), _("Median"), _("Upper quartile"), _("Best"),
            _("Who leads"),
        ],
    }  # fmt: skip


def _advice(
    seal: Seal, rows: Sequence[Mapping], private: Mapping, moves: "report_moves.Moves"
) -> dict[str, Any]:
    points = private["points"]
    cities = [
        advising.City(
            row=row, lines=points.get(str(row["city"]), {}).get("indicators", []),
            previous_place=moves.before.get(row["city"]),
        )
        for row in rows
    ]  # fmt: skip
    texts = advising.for_cities(cities, advising.library(seal.edition.rating_id))
    return {
        "advice_title": _("Recommendations to the cities"),
        "advice_words": _(
            "Chosen from the library of the rating by where a city stands in its category. They "
            "rest on its own answers: they are for the secretariat and for that city alone."
        ),
        "advice": [
            {
                "name": city_name(row), "place": str(row["rank"] or "—"),
                "texts": [in_language(one, "text")[0] for one in own],
            }
            for row, own in zip(rows, texts, strict=True) if own
        ],
        "no_advice": _("The library has no text for any of them."),
    }  # fmt: skip
