"""The facts register: what the association says in figures, with unit, source and date."""

from facts.models.register import Fact, Subject

__all__ = ["Fact", "Subject"]
