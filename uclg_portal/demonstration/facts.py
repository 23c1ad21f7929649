"""The facts register of the demonstration: the contradictions of the sources, in order."""

from decimal import Decimal
from typing import Any

from content.dated import parse_partial
from facts import registering
from facts.models import Fact, Subject
from uclg_portal.demonstration import data


def load() -> None:
    """Everything of facts.toml, through the capability that places a statement by its day."""
    for position, row in enumerate(data.table("facts.toml")["subjects"], 1):
        subject = Subject.objects.create(
            slug=row["slug"], position=position, **data.texts(row, "title", "unit", "match_words")
        )
        for fact in row["facts"]:
            registering.put(_fact(subject, fact))


def _fact(subject: Subject, row: dict[str, Any]) -> Fact:
    as_of, precision = parse_partial(row["as_of"])
    return Fact(
        subject=subject,
        value=Decimal(row["value"]) if "value" in row else None,
        bound=row.get("bound", Fact.Bound.EXACT),
        as_of=as_of,
        as_of_precision=precision,
        **data.texts(row, "wording", "text", "source", "note"),
    )
