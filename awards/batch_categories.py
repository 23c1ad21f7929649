"""Which category a row of a batch goes to: named, or by the age of the child."""

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from awards.batch_table import Line
from awards.models import Batch, Category

CHILDHOOD = (1, 17)  # years, where a call says nothing else


def choose(batch: Batch, line: Line) -> Category | None:
    """The category of a row; notes in the row what is wrong with its age or category."""
    age, categories = line.data["age"], _categories(batch)
    try:
        named = batch.category or _named(categories, line.data["category"])
    except ValidationError as error:
        line.wrong("category", error.messages[0])
        return None
    if age is None:
        return named
    fitting = [one for one in ([named] if named else categories) if _fits(one, age)]
    if (categories and not fitting) or (not categories and not _is_child(batch, age)):
        line.wrong("age", _age_words(age, [named] if named else categories))
        return None
    if len(fitting) > 1:
        line.wrong("category", _("Several categories fit: name one in the table."))
        return None
    return fitting[0] if fitting else None


def _categories(batch: Batch) -> list[Category]:
    round = batch.entrant.round
    if not hasattr(round, "batch_categories"):
        round.batch_categories = list(round.categories.all())
    return round.batch_categories


def _named(categories: list[Category], text: str) -> Category | None:
    wanted = " ".join(text.casefold().split())
    if not wanted:
        return None
    for one in categories:
        if wanted in {(name or "").casefold() for name in (one.code, one.title_ru, one.title_en)}:
            return one
    raise ValidationError(
        _("The call has no category “%(name)s”.") % {"name": text}, code="category"
    )


def _fits(category: Category, age: int) -> bool:
    return category.min_age is None or category.min_age <= age <= category.max_age


def _is_child(batch: Batch, age: int) -> bool:
    return not batch.entrant.round.is_for_children or CHILDHOOD[0] <= age <= CHILDHOOD[1]


def _age_words(age: int, categories: list[Category]) -> str:
    spans = [(one.min_age, one.max_age) for one in categories if one.min_age] or [CHILDHOOD]
    first, last = min(low for low, _high in spans), max(high for _low, high in spans)
    return _("The age of %(age)d is outside %(first)d–%(last)d.") % {
        "age": age, "first": first, "last": last,
    }  # fmt: skip
