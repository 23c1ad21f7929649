"""Times in the admin: entered by the association's clock, and said so beside every field."""

from django.db import models
from django.utils import timezone
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from content.dates import own_clock, time_text
from content.timezones import association_zone, zone_words


def clock_help():
    """Whose clock a time in a form is entered by; with the reader's own where it differs."""
    now, zone = timezone.now(), association_zone()
    words = _("By this clock: %s.") % zone_words(now, zone)
    if own := own_clock(now, zone):
        here = _("Now it is %(hour)s there, %(own)s.") % {"hour": time_text(now, zone), "own": own}
        return f"{words} {here}"
    return words


class StaffTimeMixin:
    """For ModelAdmin: every time field says whose clock it is entered by."""

    def formfield_for_dbfield(self, db_field, request, **kwargs):
        field = super().formfield_for_dbfield(db_field, request, **kwargs)
        if isinstance(db_field, models.DateTimeField) and field is not None:
            field.help_text = format_html("{} {}", clock_help(), field.help_text or "")
        return field
