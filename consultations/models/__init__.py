from consultations.models.consultations import Comment, Consultation
from consultations.models.contributions import (
    Answer,
    Attachment,
    Call,
    Chapter,
    Contribution,
    Excerpt,
    Milestone,
    Question,
)

__all__ = [
    "Answer",
    "Attachment",
    "Call",
    "Chapter",
    "Comment",
    "Consultation",
    "Contribution",
    "Excerpt",
    "Milestone",
    "Question",
]
