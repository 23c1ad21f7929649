"""How events are written: days for a list, hours by the clock of the place, a queue in words."""

import datetime
import zoneinfo

from django.utils import translation
from django.utils.formats import date_format
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from content import dates, timezones

# Zones of members from west to east: one for every hour that clocks in the region show.
MEMBER_ZONES = (
    "Europe/Kaliningrad", "Europe/Moscow", "Asia/Yerevan", "Asia/Tashkent", "Asia/Bishkek",
    "Asia/Novosibirsk", "Asia/Ulaanbaatar", "Asia/Yakutsk", "Asia/Vladivostok", "Asia/Magadan",
)  # fmt: skip


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


def elsewhere(start: datetime.datetime, zone: zoneinfo.ZoneInfo) -> list[dict[str, str]]:
    """When an event starts in other cities: `clock`, `time`, `offset`; one row for every offset."""
    rows, seen = [], {start.astimezone(zone).utcoffset()}
    for key in MEMBER_ZONES:
        own = zoneinfo.ZoneInfo(key)
        moment = start.astimezone(own)
        if moment.utcoffset() in seen:
            continue
        seen.add(moment.utcoffset())
        rows.append(
            {
                "clock": timezones.clock_words(own),
                "time": f"{date_format(moment.date(), 'j E')}, {moment:%H:%M}",
                "offset": timezones.utc_offset(start, own),
            }
        )
    return rows


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
