"""How events are written: days for a list, hours by the clock of the place, a queue in words."""

import datetime
import zoneinfo

from django.utils import translation
from django.utils.formats import date_format
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from content import dates
from content.dated import Precision
from content.languages import in_language
from events.models import Event

# What is spoken at events of the region, the codes of the languages in that order.
LANGUAGES = {
    "ru": gettext_lazy("Russian"),
    "en": gettext_lazy("English"),
    "hy": gettext_lazy("Armenian"),
    "az": gettext_lazy("Azerbaijani"),
    "ba": gettext_lazy("Bashkir"),
    "be": gettext_lazy("Belarusian"),
    "bg": gettext_lazy("Bulgarian"),
    "zh": gettext_lazy("Chinese"),
    "cv": gettext_lazy("Chuvash"),
    "fr": gettext_lazy("French"),
    "kk": gettext_lazy("Kazakh"),
    "ky": gettext_lazy("Kyrgyz"),
    "mn": gettext_lazy("Mongolian"),
    "ro": gettext_lazy("Romanian"),
    "es": gettext_lazy("Spanish"),
    "tg": gettext_lazy("Tajik"),
    "tt": gettext_lazy("Tatar"),
    "tr": gettext_lazy("Turkish"),
    "tk": gettext_lazy("Turkmen"),
    "uz": gettext_lazy("Uzbek"),
    "sah": gettext_lazy("Yakut"),
    "rsl": gettext_lazy("Russian Sign Language"),
}
ROMAN = (
    (1000, "M"), (900, "CM"), (500, "D"), (400, "CD"), (100, "C"), (90, "XC"), (50, "L"),
    (40, "XL"), (10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I"),
)  # fmt: skip


def languages_text(codes: list[str]) -> str:
    """Names of languages in the order of the list: "Russian, English"; lower case in Russian."""
    names = ", ".join(str(LANGUAGES.get(code, code)) for code in codes)
    return names.lower() if get_language() == "ru" else names


def roman(number: int) -> str:
    """A number of an edition: 7 is VII."""
    written = ""
    for value, letters in ROMAN:
        count, number = divmod(number, value)
        written += letters * count
    return written


def days_text(event: Event, language: str | None = None) -> str:
    """The days of an event, never more precise than they are known: 11–12 May 2027; October 2020.

    By the clock of the event.
    """
    if event.is_tentative:
        day = dates.local_day(event.starts_at, event.zone)
        return dates.partial_text(day, event.date_precision, language)
    return dates.period_text(event.starts_at, event.ends_at, event.zone, language)


def when_of(event: Event, language: str | None = None) -> str:
    """Days and hours of an event by its own clock; of a tentative one what is known."""
    if event.is_tentative:
        return days_text(event, language)
    return when_text(event.starts_at, event.ends_at, event.zone, language)


def machine_day(event: Event) -> str:
    """The first day for a `datetime` attribute: 2027-05-11, 2020-10, 2020."""
    pattern = {Precision.YEAR: "%Y", Precision.MONTH: "%Y-%m"}.get(event.date_precision, "%Y-%m-%d")
    return dates.local_day(event.starts_at, event.zone).strftime(pattern)


def title_with_state(event: Event, language: str) -> tuple[str, str]:
    """The title as calendars show it, "Cancelled: …" in front where it is; and its language."""
    title, code = in_language(event, "title", language)
    with translation.override(code):
        if event.is_cancelled:
            return _("Cancelled: %(title)s") % {"title": title}, code
        if event.is_postponed:
            return _("Postponed: %(title)s") % {"title": title}, code
    return title, code


def day_and_month(
    start: datetime.datetime, end: datetime.datetime, zone: zoneinfo.ZoneInfo
) -> tuple[str, str]:
    """The date of a row in two lines: ("11–12", "Feb 2027"), ("28", "Feb – 2 Mar 2027")."""
    first, last = dates.local_day(start, zone), dates.local_day(end, zone)
    month = "M" if get_language() == "en" else "E"
    if first == last:
        return str(first.day), date_format(first, f"{month} Y")
    if (first.year, first.month) == (last.year, last.month):
        return f"{first.day}–{last.day}", date_format(last, f"{month} Y")
    pattern = month if first.year == last.year else f"{month} Y"
    return str(first.day), f"{date_format(first, pattern)} – {date_format(last, f'j {month} Y')}"


def when_text(
    start: datetime.datetime,
    end: datetime.datetime,
    zone: zoneinfo.ZoneInfo,
    language: str | None = None,
) -> str:
    """Days and hours by the clock of a zone, without naming it.

    "Thursday 20 May 2027, 10:00–14:00"; "Thursday 20 May 2027, 10:00, to Saturday 22 May 2027,
    14:00".
    """
    with translation.override(language or get_language()):
        first, last = start.astimezone(zone), end.astimezone(zone)
        words = {"start": _day_and_hour(first), "end": _day_and_hour(last)}
        if first == last:
            return words["start"]
        if first.date() == last.date():
            return f"{words['start']}–{last:%H:%M}"
        return _("%(start)s, to %(end)s") % words


def _day_and_hour(moment: datetime.datetime) -> str:
    if get_language() == "en":
        return f"{date_format(moment.date(), 'l j F Y')}, {moment:%H:%M}"
    return f"{date_format(moment.date(), 'l, j E Y').lower()}, {moment:%H:%M}"


def ordinal(number: int, language: str | None = None) -> str:
    """1st, 2nd, 3rd, 11th; 1-е, 2-е (of a place in a queue)."""
    if (language or get_language() or "ru")[:2] == "ru":
        return f"{number}-е"
    if number % 100 in (11, 12, 13):
        return f"{number}th"
    return f"{number}{ {1: 'st', 2: 'nd', 3: 'rd'}.get(number % 10, 'th') }"


def state_words(participant, position: int | None = None) -> str:
    """The state of one person as the cabinet and the letters say it, with their place in a queue.

    Reads `participant.event` for the clock of an offer.
    """
    status = participant.Status
    match participant.status:
        case status.CONFIRMED:
            return _("has a place")
        case status.OFFERED:
            until = dates.moment_text(participant.offer_expires_at, participant.event.zone)
            return _("a place is offered until %(moment)s") % {"moment": until}
        case status.WAITING if position:
            return _("%(ordinal)s on the waiting list") % {"ordinal": ordinal(position)}
        case status.CANCELLED if participant.departure:
            return participant.get_departure_display()
    return participant.get_status_display()
