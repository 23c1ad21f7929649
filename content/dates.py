"""Days, spans and moments as people write them, in Russian and English."""

import datetime
import zoneinfo

from django.utils import translation
from django.utils.formats import date_format
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from content import timezones
from content.dated import Precision
from content.timezones import zone_words

THIN_DASH = "–"


def _language(language: str | None) -> str:
    return (language or get_language() or "ru")[:2]


def _formatted(day: datetime.date, pattern: str, language: str) -> str:
    with translation.override(language):
        return date_format(day, pattern)


def day_text(day: datetime.date, language: str | None = None) -> str:
    """28 February 2020; 28 февраля 2020."""
    return _formatted(day, "j E Y", _language(language))


def partial_text(day: datetime.date, precision: str, language: str | None = None) -> str:
    """A partial date, never more precise than it is known: 2004; May 2004; 12 May 2004."""
    if precision == Precision.YEAR:
        return str(day.year)
    if precision == Precision.MONTH:
        code = _language(language)
        month = _formatted(day, "F Y", code)
        return month.lower() if code == "ru" else month
    return day_text(day, language)


def since_text(day: datetime.date, precision: str, language: str | None = None) -> str:
    """A partial date after "since": 2004, May 2004; in Russian in the genitive: мая 2004 года."""
    code = _language(language)
    if code != "ru":
        return partial_text(day, precision, code)
    pattern = {Precision.YEAR: "Y", Precision.MONTH: "E Y"}.get(precision, "j E Y")
    return f"{_formatted(day, pattern, code)} года"


def local_day(moment: datetime.datetime, zone: zoneinfo.ZoneInfo) -> datetime.date:
    """The day that a moment falls on by the clock of a zone."""
    return moment.astimezone(zone).date()


def period_text(
    start: datetime.datetime,
    end: datetime.datetime,
    zone: zoneinfo.ZoneInfo,
    language: str | None = None,
) -> str:
    """The days of a span by the clock of a zone: 11–12 February 2027."""
    return days_text(local_day(start, zone), local_day(end, zone), language)


def days_text(first: datetime.date, last: datetime.date, language: str | None = None) -> str:
    """11 February 2027; 11–12 February 2027; 28 February – 2 March 2027."""
    code = _language(language)
    if first == last:
        return day_text(first, code)
    if (first.year, first.month) == (last.year, last.month):
        return f"{first.day}{THIN_DASH}{day_text(last, code)}"
    pattern = "j E" if first.year == last.year else "j E Y"
    return f"{_formatted(first, pattern, code)} {THIN_DASH} {day_text(last, code)}"


def time_text(moment: datetime.datetime, zone: zoneinfo.ZoneInfo) -> str:
    """The hour by the clock of a zone: 11:00."""
    return f"{moment.astimezone(zone):%H:%M}"


def moment_text(
    moment: datetime.datetime, zone: zoneinfo.ZoneInfo, language: str | None = None
) -> str:
    """A moment with its zone in words: 28 April 2020, 11:00 Kazan time (UTC+3)."""
    code = _language(language)
    day = day_text(local_day(moment, zone), code)
    return f"{day}, {time_text(moment, zone)} {zone_words(moment, zone, code)}"


def own_clock(moment: datetime.datetime, zone: zoneinfo.ZoneInfo) -> str:
    """The same moment by the clock of the signed-in reader: "14:00 Bishkek time (yours)".

    With the day where it is another one; empty where the clocks agree, and for visitors.
    """
    own = timezones.reader_zone.get()
    if own is None or moment.astimezone(own).utcoffset() == moment.astimezone(zone).utcoffset():
        return ""
    hour = time_text(moment, own)
    if local_day(moment, own) != local_day(moment, zone):
        hour = f"{day_text(local_day(moment, own))}, {hour}"
    return " ".join([hour, timezones.clock_words(own), _("(yours)")])


def grouped(number: int | None, language: str | None = None) -> str:
    """A whole number with its thousands apart: 561,165; 561 165 (four digits stay together)."""
    if number is None:
        return ""
    text = f"{number:,}"
    if _language(language) == "ru":
        return str(number) if abs(number) < 10_000 else text.replace(",", "\u00a0")
    return text
