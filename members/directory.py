"""The directory of members: what can be filtered, and the filtered list."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import groupby

from django.db.models import Q

from content import cacheversion
from content.languages import in_language, reading_order
from content.sortkeys import sort_key
from members.models import Member
from members.models.member import MemberQuerySet
from members.passport import size_categories

NOT_STATED = "none"


@dataclass(frozen=True)
class Size:
    """A size category to choose: bounds as in the model, the name in the reader's language."""

    code: str
    name: str
    minimum: int
    maximum: int | None


@dataclass(frozen=True)
class Choices:
    """What the members of today can be narrowed by, in the order in which it is offered.

    `countries` maps a code to the name and the language the name is in.
    """

    countries: dict[str, tuple[str, str]]
    letters: list[str]
    sizes: list[Size]


def choices_of_today(language: str | None = None) -> Choices:
    """Countries, letters and size categories: two queries, or what is remembered of them."""
    code = reading_order(language)[0]
    return cacheversion.remembered(f"members-choices-{code}", lambda: _choices(code))


def _choices(code: str) -> Choices:
    rows = Member.objects.members().order_by().values(
        "country__code", "country__name_ru", "country__name_en", f"initial_{code}"
    )  # fmt: skip
    countries, letters = {}, set()
    for row in rows.distinct():
        countries[row["country__code"]] = _name(row, "country__name", code)
        letters.add(row[f"initial_{code}"])
    sizes = [
        Size(row.code, in_language(row, "name", code)[0], row.minimum, row.maximum)
        for row in size_categories()
    ]
    by_name = sorted(countries.items(), key=lambda item: sort_key(item[1][0]))
    return Choices(dict(by_name), sorted(letters, key=sort_key), sizes)


def _name(row: dict, field: str, code: str) -> tuple[str, str]:
    """A translated column of a plain row, and the language it is in."""
    for one in reading_order(code):
        if text := row[f"{field}_{one}"]:
            return text, one
    return "", code


def narrowed(
    members: MemberQuerySet,
    chosen: Mapping[str, str],
    choices: Choices,
    language: str | None = None,
) -> MemberQuerySet:
    """The members that match what was chosen.

    `chosen` holds values of `choices` under `country`, `size`, `kind` and `letter`, and words of a
    name under `q`; what is missing or empty narrows nothing.
    """
    chosen = {name: value for name, value in chosen.items() if value}
    if "q" in chosen:
        members = members.named_like(chosen["q"])
    if "country" in chosen:
        members = members.filter(country__code=chosen["country"])
    if "kind" in chosen:
        members = members.filter(kind=chosen["kind"])
    if "letter" in chosen:
        code = reading_order(language)[0]
        members = members.filter(**{f"initial_{code}": chosen["letter"].upper()})
    if "size" in chosen:
        members = members.with_population().filter(_of_size(chosen["size"], choices))
    return members


def _of_size(code: str, choices: Choices) -> Q:
    if code == NOT_STATED:
        return Q(population__isnull=True)
    size = next(one for one in choices.sizes if one.code == code)
    bounds = Q(population__gte=size.minimum)
    return bounds if size.maximum is None else bounds & Q(population__lt=size.maximum)


def columns(language: str | None = None) -> list[str]:
    """What a row of the list needs."""
    return ["slug", "name_ru", "name_en", f"initial_{reading_order(language)[0]}", "country__code"]


def under_letters(
    rows: Iterable[dict], choices: Choices, language: str | None = None
) -> list[tuple[str, list[dict]]]:
    """The rows of a page (see `columns`) by letter: slug, name, country.

    `language` and `country_language` are those that a name falls back to, empty for the reader's.
    """
    code = reading_order(language)[0]
    groups = groupby(rows, key=lambda row: row[f"initial_{code}"])
    return [(letter, [_shown(row, choices, code) for row in group]) for letter, group in groups]


def _shown(row: dict, choices: Choices, code: str) -> dict:
    name, language = _name(row, "name", code)
    country, country_language = choices.countries.get(row["country__code"], ("", code))
    return {
        "slug": row["slug"],
        "name": name,
        "language": language if language != code else "",
        "country": country,
        "country_language": country_language if country_language != code else "",
    }
