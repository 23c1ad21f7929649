"""Questions that stand before publishing: an app registers what must be confirmed for its records.

    gates.register(Article, repeated_captions)

`repeated_captions(article)` gives the questions that are open about a stored article. It is
published by its form or by the desk only after each of them was confirmed.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from django.db import models


@dataclass(frozen=True)
class Question:
    """One question: `code` names it among those of its record, `text` is what staff confirms."""

    code: str
    text: str


Gate = Callable[[models.Model], Iterable[Question]]

_gates: dict[type[models.Model], list[Gate]] = {}


def register(model: type[models.Model], gate: Gate) -> Gate:
    """Ask `gate` before a record of `model` is published."""
    known = _gates.setdefault(model, [])
    if gate not in known:
        known.append(gate)
    return gate


def questions(record: models.Model) -> list[Question]:
    """The questions that are open about a stored record."""
    return [question for gate in _gates.get(type(record), []) for question in gate(record)]
