"""The archive of the news: how much there is of every year and topic."""

from dataclasses import dataclass, field

from django.db.models import Count
from django.db.models.functions import ExtractYear
from django.utils.translation import gettext

from content import cacheversion
from content.languages import reading_order
from news.models import Article

# Year, slug, Russian and English title, number of a goal, code of a target, how many.
Row = tuple[int, str | None, str | None, str | None, int | None, str | None, int]


@dataclass
class Year:
    """A year of the archive: its topics as (slug, title, how many), the most used first."""

    number: int
    topics: list[tuple[str, str, int]] = field(default_factory=list)


def rows() -> list[Row]:
    """Published articles by year and topic; one query, remembered until the content changes."""

    def counted() -> list[Row]:
        found = Article.objects.published().order_by().annotate(year=ExtractYear("published_at"))
        names = ("year", "topics__slug", "topics__title_ru", "topics__title_en", "topics__number",
                 "topics__code")  # fmt: skip
        return list(found.values_list(*names).annotate(Count("pk")))

    return cacheversion.remembered("news-archive", counted)


def _title(row: Row) -> str:
    titles = dict(zip(("ru", "en"), row[2:4], strict=True))
    title = next((titles[code] for code in reading_order() if titles.get(code)), row[1] or "")
    number = row[4] or row[5]
    goal = gettext("SDG")
    return f"{goal} {number}. {title}" if number else title


def years() -> list[int]:
    """The years that have published news, newest first."""
    return sorted({row[0] for row in rows()}, reverse=True)


def topics() -> list[tuple[str, str]]:
    """The topics that published news has: themes by name, then goals by number."""
    named = {row[1]: (_place(row), _title(row)) for row in rows() if row[1]}
    return [(slug, title) for slug, (_number, title) in sorted(named.items(), key=_by_place)]


def _place(row: Row) -> tuple[float, str]:
    """Themes first; each target after its goal: 11, 11.4, 11.b, 12."""
    code = row[5] or ""
    return float(row[4] or code.partition(".")[0] or 0), code


def _by_place(named: tuple[str, tuple[tuple[float, str], str]]) -> tuple:
    return named[1]


def by_year() -> list[Year]:
    """The archive, newest year first."""
    found = {number: Year(number) for number in years()}
    for row in sorted(rows(), key=lambda one: (-one[6], _title(one))):
        if row[1]:
            found[row[0]].topics.append((row[1], _title(row), row[6]))
    return list(found.values())
