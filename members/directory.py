"""The directory of members: what can be filtered, and the filtered list, as of any day."""

import datetime
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from itertools import groupby

from django.db.models import Exists, OuterRef, Q, QuerySet

from content import cacheversion
from content.languages import in_language, reading_order
from content.models import Topic
from content.sortkeys import initial, sort_key
from members import lifecycle, membership
from members.models import Country, Member, MembershipPeriod
from members.models.member import MemberQuerySet
from members.passport import size_categories

NOT_STATED = "none"
SUSPENDED, FORMER = "suspended", "former"


@dataclass(frozen=True)
class Size:
    """A size category to choose: bounds as in the model, the name in the reader's language."""

    code: str
    name: str
    minimum: int
    maximum: int | None


@dataclass(frozen=True)
class Choices:
    """What the members of a day can be narrowed by, in the order in which it is offered.

    `countries` maps a code to the name and the language the name is in; `topics` a slug to a title.
    `outside` holds the codes of the countries that were not in the region on a day of the past.
    """

    countries: dict[str, tuple[str, str]]
    letters: list[str]
    sizes: list[Size]
    topics: dict[str, str]
    outside: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Listing:
    """The rows of a list (see `columns`), not yet cut into pages, and the letters they have.

    `day` is None for today; `letters` are those of the whole list, whichever letter was chosen.
    """

    rows: QuerySet | list[dict]
    letters: list[str]
    day: datetime.date | None = None
    suspended: dict[int, str] = field(default_factory=dict)


def choices_of(day: datetime.date | None = None, language: str | None = None) -> Choices:
    """Countries, letters, sizes and topics: three queries, or what is remembered of today's."""
    code = reading_order(language)[0]
    if day:
        return _choices(code, day)
    return cacheversion.remembered(f"members-choices-{code}", lambda: _choices(code))


def _choices(code: str, day: datetime.date | None = None) -> Choices:
    rows = Member.objects.members(day).order_by().values(
        "country__code", "country__name_ru", "country__name_en", f"initial_{code}"
    )  # fmt: skip
    countries, letters = {}, set()
    for row in rows.distinct():
        countries[row["country__code"]] = _name(row, "country__name", code)
        letters.add(row[f"initial_{code}"])
    by_name = sorted(countries.items(), key=lambda item: sort_key(item[1][0]))
    return Choices(
        dict(by_name), sorted(letters, key=sort_key), _sizes(code, day), _topics(code),
        _outside(day) if day else frozenset(),
    )  # fmt: skip


def _sizes(code: str, day: datetime.date | None) -> list[Size]:
    return [
        Size(row.code, in_language(row, "name", code)[0], row.minimum, row.maximum)
        for row in size_categories(day)
    ]


def _topics(code: str) -> dict[str, str]:
    """The topics that any member has."""
    used = Member.topics.through.objects.filter(topic=OuterRef("pk"))
    titles = [(row.slug, in_language(row, "title", code)[0]) for row in
              Topic.objects.filter(Exists(used))]  # fmt: skip
    return dict(sorted(titles, key=lambda item: sort_key(item[1])))


def _outside(day: datetime.date) -> frozenset[str]:
    within = Country.objects.on(day).filter(is_in_region=True)
    return frozenset(Country.objects.exclude(pk__in=within).values_list("code", flat=True))


def _name(row: dict, name: str, code: str) -> tuple[str, str]:
    """A translated column of a plain row, and the language it is in."""
    for one in reading_order(code):
        if text := row[f"{name}_{one}"]:
            return text, one
    return "", code


def of_status(status: str = "", day: datetime.date | None = None) -> MemberQuerySet:
    """The members of a day, or only the suspended ones, or those who have left."""
    if status == FORMER:
        return Member.objects.with_status(day).filter(status=FORMER)
    members = Member.objects.members(day)
    if status == SUSPENDED:
        return members.filter(pk__in=lifecycle.suspended(day))
    return members


