"""Practices of members: what worked in a city and may work in another."""

from practices.models.practices import Practice, PracticeFile, PracticePicture, PracticeStep
from practices.models.spreading import Adoption, Recommendation, RunningAnswer

__all__ = [
    "Adoption",
    "Practice",
    "PracticeFile",
    "PracticePicture",
    "PracticeStep",
    "Recommendation",
    "RunningAnswer",
]
