"""What of an edition stays as it is: from the first answer on, and once its results are sealed.

Triggers hold this in the database; here are the words and the fields for the forms of the staff.
"""

from django.db import models
from django.utils.translation import gettext_lazy as _

from ratings.models import Edition

# From the first answer on: what a question means.
ANSWERED = {
    "indicator": {
        "code", "kind", "group", "scale", "is_reversed", "denominator", "denominator_indicator",
        "per", "minimum", "maximum", "decimals",
    },
    "indicatorgroup": {"code", "parent"},
    "scalestep": {"value"},
}  # fmt: skip
# Once sealed: what the places follow from.
SEALED = {
    "edition": {
        "kind", "rating", "year", "population_year", "admits_guests", "opens_at", "closes_at",
    },
    "indicator": {"weight", "goalpost_low", "goalpost_high", "target", "order"},
    "indicatorgroup": {"weight", "order"},
    "sizeclass": {"code", "minimum", "maximum"},
}  # fmt: skip
IS_ANSWERED = _(
    "There are answers already. Codes, kinds, ranges and what is divided by what stay as they are; "
    "wording may be mended, weights may change until the results are sealed."
)
IS_SEALED = _(
    "The results are sealed. Only wording may be mended; a mistake is put right by a correction "
    "that shows old and new places."
)


def staying(model: type[models.Model], edition: Edition | None) -> set[str]:
    """The fields of a model's form that may no longer change."""
    name, found = model._meta.model_name, set()
    if edition is not None and edition.frozen_at:
        found |= ANSWERED.get(name, set())
    if edition is not None and edition.sealed_at:
        found |= ANSWERED.get(name, set()) | SEALED.get(name, set())
    return found


def rows_stay(model: type[models.Model], edition: Edition | None) -> bool:
    """Whether rows of a model are neither added nor deleted any more."""
    if edition is None:
        return False
    is_asked = model._meta.model_name in ANSWERED
    return bool(edition.sealed_at or (edition.frozen_at and is_asked))


def words(edition: Edition | None) -> str:
    """The sentence above a form; empty while everything may change."""
    if edition is None:
        return ""
    if edition.sealed_at:
        return str(IS_SEALED)
    return str(IS_ANSWERED) if edition.frozen_at else ""


def locked(edition: Edition) -> Edition:
    """The edition as it is now, locked: nobody answers first or seals while a form is judged."""
    return Edition.objects.select_for_update(of=("self",)).get(pk=edition.pk)
