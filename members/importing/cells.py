"""What a cell says: one function a column, from the raw cell to the value to be stored.

Each takes a cell that is not empty and raises BadCell with the reason when it says nothing usable.
"""

import datetime
import functools
import re
import zoneinfo
from collections.abc import Callable
from decimal import Decimal, InvalidOperation
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import URLValidator, validate_email
from django.utils import translation

from content.dated import parse_partial, today
from content.sortkeys import search_fold
from members.importing import lookalikes
from members.importing.messages import BadCell
from members.models import Member

NAME_LENGTH = 150
ERROR_VALUES = {"#REF!", "#VALUE!", "#NAME?", "#DIV/0!", "#N/A", "#NULL!", "#NUM!", "#ССЫЛКА!",
                "#ЗНАЧ!", "#ИМЯ?", "#ДЕЛ/0!", "#Н/Д", "#ПУСТО!", "#ЧИСЛО!"}  # fmt: skip
GROUPED = re.compile(r"\d{1,3}(?:[ ’']\d{3})+|\d+")
WORDS = re.compile(
    r"(?:около |ок\. ?|~)?(\d+(?:[.,]\d+)?) ?"
    r"(тыс|т\.|млн|миллион|thousand|thsd|k\b|million|mln|m\b)", re.IGNORECASE
)  # fmt: skip
FRACTION = re.compile(r"[\d ]*\d[.,][\d.,]*")
HUGE = 1_000_000_000
SLUG = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
PHONE = re.compile(r"\+?[\d\s().\-/;,]{5,40}(?:(?:доб|ext)\.? ?\d+)?", re.IGNORECASE)
DOTTED = re.compile(r"(?:(\d{1,2})\.)?(\d{1,2})\.(\d{4})")
OTHER_KINDS = {
    "город": "city", "town": "city", "муниципалитет": "district", "район": "district",
    "municipality": "district", "district": "district", "область": "region", "край": "region",
    "республика": "region", "ассоциация": "association", "союз": "association",
    "union": "association",
}  # fmt: skip
_check_url = URLValidator(schemes=["http", "https"])


def refuse_never_good(cell: Any) -> None:
    """What no column takes: formulas and the errors that spreadsheets show."""
    if isinstance(cell, str):
        if cell[0] == "=":
            raise BadCell("formula")
        if cell[0] == "#" and cell.upper() in ERROR_VALUES:
            raise BadCell("error_value", typed=cell)


def typed(cell: Any) -> str:
    """A cell as the person sees it, shortened."""
    if isinstance(cell, datetime.datetime):
        cell = cell.date()
    if isinstance(cell, float) and cell.is_integer():
        cell = int(cell)
    text = str(cell)
    return text if len(text) <= 60 else f"{text[:59]}…"


def name_ru(cell: Any) -> str:
    text = _text(cell, NAME_LENGTH)
    if slips := lookalikes.latin_inside(text):
        raise BadCell("latin_inside", letters=lookalikes.listed(slips))
    if not lookalikes.CYRILLIC.search(text):
        raise BadCell("not_cyrillic", typed=typed(text))
    return text


def name_en(cell: Any) -> str:
    text = _text(cell, NAME_LENGTH)
    if not lookalikes.LATIN.search(text):
        raise BadCell("not_latin", typed=typed(text))
    _refuse_cyrillic(text)
    return text


def _text(cell: Any, limit: int) -> str:
    text = cell if isinstance(cell, str) else typed(cell)
    if len(text) > limit:
        raise BadCell("too_long", limit=limit)
    return text


def _refuse_cyrillic(text: str) -> None:
    if not text.isascii() and (slips := lookalikes.cyrillic_inside(text)):
        raise BadCell("cyrillic_inside", letters=lookalikes.listed(slips))


@functools.cache
def _kinds() -> dict[str, str]:
    known = dict(OTHER_KINDS)
    for code, label in Member.Kind.choices:
        known[code] = code
        for language, _name in settings.LANGUAGES:
            with translation.override(language):
                known[search_fold(str(label))] = code
    return known


def kind(cell: Any) -> str:
    if code := _kinds().get(search_fold(str(cell))):
        return code
    raise BadCell("kind_unknown", typed=typed(cell), kinds=list(Member.Kind.values))


def population(cell: Any) -> int:
    """Inhabitants: digits, thousands apart by spaces or not."""
    if isinstance(cell, int | float):
        return _inhabitants(cell)
    text = str(cell)
    if text.startswith(("-", "−", "–")):
        raise BadCell("number_negative", typed=typed(cell))
    if GROUPED.fullmatch(text):
        return _inhabitants(int(re.sub(r"\D", "", text)))
    if match := WORDS.match(text):
        raise BadCell("number_words", typed=typed(cell), meant=_in_digits(*match.groups()))
    code = "number_fraction" if FRACTION.fullmatch(text) else "number_unclear"
    raise BadCell(code, typed=typed(cell))


