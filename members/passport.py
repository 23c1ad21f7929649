"""Facts on the page of a member: each with its year and its source."""

from dataclasses import dataclass

from content import cacheversion, dated
from content.languages import in_language
from members.models import Member, MemberFigure, SizeCategory


@dataclass(frozen=True)
class Population:
    """Inhabitants in a year, who says so (with the language of that), and the size category."""

    value: int
    year: int
    source: str
    source_language: str
    size: SizeCategory | None


def size_categories() -> list[SizeCategory]:
    """The size categories of today, smallest first; remembered, for every page asks for them."""
    return cacheversion.remembered("size-categories", lambda: list(SizeCategory.objects.on()))


def population(member: Member) -> Population | None:
    """The latest figure up to today, from prefetched rows; None where there is none."""
    known = [
        row
        for row in member.figures.all()
        if row.kind == MemberFigure.Kind.POPULATION and row.year <= dated.today().year
    ]
    if not known:
        return None
    latest = max(known, key=lambda row: row.year)
    source, language = in_language(latest, "source")
    size = next((row for row in size_categories() if row.holds(latest.value)), None)
    return Population(latest.value, latest.year, source, language, size)
