"""Standings: trial runs, sealed results with their places, corrections, advice."""

from standings.models.advice import Advice
from standings.models.runs import Run
from standings.models.seals import Erratum, ErratumChange, Points, Seal, Standing

__all__ = ["Advice", "Erratum", "ErratumChange", "Points", "Run", "Seal", "Standing"]