def narrowed(
    chosen: Mapping,
    choices: Choices,
    language: str | None = None,
    day: datetime.date | None = None,
) -> MemberQuerySet:
    """The members that match what was chosen, as of a day (today when not given).

    `chosen` holds values of `choices` under `country`, `size`, `topic` and `letter`, a `kind`, a
    `status` (see `of_status`), a year under `since`, words of a name under `q`; what is missing or
    empty narrows nothing.
    """
    chosen = {name: value for name, value in chosen.items() if value}
    members = of_status(chosen.get("status", ""), day)
    plain = {"country": "country__code", "kind": "kind", "topic": "topics__slug"}
    members = members.filter(**{plain[key]: chosen[key] for key in plain if key in chosen})
    if "q" in chosen:
        members = members.named_like(chosen["q"])
    if "letter" in chosen and not day:
        code = reading_order(language)[0]
        members = members.filter(**{f"initial_{code}": chosen["letter"].upper()})
    if "size" in chosen:
        members = members.with_population(day).filter(_of_size(chosen["size"], choices))
    if "since" in chosen:
        begun = MembershipPeriod.objects.on(day).filter(starts_on__year__gte=chosen["since"])
        members = members.filter(Exists(begun.filter(member=OuterRef("pk"))))
    return members


def _of_size(code: str, choices: Choices) -> Q:
    if code == NOT_STATED:
        return Q(population__isnull=True)
    size = next(one for one in choices.sizes if one.code == code)
    bounds = Q(population__gte=size.minimum)
    return bounds if size.maximum is None else bounds & Q(population__lt=size.maximum)


def columns(language: str | None = None) -> list[str]:
    """What a row of the list needs."""
    return ["pk", "slug", "name_ru", "name_en", f"initial_{reading_order(language)[0]}",
            "country__code", "country__name_ru", "country__name_en"]  # fmt: skip


def listing(
    chosen: Mapping,
    choices: Choices,
    day: datetime.date | None = None,
    language: str | None = None,
) -> Listing:
    """The list for a reader. As of a day of the past every name is the one borne on that day."""
    members = narrowed(chosen, choices, language, day)
    suspended = suspended_words(day)
    if day is None:
        rows = members.in_alphabetical_order(language).values(*columns(language))
        return Listing(rows, choices.letters, None, suspended)
    code = reading_order(language)[0]
    dated = members.with_name_on(day).order_by().values(*columns(language), *DATED.values())
    rows = sorted((_of_the_day(row, code) for row in dated), key=lambda row: row["sort_key"])
    letters = sorted({row[f"initial_{code}"] for row in rows}, key=sort_key)
    if letter := chosen.get("letter", "").upper():
        rows = [row for row in rows if row[f"initial_{code}"] == letter]
    return Listing(rows, letters, day, suspended)


DATED = {"name_ru": "dated_name_ru", "name_en": "dated_name_en"}


def _of_the_day(row: dict, code: str) -> dict:
    """A row under the name of its day instead of today's."""
    named = row | {name: row[column] for name, column in DATED.items()}
    shown, _language = _name(named, "name", code)
    return named | {f"initial_{code}": initial(shown), "sort_key": sort_key(shown)}


def suspended_words(day: datetime.date | None = None) -> dict[int, str]:
    """ "suspended since 3 May 2025" by member, for those who are suspended on that day."""
    found = cacheversion.remembered("members-suspended", lifecycle.suspended) if day is None else (
        lifecycle.suspended(day)
    )  # fmt: skip
    return {
        pk: membership.suspended_words(step.happened_on, step.precision)
        for pk, step in found.items()
    }


def under_letters(
    rows: Iterable[dict], shown: Listing, choices: Choices, language: str | None = None
) -> list[tuple[str, list[dict]]]:
    """The rows of a page (see `columns`) by letter: slug, name, country, what is to be said.

    `language` and `country_language` are those that a name falls back to, empty for the reader's.
    """
    code = reading_order(language)[0]
    groups = groupby(rows, key=lambda row: row[f"initial_{code}"])
    return [
        (letter, [_shown(row, shown, choices, code) for row in group]) for letter, group in groups
    ]


def _shown(row: dict, shown: Listing, choices: Choices, code: str) -> dict:
    name, language = _name(row, "name", code)
    country, country_language = _name(row, "country__name", code)
    return {
        "slug": row["slug"],
        "name": name,
        "language": language if language != code else "",
        "country": country,
        "country_language": country_language if country_language != code else "",
        "suspended": shown.suspended.get(row["pk"], ""),
        "is_outside": row["country__code"] in choices.outside,
    }
