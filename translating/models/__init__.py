from translating.models.desk import Claim, DeskEntry, TranslationLink
from translating.models.glossary import Term

__all__ = ["Claim", "DeskEntry", "Term", "TranslationLink"]
