"""What the portal keeps of members, loaded once for the judgement of a whole file.

Six queries, however many rows the file and the register have.
"""

import datetime
import difflib
from collections import defaultdict
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from babel import Locale
from babel.core import get_global

from content.languages import LANGUAGE_CODES
from content.sortkeys import search_fold
from members.importing.messages import BadCell
from members.models import Country, Member, MemberFigure, MembershipPeriod, OldSlug

# What people write besides the usual names.
OTHER_COUNTRY_NAMES = {
    "BY": ("Белоруссия", "Republic of Belarus"),
    "KG": ("Киргизия", "Киргизская Республика", "Кыргызская Республика", "Kyrgyz Republic"),
    "MD": ("Молдавия", "Республика Молдова", "Republic of Moldova"),
    "MN": ("Mongolia",),
    "RU": ("РФ", "Российская Федерация", "Russian Federation"),
    "TM": ("Туркмения",),
    "TR": ("Turkey", "Турецкая Республика"),
}


@dataclass(slots=True)
class Kept:
    """The columns of a member that an import compares, and every spelling of its names."""

    pk: int
    version: int
    slug: str
    kind: str
    country_id: int
    name_ru: str | None
    name_en: str | None
    name_search: str
    time_zone: str
    latitude: Decimal | None
    longitude: Decimal | None
    geonames_id: int | None
    website: str
    email: str
    phone: str

    @property
    def spellings(self) -> set[str]:
        """Every name and alias it bears or bore, folded."""
        return set(self.name_search.split("\n"))

    def knows(self, name: str) -> bool:
        """Whether this spelling, case and ё apart, is among its names and aliases."""
        return search_fold(name) in self.spellings

    def described(self) -> str:
        """For a message: Казань (/kazan/)."""
        return f"{self.name_ru or self.name_en} (/{self.slug}/)"


FEW = 2_000  # members: more are not compared letter by letter
COLUMNS = list(Kept.__slots__)


class Register:
    def __init__(self):
        self._load_countries()
        self._load_members()
        self.figures: dict[int, dict[int, int]] = defaultdict(dict)
        figures = MemberFigure.objects.filter(kind=MemberFigure.Kind.POPULATION)
        for member, year, value in figures.values_list("member_id", "year", "value"):
            self.figures[member][year] = value
        self.starts: dict[int, set[datetime.date]] = defaultdict(set)
        for member, day in MembershipPeriod.objects.values_list("member_id", "starts_on"):
            self.starts[member].add(day)

    def _load_countries(self) -> None:
        self.country_codes: dict[int, str] = {}
        self._countries: dict[str, int] = {}
        for pk, code, *names in Country.objects.values_list("pk", "code", "name_ru", "name_en"):
            self.country_codes[pk] = code
            usual = [Locale(language).territories.get(code) for language in LANGUAGE_CODES]
            for word in (code, *names, *usual, *OTHER_COUNTRY_NAMES.get(code, ())):
                if word:
                    self._countries[search_fold(word)] = pk

    def _load_members(self) -> None:
        self.members: dict[int, Kept] = {}
        self.by_geonames: dict[int, int] = {}
        self.by_slug: dict[str, int] = dict(OldSlug.objects.values_list("slug", "member_id"))
        self._current: dict[str, set[int]] = defaultdict(set)
        self._spellings: dict[str, set[int]] = defaultdict(set)
        for row in Member.objects.order_by().values_list(*COLUMNS):
            kept = Kept(*row)
            self.members[kept.pk] = kept
            self.by_slug[kept.slug] = kept.pk
            if kept.geonames_id:
                self.by_geonames[kept.geonames_id] = kept.pk
            for name in (kept.name_ru, kept.name_en):
                if name:
                    self._current[search_fold(name)].add(kept.pk)
            for spelling in kept.name_search.split("\n"):
                self._spellings[spelling].add(kept.pk)

    def country(self, cell: object) -> int:
        """The country of a code or a name in either language. Raises BadCell."""
        try:
            return self._countries[search_fold(str(cell))]
        except KeyError:
            codes = ", ".join(sorted(self.country_codes.values()))
            raise BadCell("country_unknown", typed=str(cell)[:60], codes=codes) from None

    def only_zone(self, country: int) -> tuple[str, str]:
        """The zone of a country that has one, else nothing; and a zone there as an example."""
        zones = get_global("territory_zones").get(self.country_codes[country], [])
        return (zones[0], zones[0]) if len(zones) == 1 else ("", (zones or ["Asia/Bishkek"])[0])

    def named(self, folds: list[str], country: int | None) -> list[Kept]:
        """Who bears one of these (folded) names today, or else who bore it or is called so."""
        for index in (self._current, self._spellings):
            found = {pk for fold in folds for pk in index.get(fold, ())}
            members = [self.members[pk] for pk in sorted(found)]
            if country is not None:
                members = [kept for kept in members if kept.country_id == country]
            if members:
                return members
        return []

    def similar(self, folds: list[str], country: int) -> list[Kept]:
        """Whose name is a slip of the pen away; nobody in a register too long to look through."""
        if len(self.members) > FEW:
            return []
        names = {
            spelling: kept
            for kept in self.members.values()
            if kept.country_id == country
            for spelling in kept.spellings
        }
        near = [
            name for fold in folds for name in difflib.get_close_matches(fold, names, cutoff=0.87)
        ]
        return list({names[name].pk: names[name] for name in near}.values())

    def find(self, values: dict[str, Any], folds: list[str]) -> Kept | None:
        """The member a row is about, by its values and folded names; None when it is none yet.

        The GeoNames number and the address decide, then names and aliases within the country.
        Raises BadCell when several answer, with the candidates.
        """
        by_name = self.named(folds, values.get("country"))
        sure = {
            self.by_geonames.get(values.get("geonames_id")), self.by_slug.get(values.get("slug"))
        } - {None}  # fmt: skip
        if len(sure) > 1:
            raise _ambiguous([self.members[pk] for pk in sorted(sure)])
        if sure:
            kept = self.members[sure.pop()]
            others = [other for other in by_name if other is not kept]
            if others and not kept.spellings.intersection(folds):
                raise _ambiguous([kept, *others])
            return kept
        if len(by_name) > 1:
            raise _ambiguous(by_name)
        return self._same_place(by_name[0], values) if by_name else None

    def _same_place(self, kept: Kept, values: dict) -> Kept | None:
        """A place of the same name with another GeoNames number is another place."""
        if kept.geonames_id and values.get("geonames_id"):
            if "slug" in values:
                return None
            raise BadCell("namesake", name=kept.described(), kept=kept.geonames_id)
        return kept


def _ambiguous(candidates: list[Kept]) -> BadCell:
    return BadCell("ambiguous", candidates=", ".join(one.described() for one in candidates))
