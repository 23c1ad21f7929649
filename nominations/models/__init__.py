"""Nominations for honours given by others: dossiers, the outside deadline, proof of sending."""

from nominations.models.calls import CallStep, DossierSection, LetterKind, OutsideCall
from nominations.models.dossiers import Dossier
from nominations.models.texts import Letter, SectionText

__all__ = [
    "CallStep",
    "Dossier",
    "DossierSection",
    "Letter",
    "LetterKind",
    "OutsideCall",
    "SectionText",
]
