"""Standings: trial runs, sealed results with their places, corrections, honours, advice."""

from standings.models.advice import Advice
from standings.models.honours import HonouredPlace, Honours
from standings.models.plans import SealPlan
from standings.models.runs import Run
from standings.models.seals import Erratum, ErratumChange, Points, Seal, Standing

__all__ = [
    "Advice",
    "Erratum",
    "ErratumChange",
    "HonouredPlace",
    "Honours",
    "Points",
    "Run",
    "Seal",
    "SealPlan",
    "Standing",
]
