"""The columns an import knows: their headings in both languages, and what to write in them.

Headings are part of the file format, so they stand here in both languages and not in a catalogue:
a file made in one language is read in the other.
"""

import re
import unicodedata
from dataclasses import dataclass

from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True)
class Column:
    """`key` is its name in code, `ru` and `en` its headings in the template, `also` others.

    The example is of an invented place: a row left in the template changes no real member.
    """

    key: str
    ru: str
    en: str
    also: tuple[str, ...]
    hint: str
    example: tuple[str | float, str | float]  # in a Russian and in an English template

    @property
    def label(self) -> str:
        return self.ru if in_russian() else self.en

    @property
    def shown_example(self) -> str | float:
        return self.example[0 if in_russian() else 1]


def in_russian() -> bool:
    return (get_language() or "ru").startswith("ru")


COLUMNS = [
    Column(
        "name_ru", "Название", "Name in Russian",
        ("название рус", "название на русском", "наименование", "город", "муниципалитет",
         "russian name", "name russian", "name ru"),
        _("The name of today in Russian. One of the two names is enough."),
        ("Примерск", "Примерск"),
    ),
    Column(
        "name_en", "Название на английском", "Name",
        ("название англ", "название по английски", "english name", "name in english",
         "name english", "name en", "city", "member"),
        _("The name of today in English."),
        ("Primersk", "Primersk"),
    ),
    Column(
        "country", "Страна", "Country", ("код страны", "country code", "государство"),
        _("The two-letter code or the name in either language. A new member needs it."),
        ("Россия", "RU"),
    ),
    Column(
        "kind", "Вид", "Kind", ("вид участника", "member kind", "kind of member"),
        _("City when it is left empty. The others are named below."),
        ("город", "city"),
    ),
    Column(
        "population", "Население", "Population",
        ("численность населения", "жителей", "число жителей", "inhabitants"),
        _("All digits: 1318604 or 1 318 604."),
        (120500, 120500),
    ),
    Column(
        "population_year", "Год численности", "Population year",
        ("год", "год населения", "на какой год", "year", "year of population"),
        _("The year of that figure. Empty: the year chosen with the file."),
        (2024, 2024),
    ),
    Column(
        "time_zone", "Часовой пояс", "Time zone", ("timezone", "tz", "iana", "временная зона"),
        _("By its place, as Asia/Bishkek. Where a country has one zone it may be left empty."),
        ("Europe/Moscow", "Europe/Moscow"),
    ),
    Column(
        "latitude", "Широта", "Latitude", ("lat", "широта град"),
        _("Decimal degrees, north positive; a comma is taken as well."),
        (55.7512, 55.7512),
    ),
    Column(
        "longitude", "Долгота", "Longitude", ("lon", "lng", "long", "долгота град"),
        _("Decimal degrees, east positive."),
        (49.1234, 49.1234),
    ),
    Column(
        "website", "Сайт", "Website", ("веб сайт", "адрес сайта", "site", "web site", "url"),
        _("The whole address, with https://."),
        ("https://primersk.example.org/", "https://primersk.example.org/"),
    ),
    Column(
        "email", "Электронная почта", "E-mail", ("эл почта", "почта", "mail", "email"),
        _("An address of an office, not of a person."),
        ("office@primersk.example.org", "office@primersk.example.org"),
    ),
    Column(
        "phone", "Телефон", "Phone", ("тел", "номер телефона", "telephone", "tel", "phone number"),
        _("With the code of the country."),
        ("+7 000 000-00-00", "+7 000 000-00-00"),
    ),
    Column(
        "member_since", "Участник с", "Member since",
        ("член организации с", "член с", "дата вступления", "год вступления", "вступил", "joined",
         "member from"),
        _("As far as it is known: 2004, 2004-05 or 2004-05-12. Written only for those whose "
          "membership is not kept yet."),
        ("2004-05", "2004-05"),
    ),
    Column(
        "geonames_id", "Номер GeoNames", "GeoNames id",
        ("geonames", "geonameid", "geoname id", "номер в geonames", "geonames number"),
        _("The surest way to say which place is meant."),
        ("", ""),
    ),
    Column(
        "slug", "Адрес страницы", "Page address", ("slug", "адрес", "address", "page"),
        _("The end of the page’s address. Empty for new members: made from the English name."),
        ("", ""),
    ),
]  # fmt: skip

BY_KEY = {column.key: column for column in COLUMNS}
# What can say which member a row is about.
IDENTITY = ("name_ru", "name_en", "geonames_id", "slug")
MARKS = re.compile(r"[\W_]+")


def label_of(key: str) -> str:
    """The heading of a column in the language of the moment."""
    return BY_KEY[key].label


def folded(heading: str) -> str:
    """A heading as it is compared: without case, marks and doubled spaces, ё as е."""
    text = unicodedata.normalize("NFC", heading).casefold().replace("ё", "е")
    return MARKS.sub(" ", text).strip()


def _known() -> dict[str, str]:
    known = {}
    for column in COLUMNS:
        for heading in (column.key, column.ru, column.en, *column.also):
            known[folded(heading)] = column.key
    return known


KNOWN = _known()
