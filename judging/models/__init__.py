"""Judging: stages, juries, who judges what, votes, and what was counted of them."""

from judging.models.stages import Criterion, Juror, Stage
from judging.models.votes import (
    Assignment,
    JuryProtocol,
    Result,
    Score,
    TieDecision,
)

__all__ = [
    "Assignment",
    "Criterion",
    "Juror",
    "JuryProtocol",
    "Result",
    "Score",
    "Stage",
    "TieDecision",
]
