"""What the association undertakes: projects, strategies, commitments; what others recommended."""

from projects.models.commitments import Commitment, CommitmentPaper
from projects.models.outside import OutsideLibrary, Recommendation
from projects.models.projects import Project
from projects.models.strategies import Strategy, Wave

__all__ = [
    "Commitment",
    "CommitmentPaper",
    "OutsideLibrary",
    "Project",
    "Recommendation",
    "Strategy",
    "Wave",
]
