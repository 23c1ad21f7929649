"""Which questions go together: correlations in a sealed edition, told in the active language."""

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from ratings import scoring
from standings import verifying
from standings.listing import in_reading_order

# So many columns still fit on a page.
WIDEST = 12
STRONG = 0.8
OPPOSED = -0.3
MOST_PAIRS = 12


def links(public: Mapping[str, Any], private: Mapping[str, Any]) -> dict[str, Any]:
    """Tables between the directions and inside each, and sentences about the strongest pairs.

    Pearson's coefficient of the directed answers, computed from the snapshot alone.
    """
    if not public["indicators"]:
        return {"links_title": "", "links": [], "pairs": [], "legend": []}
    taken = verifying.inputs_of(public, private)
    scores = scoring.score(taken.data, taken.structure, taken.rules)
    found = scoring.correlations(scores)
    codes = [one["code"] for one in public["indicators"]]
    tops = [one["code"] for one in public["groups"] if one["parent"] is None]
    between = scoring.correlated(np.column_stack([scores.groups[code] for code in tops]))
    tables = [_table(_("Between the directions"), tops, between), *_inside(public, found)]
    return {
        "links_title": _("What goes together"),
        "links_words": _(
            "The table shows Pearson’s correlation coefficient from −1 to 1. High values inside a "
            "direction say that its questions measure much the same; negative ones, that they "
            "pull the direction apart. A dash: too few cities answered both."
        ),
        "links": [one for one in tables if one["codes"]],
        "pairs": _pairs(codes, found),
        "legend_title": _("Questions"),
        "legend": [
            [one["code"], in_reading_order(one, "question")[0]] for one in public["indicators"]
        ],
    }


def coefficient(value: float) -> str:
    """Two decimals in the reader's language, a dash for none."""
    if not np.isfinite(value):
        return "—"
    text = f"{value:.2f}".replace("-0.00", "0.00").replace("-", "−")
    return text.replace(".", ",") if (get_language() or "ru").startswith("ru") else text


def _inside(public: Mapping, found: np.ndarray) -> list[dict[str, Any]]:
    """A table for each group with questions of its own, wide ones in their first columns."""
    tables = []
    for group in public["groups"]:
        places = [
            place for place, one in enumerate(public["indicators"])
            if one["group"] == group["code"]
        ][:WIDEST]  # fmt: skip
        codes = [public["indicators"][place]["code"] for place in places]
        title = f"{group['code']} {in_reading_order(group, 'title')[0]}"
        tables.append(_table(title, codes, found[np.ix_(places, places)]))
    return tables


def _table(title: str, codes: Sequence[str], values: np.ndarray) -> dict[str, Any]:
    """The lower triangle: each pair once, nothing with itself."""
    rows = [
        [codes[place], *(coefficient(values[place, other]) if other < place else ""
                         for other in range(len(codes) - 1))]
        for place in range(1, len(codes))
    ]  # fmt: skip
    return {"title": title, "codes": list(codes[:-1]), "rows": rows}


def _pairs(codes: Sequence[str], found: np.ndarray) -> list[str]:
    """The strongest pairs of questions in words, whatever directions they are of."""
    pairs = [
        (float(found[one, other]), codes[one], codes[other])
        for one in range(len(codes)) for other in range(one)
        if np.isfinite(found[one, other])
        and (found[one, other] >= STRONG or found[one, other] <= OPPOSED)
    ]  # fmt: skip
    pairs.sort(key=lambda pair: (-abs(pair[0]), pair[1:]))
    return [_pair(*pair) for pair in pairs[:MOST_PAIRS]]


def _pair(value: float, one: str, other: str) -> str:
    words = (
        _("%(one)s and %(other)s say much the same: %(value)s.") if value > 0
        else _("%(one)s and %(other)s pull apart: %(value)s.")
    )  # fmt: skip
    return words % {"one": other, "other": one, "value": coefficient(value)}
