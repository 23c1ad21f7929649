"""Questionnaires: the answers of cities to an edition, their proofs, and the checking of them."""

from questionnaires.models.answers import Answer, AnswerChange, AnswerNote, Evidence
from questionnaires.models.responses import Expert, QuestionnaireReminder, Response

__all__ = [
    "Answer",
    "AnswerChange",
    "AnswerNote",
    "Evidence",
    "Expert",
    "QuestionnaireReminder",
    "Response",
]
