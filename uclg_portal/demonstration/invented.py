"""Invented answers of cities: from inhabitants, a seed, and how active a city is made to be."""

import math
import random
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from ratings.models import Indicator, ScaleStep

SILENT = 0.5  # of those without a figure: who says nothing at all instead of "no such figure"


@dataclass(frozen=True)
class Said:
    """An invented answer: a number, with its step where there is a scale; or "no such figure"."""

    number: Decimal | None = None
    step: ScaleStep | None = None
    is_unknown: bool = False


def activity(dice: random.Random, known: float | None) -> float:
    """How active a city is, around 1."""
    drawn = math.exp(dice.gauss(0, 0.3))
    return drawn if known is None else known


def answers(
    dice: random.Random, indicators: list[Indicator], recipes: Mapping[str, Any],
    inhabitants: int, active: float,
) -> dict[str, Said]:  # fmt: skip
    """The answers of one city by code; questions it says nothing about are left out."""
    found: dict[str, Said] = {}
    for indicator in indicators:
        said = _said(dice, indicator, recipes.get(indicator.code), inhabitants, active, found)
        if said is not None:
            found[indicator.code] = said
    return found


def _said(dice, indicator, recipe, inhabitants, active, found) -> Said | None:
    if indicator.kind == Indicator.Kind.SCALE:
        steps = list(indicator.scale.steps.all())
        place = round(dice.uniform(0.6, 1.4) * active * len(steps) / 2.2)
        step = steps[min(max(place, 0), len(steps) - 1)]
        return Said(step.value, step)
    if indicator.kind == Indicator.Kind.YES_NO:
        return Said(Decimal(dice.random() < 0.3 + 0.4 * active))
    if recipe is None:
        return None
    value = _drawn(dice, recipe, inhabitants, active)
    if dice.random() * 100 < recipe["missing"]:
        return None if dice.random() < SILENT else Said(is_unknown=True)
    if "of" in recipe:
        whole = found.get(recipe["of"], Said()).number
        if whole is None:
            return Said(is_unknown=True)
        value *= float(whole)
    return Said(_fitting(value, indicator))


def _drawn(dice: random.Random, recipe: Mapping[str, Any], inhabitants: int, active: float):
    size = (inhabitants / 100_000) ** recipe["size"]
    return recipe["typical"] * size * active ** recipe["lift"] * math.exp(
        dice.gauss(0, recipe["spread"])
    )  # fmt: skip


def _fitting(value: float, indicator: Indicator) -> Decimal:
    """Within the bounds of the question, with as many decimal places as it has."""
    number = round(Decimal(value), indicator.decimals)
    if indicator.minimum is not None:
        number = max(number, indicator.minimum)
    if indicator.maximum is not None:
        number = min(number, indicator.maximum)
    return number
