"""Composite indicators: pure functions on arrays, no database.

The steps are those of the OECD/JRC Handbook on Constructing Composite Indicators (2008):
denomination, missing data, outliers, normalisation, weighting, aggregation, ranks, uncertainty,
back to the data. docs/scoring.md has the formulas.
"""

from ratings.scoring.explaining import (
    contributions,
    correlated,
    correlations,
    gaps,
    outranking,
)
from ratings.scoring.missing import availability
from ratings.scoring.ranking import ranks
from ratings.scoring.refusals import ScoringRefused
from ratings.scoring.results import Availability, Firmness, Outranking, Peers, Scores, Step
from ratings.scoring.running import score
from ratings.scoring.stepping import Limit, steps_up
from ratings.scoring.types import Data, Group, Indicator, Rules, Structure
from ratings.scoring.uncertainty import draw_weights, under_methods, under_weights, without_each

__all__ = [
    "Availability",
    "Data",
    "Firmness",
    "Group",
    "Indicator",
    "Limit",
    "Outranking",
    "Peers",
    "Rules",
    "Scores",
    "ScoringRefused",
    "Step",
    "Structure",
    "availability",
    "contributions",
    "correlated",
    "correlations",
    "draw_weights",
    "gaps",
    "outranking",
    "ranks",
    "score",
    "steps_up",
    "under_methods",
    "under_weights",
    "without_each",
]
