"""When the people of an event are reminded."""

import datetime

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from events.models.event import Event


class ReminderRule(models.Model):
    """Remind the people of an event so long before it starts."""

    event = models.ForeignKey(Event, on_delete=models.CASCADE, related_name="reminder_rules")
    hours_before = models.PositiveIntegerField(_("hours before the start"))

    class Meta:
        verbose_name = _("reminder")
        verbose_name_plural = _("reminders")
        ordering = ["-hours_before"]
        constraints = [
            models.UniqueConstraint(
                fields=["event", "hours_before"], name="events_reminderrule_once"
            )
        ]

    def __str__(self):
        return ngettext(
            "%(hours)d hour before the start", "%(hours)d hours before the start", self.hours_before
        ) % {"hours": self.hours_before}

    @property
    def due_at(self) -> datetime.datetime:
        return self.event.starts_at - datetime.timedelta(hours=self.hours_before)
