"""Times in the admin: entered by the association's clock, and said so beside every field."""

from django.db import models
from django.utils import timezone
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from content.timezones import association_zone, zone_words


class StaffTimeMixin:
    """For ModelAdmin: every time field says whose clock it is entered by."""

    def formfield_for_dbfield(self, db_field, request, **kwargs):
        field = super().formfield_for_dbfield(db_field, request, **kwargs)
        if isinstance(db_field, models.DateTimeField) and field is not None:
            words = zone_words(timezone.now(), association_zone())
            clock = _("By this clock: %s.") % words
            field.help_text = format_html("{} {}", clock, field.help_text or "")
        return field
