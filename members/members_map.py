"""The members on the map of the region, as of today or of the end of any year since the first."""

import datetime
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from content import atlas, dated
from content.atlas import Spot, Window
from content.dates import grouped
from content.languages import reading_order
from content.sortkeys import sort_key
from members.models import Member, MembershipPeriod

# Parts that can be enlarged: address -> name, degrees east and north of the middle.
PARTS = {
    "west": (gettext_lazy("West of the region"), 40, 56),
    "south": (gettext_lazy("Black Sea and Caucasus"), 42, 43),
    "volga": (gettext_lazy("Volga and Urals"), 54, 55),
    "central-asia": (gettext_lazy("Central Asia"), 70, 43),
    "siberia": (gettext_lazy("Siberia"), 90, 56),
    "east": (gettext_lazy("Far East"), 128, 53),
}
SHAPES = {Member.Kind.REGION: atlas.TRIANGLE, Member.Kind.ASSOCIATION: atlas.SQUARE,
          Member.Kind.ASSOCIATE: atlas.SQUARE}  # fmt: skip


@dataclass(frozen=True)
class Row:
    """A member as the table under the map shows it; coordinates are None where unknown.

    `language` and `country_language` are those that a name falls back to, empty for the reader's.
    """

    name: str
    language: str
    country: str
    country_language: str
    kind: str
    kind_name: str
    url: str
    population: int | None
    population_year: int | None
    longitude: Decimal | None
    latitude: Decimal | None
    is_capital: bool

    @property
    def is_on_the_map(self) -> bool:
        return self.longitude is not None

    @property
    def told(self) -> str:
        """What a link on the map says: "Kazan, Russia. City, population 1,318,604"."""
        words = f"{self.name}, {self.country}. {self.kind_name}"
        if not self.population:
            return words
        return f"{words}, " + _("population %(number)s") % {"number": grouped(self.population)}


@dataclass(frozen=True)
class Totals:
    """How many members there are, how many people live in those whose population is known."""

    members: int
    inhabitants: int
    counted: int


def rows_of(day: datetime.date | None = None, language: str | None = None) -> list[Row]:
    """The members of a day (today when not given) under the names of that day, by alphabet."""
    code = reading_order(language)[0]
    day = day or dated.today()
    columns = ["slug", "kind", "latitude", "longitude", "is_country_capital", "population",
               "population_year", "country__name_ru", "country__name_en", "dated_name_ru",
               "dated_name_en"]  # fmt: skip
    members = Member.objects.members(day).with_name_on(day).with_population(day).order_by()
    kinds = {kind.value: capfirst(str(kind.label)) for kind in Member.Kind}
    address = reverse("members:detail", args=["-"]).removesuffix("-/")
    rows = [_row(row, code, kinds, address) for row in members.values(*columns)]
    return sorted(rows, key=lambda row: sort_key(row.name))


def _row(row: dict, code: str, kinds: dict[str, str], address: str) -> Row:
    name, language = _text(row, "dated_name", code)
    country, country_language = _text(row, "country__name", code)
    return Row(
        name, language, country, country_language, row["kind"], kinds[row["kind"]],
        f"{address}{row['slug']}/", row["population"], row["population_year"],
        row["longitude"], row["latitude"], row["is_country_capital"],
    )  # fmt: skip


def _text(row: dict, field: str, code: str) -> tuple[str, str]:
    for one in reading_order(code):
        if text := row[f"{field}_{one}"]:
            return text, one if one != code else ""
    return "", ""


def totals(rows: Iterable[Row]) -> Totals:
    """Members without coordinates count as well."""
    rows = list(rows)
    known = [row.population for row in rows if row.population]
    return Totals(len(rows), sum(known), len(known))


def drawn(rows: Iterable[Row], part: str = "") -> str:
    """The map of these rows, or of one of PARTS enlarged."""
    spots = [
        Spot(row.name, row.told, row.url, float(row.longitude), float(row.latitude), _shape(row),
             row.population or 0)
        for row in rows if row.is_on_the_map
    ]  # fmt: skip
    if part in PARTS:
        name, longitude, latitude = PARTS[part]
        label = _("Map of the members: %(part)s") % {"part": name}
        return atlas.linked_svg(spots, label, atlas.near(longitude, latitude))
    return atlas.linked_svg(spots, _("Map of the members"), Window())


def _shape(row: Row) -> str:
    return atlas.RING if row.is_capital else SHAPES.get(row.kind, atlas.CIRCLE)


def legend() -> list[tuple[str, str]]:
    """What the marks mean: mark and words."""
    meanings = {
        atlas.CIRCLE: _("city, metropolis or district"), atlas.RING: _("capital of its country"),
        atlas.TRIANGLE: _("region"), atlas.SQUARE: _("association or associate member"),
    }  # fmt: skip
    return [(atlas.mark_svg(shape), words) for shape, words in meanings.items()]


def last_day_shown(year: int) -> datetime.date:
    """The day that a year stands for: its last one, of this year today."""
    return min(datetime.date(year, 12, 31), dated.today())


def members_by_year() -> dict[int, int]:
    """How many members there were at the end of every year since the first; today for this one."""
    spans = list(MembershipPeriod.objects.values_list("member_id", "starts_on", "ends_on"))
    today = dated.today()
    begun = [start.year for _member, start, _end in spans if start <= today]
    if not begun:
        return {}
    found = Counter(dict.fromkeys(range(min(begun), today.year + 1), 0))
    for year in found:
        day = last_day_shown(year)
        found[year] = len(
            {one for one, start, end in spans if start <= day and (end is None or end >= day)}
        )
    return dict(found)
