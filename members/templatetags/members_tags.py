"""Pieces of the cabinet's pages."""

import datetime

from django import template
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from content import dated
from content.dates import local_day, own_clock, time_text
from content.timezones import association_zone, zone_words
from members.attention import Attention
from members.profile import LABELS

register = template.Library()


@register.simple_tag
def profile_label(field: str) -> Promise | str:
    """The name of a profile field for people."""
    return LABELS.get(field, field)


@register.simple_tag
def day_and_month(value: datetime.date | datetime.datetime) -> SafeString:
    """3 December; 3 декабря; of a moment, the day by the association's clock."""
    if isinstance(value, datetime.datetime):
        value = local_day(value, association_zone())
    return format_html(
        '<time datetime="{}">{}</time>', value.isoformat(), date_format(value, "j E")
    )


@register.simple_tag
def deadline_words(one: Attention) -> str:
    """How long there is, and of a moment the hour, whose clock, and the reader's own.

    "in 24 days · 23:59 Kazan time (UTC+3) · 02:59 Bishkek time (yours)"; "in 2 hours · …".
    """
    if not isinstance(one.deadline, datetime.datetime):
        left = (one.day - dated.today()).days
        return _("overdue") if left < 0 else _days_left(left)
    zone, now = one.time_zone, timezone.now()
    if one.deadline <= now:
        return _("overdue")
    clock = f"{time_text(one.deadline, zone)} {zone_words(one.deadline, zone)}"
    words = [_time_left(one.deadline, now, zone), clock, own_clock(one.deadline, zone)]
    return " · ".join(filter(None, words))


def _days_left(days: int) -> str:
    return ngettext("in %(n)d day", "in %(n)d days", days) % {"n": days} if days else _("today")


def _time_left(deadline: datetime.datetime, now: datetime.datetime, zone) -> str:
    """In hours up to two days before the moment, in days by the clock of its zone before that."""
    hours = int((deadline - now).total_seconds()) // 3600
    if hours < 1:
        return _("in less than an hour")
    if hours < 48:
        return ngettext("in %(n)d hour", "in %(n)d hours", hours) % {"n": hours}
    return _days_left((local_day(deadline, zone) - local_day(now, zone)).days)
