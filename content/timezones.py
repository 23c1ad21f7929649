"""Time zones in words: "Kazan time (UTC+3)" and «по Казани (UTC+3)», never an abbreviation."""

import datetime
import functools
import zoneinfo
from contextvars import ContextVar

from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from content.languages import reading_order

# IANA zone -> the city in English, and in the Russian dative after «по».
# Kazan keeps Moscow time: it is the association's own clock.
CITIES = {
    "Asia/Almaty": ("Astana", "Астане"),
    "Asia/Aqtau": ("Aktau", "Актау"),
    "Asia/Aqtobe": ("Aktobe", "Актобе"),
    "Asia/Ashgabat": ("Ashgabat", "Ашхабаду"),
    "Asia/Baku": ("Baku", "Баку"),
    "Asia/Barnaul": ("Barnaul", "Барнаулу"),
    "Asia/Bishkek": ("Bishkek", "Бишкеку"),
    "Asia/Chita": ("Chita", "Чите"),
    "Asia/Dushanbe": ("Dushanbe", "Душанбе"),
    "Asia/Irkutsk": ("Irkutsk", "Иркутску"),
    "Asia/Kamchatka": ("Petropavlovsk-Kamchatsky", "Петропавловску-Камчатскому"),
    "Asia/Krasnoyarsk": ("Krasnoyarsk", "Красноярску"),
    "Asia/Magadan": ("Magadan", "Магадану"),
    "Asia/Novokuznetsk": ("Kemerovo", "Кемерову"),
    "Asia/Novosibirsk": ("Novosibirsk", "Новосибирску"),
    "Asia/Omsk": ("Omsk", "Омску"),
    "Asia/Oral": ("Oral", "Уральску"),
    "Asia/Qostanay": ("Kostanay", "Костанаю"),
    "Asia/Sakhalin": ("Yuzhno-Sakhalinsk", "Южно-Сахалинску"),
    "Asia/Samarkand": ("Samarkand", "Самарканду"),
    "Asia/Tashkent": ("Tashkent", "Ташкенту"),
    "Asia/Tomsk": ("Tomsk", "Томску"),
    "Asia/Ulaanbaatar": ("Ulaanbaatar", "Улан-Батору"),
    "Asia/Vladivostok": ("Vladivostok", "Владивостоку"),
    "Asia/Yakutsk": ("Yakutsk", "Якутску"),
    "Asia/Yekaterinburg": ("Yekaterinburg", "Екатеринбургу"),
    "Asia/Yerevan": ("Yerevan", "Еревану"),
    "Europe/Astrakhan": ("Astrakhan", "Астрахани"),
    "Europe/Chisinau": ("Chișinău", "Кишинёву"),
    "Europe/Istanbul": ("Istanbul", "Стамбулу"),
    "Europe/Kaliningrad": ("Kaliningrad", "Калининграду"),
    "Europe/Kirov": ("Kirov", "Кирову"),
    "Europe/Minsk": ("Minsk", "Минску"),
    "Europe/Moscow": ("Kazan", "Казани"),
    "Europe/Samara": ("Samara", "Самаре"),
    "Europe/Saratov": ("Saratov", "Саратову"),
    "Europe/Ulyanovsk": ("Ulyanovsk", "Ульяновску"),
    "Europe/Volgograd": ("Volgograd", "Волгограду"),
    "UTC": ("UTC", "всемирному времени"),
}


# Set by the accounts' middleware for the time of a request of a signed-in reader. The current time
# zone of Django stays the association's: forms are entered by its clock, and days turn with it.
reader_zone: ContextVar[zoneinfo.ZoneInfo | None] = ContextVar("reader_zone", default=None)


def association_zone() -> zoneinfo.ZoneInfo:
    return zoneinfo.ZoneInfo(settings.ASSOCIATION_TIME_ZONE)


@functools.cache
def _known() -> frozenset[str]:
    return frozenset(zoneinfo.available_timezones())


def validate_time_zone(name: str) -> None:
    """Raise ValidationError unless `name` is a time zone that this machine knows."""
    if name not in _known():
        raise ValidationError(_("There is no such time zone."), code="time_zone")


def utc_offset(moment: datetime.datetime, zone: zoneinfo.ZoneInfo) -> str:
    """The offset of a zone at a moment: "UTC+3", "UTC+5:30", "UTC−2"."""
    minutes = int(moment.astimezone(zone).utcoffset().total_seconds()) // 60
    hours, rest = divmod(abs(minutes), 60)
    sign = "−" if minutes < 0 else "+"
    return f"UTC{sign}{hours}" + (f":{rest:02d}" if rest else "")


def clock_words(zone: zoneinfo.ZoneInfo, language: str | None = None) -> str:
    """Whose clock it is: "Kazan time", «по Казани»."""
    english, russian = CITIES.get(zone.key, (zone.key.rpartition("/")[2].replace("_", " "), ""))
    if reading_order(language)[0] == "ru":
        return f"по {russian}" if russian else f"по часовому поясу {english}"
    return f"{english} time"


def zone_words(
    moment: datetime.datetime, zone: zoneinfo.ZoneInfo, language: str | None = None
) -> str:
    """Whose clock it is, and how far from UTC at that moment: "Kazan time (UTC+3)"."""
    return f"{clock_words(zone, language)} ({utc_offset(moment, zone)})"


def choices() -> list[tuple[str, str]]:
    """Zones of the region for a form, nearest to Greenwich first, named by their offset today."""
    now = datetime.datetime.now(datetime.UTC)
    known = [(zoneinfo.ZoneInfo(key), key) for key in CITIES]
    known.sort(key=lambda pair: (now.astimezone(pair[0]).utcoffset(), pair[1]))
    russian = reading_order()[0] == "ru"
    return [
        (key, f"{utc_offset(now, zone)} · {_name(key) if russian else CITIES[key][0]}")
        for zone, key in known
    ]


def _name(key: str) -> str:
    return f"по {CITIES[key][1]}"
