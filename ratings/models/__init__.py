"""Ratings: their editions, what the questionnaire asks, and the method that scores it."""

from ratings.models.editions import Edition, Rating, SizeClass, Zone
from ratings.models.methods import Method
from ratings.models.structure import Indicator, IndicatorGroup, Scale, ScaleStep

__all__ = [
    "Edition",
    "Indicator",
    "IndicatorGroup",
    "Method",
    "Rating",
    "Scale",
    "ScaleStep",
    "SizeClass",
    "Zone",
]
