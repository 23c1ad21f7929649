"""Laureates: results of rounds, honours of all years, prizes, diplomas."""

from laureates.models.diplomas import Diploma, DiplomaRun
from laureates.models.laureates import Erratum, Laureate, PrizePaper, Results

__all__ = ["Diploma", "DiplomaRun", "Erratum", "Laureate", "PrizePaper", "Results"]