def _inhabitants(number: float) -> int:
    if isinstance(number, float) and not number.is_integer():
        raise BadCell("number_fraction", typed=typed(number))
    if number <= 0:
        raise BadCell("number_negative", typed=typed(number))
    if number >= HUGE:
        raise BadCell("number_huge", typed=typed(number))
    return int(number)


def _in_digits(number: str, word: str) -> str:
    """12, тыс → 12000."""
    is_million = word.casefold().startswith(("м", "m"))
    return str(int(Decimal(number.replace(",", ".")) * (1_000_000 if is_million else 1000)))


def population_year(cell: Any) -> int:
    year = _whole(cell)
    if year is None or not 1800 <= year <= today().year:
        raise BadCell("year_unclear", typed=typed(cell), latest=today().year)
    return year


def _whole(cell: Any) -> int | None:
    if isinstance(cell, float) and cell.is_integer():
        return int(cell)
    if isinstance(cell, int):
        return cell
    return int(cell) if isinstance(cell, str) and re.fullmatch(r"[0-9]{1,12}", cell) else None


@functools.cache
def _zones() -> dict[str, str]:
    return {name.casefold(): name for name in zoneinfo.available_timezones() if "/" in name}


def time_zone(cell: Any) -> str:
    if zone := _zones().get(str(cell).casefold().replace(" ", "_")):
        return zone
    raise BadCell("zone_unknown", typed=typed(cell))


def latitude(cell: Any) -> Decimal:
    return _degrees(cell, 90)


def longitude(cell: Any) -> Decimal:
    return _degrees(cell, 180)


def _degrees(cell: Any, limit: int) -> Decimal:
    """Decimal degrees to five places; a decimal comma is a point."""
    try:
        value = Decimal(str(cell).replace(",", ".").replace("−", "-"))
        if not value.is_finite():
            raise InvalidOperation
    except InvalidOperation:
        raise BadCell("degrees_unclear", typed=typed(cell)) from None
    if abs(value) > limit:
        raise BadCell("degrees_range", typed=typed(cell), limit=limit)
    return value.quantize(Decimal("0.00001"))


def website(cell: Any) -> str:
    text = _text(cell, 200)
    try:
        _check_url(text)
    except ValidationError:
        raise BadCell("website_unclear", typed=typed(cell)) from None
    return text


def email(cell: Any) -> str:
    text = _text(cell, 254)
    _refuse_cyrillic(text)
    try:
        validate_email(text)
    except ValidationError:
        raise BadCell("email_unclear", typed=typed(cell)) from None
    return text


def phone(cell: Any) -> str:
    text = typed(cell)
    if not PHONE.fullmatch(text) or len(text) > 40:
        raise BadCell("phone_unclear", typed=text)
    return text


def member_since(cell: Any) -> tuple[datetime.date, str]:
    """First day and precision; days come as cells of a spreadsheet or as text."""
    if isinstance(cell, datetime.datetime):
        cell = cell.date()
    text = cell.isoformat() if isinstance(cell, datetime.date) else typed(cell)
    if match := DOTTED.fullmatch(text):
        text = "-".join(part for part in reversed(match.groups()) if part)
    try:
        day, precision = parse_partial(text)
    except (ValueError, OverflowError):
        raise BadCell("date_unclear", typed=typed(cell)) from None
    if day.year < 1900:
        raise BadCell("date_unclear", typed=typed(cell))
    if day > today():
        raise BadCell("date_future", typed=typed(cell))
    return day, precision


def geonames_id(cell: Any) -> int:
    number = _whole(cell)
    if number is None or not 0 < number < 2**31:
        raise BadCell("geonames_unclear", typed=typed(cell))
    return number


def slug(cell: Any) -> str:
    text = str(cell).strip("/")
    if len(text) > 80 or not SLUG.fullmatch(text):
        raise BadCell("slug_unclear", typed=typed(cell))
    return text


# The country needs the register and is read there.
PARSERS: dict[str, Callable[[Any], Any]] = {
    "name_ru": name_ru, "name_en": name_en, "kind": kind, "population": population,
    "population_year": population_year, "time_zone": time_zone, "latitude": latitude,
    "longitude": longitude, "website": website, "email": email, "phone": phone,
    "member_since": member_since, "geonames_id": geonames_id, "slug": slug,
}  # fmt: skip
