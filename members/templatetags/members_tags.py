"""Pieces of the cabinet's pages."""

import datetime

from django import template
from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from content import dated
from content.dates import local_day, time_text
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
    """How long there is: "in 24 days"; the hour and whose clock, where a moment is meant."""
    left = (one.day - dated.today()).days
    if left < 0:
        return _("overdue")
    words = (
        _("today") if not left else ngettext("in %(n)d day", "in %(n)d days", left) % {"n": left}
    )
    if isinstance(one.deadline, datetime.datetime):
        zone = one.time_zone
        return f"{words}, {time_text(one.deadline, zone)} {zone_words(one.deadline, zone)}"
    return words
