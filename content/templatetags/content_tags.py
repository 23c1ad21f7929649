"""Texts, pictures, days and moments on a page; fallback to the other language is always marked."""

import datetime
import zlib
import zoneinfo

from django import template
from django.conf import settings
from django.db import models
from django.templatetags.static import static
from django.utils import timezone
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language

from content import dates, timezones
from content.languages import in_language
from content.models import Picture
from content.richtext import clean_html
from content.templatetags.typography import typo

register = template.Library()


def _reader() -> str:
    return (get_language() or settings.LANGUAGE_CODE)[:2]


@register.simple_tag
def text(record: models.Model, field: str) -> SafeString | str:
    """A translated plain text; in a marked <span> when only the other language has it."""
    value, language = in_language(record, field)
    if not value:
        return ""
    shown = typo(value, language)
    if language == _reader():
        return shown
    return format_html('<span lang="{}">{}</span>', language, shown)


@register.simple_tag
def text_language(record: models.Model, field: str) -> str:
    """The language a field falls back to, for a `lang` attribute; empty when it is the reader's."""
    value, language = in_language(record, field)
    return language if value and language != _reader() else ""


@register.simple_tag
def html(record: models.Model, field: str) -> SafeString | str:
    """A translated rich text, sanitised once more; in a marked <div> when it is a fallback."""
    value, language = in_language(record, field)
    if not value:
        return ""
    # Sanitised by the allow-list just now: safe to mark.
    shown = typo(mark_safe(clean_html(value)), language)  # nosec # by the line above
    if language == _reader():
        return shown
    return format_html('<div lang="{}">{}</div>', language, shown)


@register.inclusion_tag("includes/fallback_note.html")
def fallback_note(record: models.Model, field: str = "body") -> dict:
    """The note on top of a page whose text exists in the other language only."""
    value, language = in_language(record, field)
    is_fallback = bool(value) and language != _reader()
    return {"language": language if is_fallback else "", "reader": _reader()}


@register.filter
def grouped(number: int | None) -> str:
    return dates.grouped(number)


@register.simple_tag
def day(value: datetime.date | datetime.datetime | None) -> SafeString | str:
    """A day; of a moment, the day by the association's clock."""
    if value is None:
        return ""
    if isinstance(value, datetime.datetime):
        value = dates.local_day(value, timezone.get_default_timezone())
    return format_html('<time datetime="{}">{}</time>', value.isoformat(), dates.day_text(value))


@register.simple_tag
def partial_day(value: datetime.date | None, precision: str) -> SafeString | str:
    """A partial date: "2004" stays "2004"."""
    if value is None:
        return ""
    machine = {"year": "%Y", "month": "%Y-%m"}.get(precision, "%Y-%m-%d")
    return format_html(
        '<time datetime="{}">{}</time>',
        value.strftime(machine),
        dates.partial_text(value, precision),
    )


def _zone(zone: zoneinfo.ZoneInfo | str) -> zoneinfo.ZoneInfo:
    return zoneinfo.ZoneInfo(zone) if isinstance(zone, str) else zone


@register.simple_tag
def moment(value: datetime.datetime | None, zone=None) -> SafeString | str:
    """A moment by the clock of `zone` (the association's by default), and by the reader's.

    "28 April 2020, 11:00 Kazan time (UTC+3) · 14:00 Bishkek time (yours)": the reader's clock only
    where it differs, with the day when it is another one.
    """
    if value is None:
        return ""
    zone = _zone(zone or timezones.association_zone())
    shown = format_html(
        '<time datetime="{}" data-local-time>{}</time>',
        value.astimezone(zone).isoformat(timespec="minutes"),
        dates.moment_text(value, zone),
    )
    own = dates.own_clock(value, zone)
    return format_html("{} · {}", shown, own) if own else shown


@register.simple_tag
def period(start: datetime.datetime, end: datetime.datetime, zone) -> SafeString:
    zone = _zone(zone)
    return format_html(
        '<time datetime="{}">{}</time>',
        dates.local_day(start, zone).isoformat(),
        dates.period_text(start, end, zone),
    )


@register.simple_tag
def picture(
    pic: Picture, sizes: str = "100vw", css: str = "", eager: bool = False, alt: str | None = None
) -> SafeString | str:
    """An <img> with the renditions that exist; nothing until the first one is made.

    `alt` overrides the picture's own text; give "" where the text beside it says the same.
    """
    renditions = [row for row in pic.renditions.all() if row.format == "webp"]
    if not renditions:
        return ""
    own, language = in_language(pic, "alt")
    if alt is None:
        alt = "" if pic.is_decorative else own
    source = format_html_join(", ", "{} {}w", ((row.file.url, row.width) for row in renditions))
    largest = renditions[-1]
    return format_html(
        '<img class="{}" src="{}" srcset="{}" sizes="{}" width="{}" height="{}" alt="{}"{}{}>',
        css,
        renditions[0].file.url,
        source,
        sizes,
        largest.width,
        largest.height,
        alt,
        format_html(' lang="{}"', language) if alt and language != _reader() else "",
        mark_safe(' fetchpriority="high"' if eager else ' loading="lazy"'),  # nosec # constant
    )


@register.simple_tag
def picture_or_tile(
    pic: Picture | None, slug: str, sizes: str = "100vw", css: str = "", eager: bool = False
) -> SafeString:
    """A picture as decoration of a link, or the gate tile that stands in for it."""
    if pic is not None and (shown := picture(pic, sizes, css, eager, alt="")):
        return shown
    number = zlib.crc32(slug.encode()) % 12 + 1
    return format_html(
        '<img class="{}" src="{}" width="600" height="400" alt=""{}>',
        css,
        static(f"img/tile-{number:02d}.svg"),
        mark_safe("" if eager else ' loading="lazy"'),  # nosec # constant
    )
