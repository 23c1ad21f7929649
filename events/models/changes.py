"""What befell an announced event, and what staff wrote to its people: told once, by a worker."""

import uuid
import zoneinfo

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from events.models.event import Event


class EventChange(models.Model):
    """An announced event was cancelled, postponed or moved: how it was, how it is, who says so.

    The row is the promise to write to everybody; `told_at` is when the last letter was written.
    """

    class What(models.TextChoices):
        CANCELLED = "cancelled", pgettext_lazy("an event", "cancelled")
        POSTPONED = "postponed", pgettext_lazy("an event", "postponed")
        MOVED = "moved", pgettext_lazy("an event", "moved")
        NEW_DATE = "new_date", pgettext_lazy("an event", "new date announced")

    event = models.ForeignKey(
        Event, on_delete=models.CASCADE, related_name="changes", verbose_name=_("event")
    )
    what = models.CharField(_("what happened"), max_length=9, choices=What)
    old_starts_at = models.DateTimeField()
    old_ends_at = models.DateTimeField()
    old_time_zone = models.CharField(max_length=64)
    old_place = models.CharField(max_length=200, blank=True)
    # Empty while nobody knows when it will be.
    new_starts_at = models.DateTimeField(null=True, blank=True)
    new_ends_at = models.DateTimeField(null=True, blank=True)
    new_time_zone = models.CharField(max_length=64, blank=True)
    new_place = models.CharField(max_length=200, blank=True)
    note = models.CharField(_("why"), max_length=300, blank=True)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    at = models.DateTimeField(default=timezone.now)
    tells = models.BooleanField(default=True)
    told_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("change of an event")
        verbose_name_plural = _("changes of events")
        ordering = ["event", "-at", "-pk"]
        indexes = [
            models.Index(
                fields=["id"], condition=Q(tells=True, told_at__isnull=True),
                name="events_eventchange_to_tell",
            )
        ]  # fmt: skip

    def __str__(self):
        return f"{self.event}: {self.get_what_display()}"

    @property
    def old_zone(self) -> zoneinfo.ZoneInfo:
        return zoneinfo.ZoneInfo(self.old_time_zone)

    @property
    def has_new_time(self) -> bool:
        """Whether the time differs, rather than the place alone."""
        old = (self.old_starts_at, self.old_ends_at, self.old_time_zone)
        return (self.new_starts_at, self.new_ends_at, self.new_time_zone) != old

    @property
    def has_new_place(self) -> bool:
        return any(
            (getattr(self, f"old_place_{code}") or "") != (getattr(self, f"new_place_{code}") or "")
            for code in ("ru", "en")
        )


class EventLetter(models.Model):
    """A letter of staff to audiences of an event; `done_at` is when the last one was written."""

    event = models.ForeignKey(
        Event, on_delete=models.CASCADE, related_name="letters", verbose_name=_("event")
    )
    audiences = ArrayField(models.CharField(max_length=30), verbose_name=_("to whom"))
    subject = models.CharField(pgettext_lazy("of a letter", "subject"), max_length=150)
    text = models.TextField(pgettext_lazy("of a letter", "text"))
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    at = models.DateTimeField(default=timezone.now)
    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    # What staff saw and confirmed: names on the list, those without an address among them.
    names = models.PositiveIntegerField(default=0)
    without_address = models.PositiveIntegerField(default=0)
    done_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("letter to participants")
        verbose_name_plural = _("letters to participants")
        ordering = ["event", "-at"]

    def __str__(self):
        return self.subject

    @property
    def occasion(self) -> str:
        return f"events.letter:{self.pk}"
