"""The code book of the open data: columns, directions, indicators, rules, in both languages."""

from collections.abc import Callable, Sequence
from decimal import Decimal

from django.utils import translation
from django.utils.translation import gettext_lazy as _

from content.languages import LANGUAGE_CODES
from ratings.models import Edition, Indicator, IndicatorGroup, Method

HEADINGS = ("kind", "code", "parent", "meaning_ru", "meaning_en", "unit_ru", "unit_en",
            "answer", "weight", "less_is_better", "divided_by", "per")  # fmt: skip
COLUMNS = {
    "city": _("What stands for the city in addresses of this site"),
    "name_ru": _("Name of the city in Russian, as of the sealing"),
    "name_en": _("Name of the city in English, as of the sealing"),
    "country": _("Country, code of ISO 3166-1"),
    "class": _("Code of the size class"),
    "class_ru": _("Size class in Russian"),
    "class_en": _("Size class in English"),
    "guest": _("Whether the city is a guest of the rating: 1 yes, 0 no"),
    "place": _("Place among all; equal scores share a place: 1, 2, 2, 4"),
    "place_in_class": _("Place in the size class"),
    "place_among_members": _("Place among members, guests left out"),
    "place_among_members_in_class": _("Place among members of the size class"),
    "score": _("Score in the whole rating"),
    "likely_from": _("Likely places from: 5th percentile of the recalculations"),
    "likely_to": _("Likely places to: 95th percentile of the recalculations"),
    "note_ru": _("What else is known of the city in this edition, in Russian"),
    "note_en": _("What else is known of the city in this edition, in English"),
    "source": _("Source of a place in a past edition"),
    "source_url": _("Address of the source"),
}
DIRECTION_SCORE = _("Score in the direction %(code)s")
DIRECTION_PLACE = _("Place in the direction %(code)s")
RULES = ("missing", "outliers", "normalisation", "constant", "within_groups", "across_groups")


def rows(edition: Edition, columns: Sequence[str]) -> list[list]:
    """The code book as a table under `HEADINGS`. Three queries.

    columns: those of the table of results; indicators are those that are asked, with their weight.
    """
    return [
        *(_column_row(name) for name in columns),
        *(_group_row(one) for one in _groups(edition)),
        *(_indicator_row(one) for one in _indicators(edition)),
        *_method_rows(edition),
    ]


def as_objects(edition: Edition, columns: Sequence[str]) -> list[dict]:
    """The same for JSON: numbers as numbers, empty cells left out."""
    return [
        {
            name: plain(cell)
            for name, cell in zip(HEADINGS, row, strict=True)
            if cell not in ("", None)
        }
        for row in rows(edition, columns)
    ]  # fmt: skip


def plain(cell):
    """A cell as JSON holds it."""
    return float(cell) if isinstance(cell, Decimal) else cell


def in_both(words: Callable[[], object]) -> list[str]:
    """A text in Russian and in English."""
    found = []
    for code in LANGUAGE_CODES:
        with translation.override(code):
            found.append(str(words()))
    return found


def _column_row(name: str) -> list:
    if name in COLUMNS:
        meaning = in_both(lambda: COLUMNS[name])
    else:
        code, _underscore, what = name.rpartition("_")
        pattern = DIRECTION_SCORE if what == "score" else DIRECTION_PLACE
        meaning = in_both(lambda: str(pattern) % {"code": code})
    return _padded("column", name, "", meaning)


def _padded(kind: str, code: str, parent: str, meaning: Sequence[str], *rest) -> list:
    cells = [kind, code, parent, *meaning, *rest]
    return cells + [""] * (len(HEADINGS) - len(cells))


def _groups(edition: Edition):
    return IndicatorGroup.objects.filter(edition=edition).select_related("parent")


def _indicators(edition: Edition):
    found = Indicator.objects.filter(edition=edition)
    return found.select_related("group", "denominator_indicator").order_by(
        "group__order", "group", "order", "pk"
    )


def _group_row(group: IndicatorGroup) -> list:
    parent = group.parent.code if group.parent else ""
    return _padded(
        "direction", group.code, parent, _words(group, "title"), "", "", "", group.weight
    )


def _indicator_row(one: Indicator) -> list:
    below = {"none": "", "population": "population"}.get(one.denominator)
    if below is None:
        below = one.denominator_indicator.code
    return _padded(
        "indicator", one.code, one.group.code, _words(one, "question"), *_words(one, "unit"),
        one.kind, one.weight, int(one.is_reversed), below, one.per if below else "",
    )  # fmt: skip


def _words(record, name: str) -> list[str]:
    return [getattr(record, f"{name}_{code}") or "" for code in LANGUAGE_CODES]


def _method_rows(edition: Edition) -> list[list]:
    """One row per step of the method: what it is and what was chosen, in words."""
    method = Method.objects.filter(edition=edition).first()
    if method is None or edition.kind != Edition.Kind.HELD:
        return []

    def said(name: str) -> list[str]:
        field = Method._meta.get_field(name)
        return in_both(lambda: f"{field.verbose_name}: {getattr(method, f'get_{name}_display')()}")

    return [_padded("rule", name, "", said(name)) for name in RULES]
