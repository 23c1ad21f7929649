"""What if: other weights and rules tried on the same answers. Nothing here writes."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from django.utils.translation import get_language

from ratings.models import Method
from ratings.scoring import types
from standings.comparing import Comparison, compare
from standings.computing import Outcome, Rows, inputs_of, outcome_of, plain, rules_of
from standings.lab_forms import RULE_FIELDS


@dataclass(frozen=True, kw_only=True)
class Trial:
    """The results as they are, those tried, and what moved."""

    now: Outcome
    tried: Outcome
    comparison: Comparison


def try_out(rows: Rows, weights: Mapping, method: Method) -> Trial:
    """Score twice what was loaded once: by the edition's own method and by the one tried.

    No likely places: the lab answers at once. Raises ScoringRefused where the method does not fit.
    """
    now = outcome_of(inputs_of(rows), firm=False)
    tried = outcome_of(with_rules(rows, weights, rules_of(method)), firm=False)
    comparison = compare(now.as_rows(), tried.as_rows(), names(rows))
    return Trial(now=now, tried=tried, comparison=comparison)


def with_rules(rows: Rows, weights: Mapping, rules: types.Rules):
    """The inputs of a trial."""
    return replace(inputs_of(rows, weights), rules=rules)


def names(rows: Rows) -> dict[int, str]:
    """Names of cities in the reader's language, by questionnaire."""
    language = (get_language() or "ru")[:2]
    return {one.pk: one.name_in(language) for one in rows.responses}


def method_values(method: Method) -> dict[str, Any]:
    """The rules as plain values for keeping: numbers as floats."""
    values = {name: getattr(method, name) for name in RULE_FIELDS}
    return {
        name: value if value is None or isinstance(value, bool | str | int) else plain(value)
        for name, value in values.items()
    }
