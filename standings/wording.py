"""How places, changes and likely places are said to the public, in both languages."""

import math
from decimal import ROUND_HALF_UP, Decimal

from django.utils.translation import get_language, pgettext
from django.utils.translation import gettext as _

from laureates.wording import ordinal, place_words

__all__ = [
    "change_words",
    "class_words",
    "likely",
    "likely_sentence",
    "ordinal",
    "place_words",
    "score_text",
]

DECIMALS = Decimal("0.01")


def shared_places(place: int, sharing: int) -> str:
    """ "2nd–3rd places" of two equal seconds; "2nd place" of one alone."""
    if sharing < 2:
        return place_words(place)
    span = {"first": ordinal(place), "last": ordinal(place + sharing - 1)}
    return _("%(first)s–%(last)s places") % span


def class_words(title: str) -> str:
    """ "class “large”": a size class as a list is called."""
    return _("class “%(title)s”") % {"title": title}


def score_text(score: float | None) -> str:
    """A score with two decimals in the reader's language; "—" where there is none."""
    if score is None:
        return "—"
    text = f"{Decimal(repr(score)).quantize(DECIMALS, ROUND_HALF_UP):.2f}"
    return text.replace(".", ",") if (get_language() or "ru").startswith("ru") else text


def likely(low: float, high: float) -> str:
    """Likely places as whole ones, outward: 3.6 to 9.2 is "3–10"; one place stands alone."""
    first, last = whole(low, high)
    return str(first) if first == last else f"{first}–{last}"


def whole(low: float, high: float) -> tuple[int, int]:
    """Percentiles of a place as whole places, never narrower than they are."""
    return max(1, math.floor(low)), math.ceil(high)


def likely_sentence(low: float, high: float) -> str:
    """In how many recalculations a city stood where."""
    first, last = whole(low, high)
    if first == last:
        return _(
            "In 9 of 10 recalculations with other weights the city stood in %(place)s place."
        ) % {"place": ordinal(first)}
    return _(
        "In 9 of 10 recalculations with other weights the city stood between %(first)s and "
        "%(last)s place."
    ) % {"first": ordinal(first), "last": ordinal(last)}


def change_words(before: int, now: int) -> str:
    """ "up 3", "down 1", "same place"."""
    if before == now:
        return pgettext("change of place", "same place")
    if now < before:
        return pgettext("change of place", "up %(places)d") % {"places": before - now}
    return pgettext("change of place", "down %(places)d") % {"places": now - before}


def change_kind(before: int, now: int) -> str:
    """The word of the style sheet: up, down, same."""
    return "same" if before == now else "up" if now < before else "down"
