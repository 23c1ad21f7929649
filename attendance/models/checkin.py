"""Who came through the door, and the doors themselves."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from events.models import Event, Participant


class DoorPass(models.Model):
    """A link for somebody who helps at a door: one event, one day, no account."""

    event = models.ForeignKey(
        Event, on_delete=models.PROTECT, related_name="door_passes", verbose_name=_("event")
    )
    name = models.CharField(
        _("door"), max_length=80, help_text=_("Which door, or who stands at it.")
    )
    token_hash = models.CharField(max_length=64, unique=True, editable=False)
    # The day in the zone of the event; the link works from its midnight to the next one.
    valid_on = models.DateField(_("works on"))
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+",
        verbose_name=_("given by"),
    )  # fmt: skip
    created_at = models.DateTimeField(_("given"), auto_now_add=True)
    revoked_at = models.DateTimeField(_("taken back"), null=True, blank=True)

    class Meta:
        verbose_name = _("link for a door")
        verbose_name_plural = _("links for doors")
        ordering = ["event", "valid_on", "name"]

    def __str__(self):
        return f"{self.name}: {self.event}"


class CheckIn(models.Model):
    """One person came to one event or one part of it. Undone ones stay in sight."""

    class Way(models.TextChoices):
        CAMERA = "camera", _("by the camera")
        CODE = "code", _("by the typed code")
        NAME = "name", _("found by name")

    event = models.ForeignKey(
        Event, on_delete=models.PROTECT, related_name="check_ins", verbose_name=_("event")
    )
    participant = models.ForeignKey(
        Participant, on_delete=models.CASCADE, related_name="check_ins",
        verbose_name=_("participant"),
    )  # fmt: skip
    # The form, or the scan kept on the phone: sent twice, it is one scan.
    key = models.UUIDField(unique=True, default=uuid.uuid4, editable=False)
    way = models.CharField(_("how"), max_length=6, choices=Way, default=Way.CODE)
    at = models.DateTimeField(_("came at"))
    noted_at = models.DateTimeField(auto_now_add=True)
    door = models.ForeignKey(
        DoorPass, null=True, blank=True, on_delete=models.PROTECT, related_name="check_ins",
        verbose_name=_("door"),
    )  # fmt: skip
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT,
        related_name="+", verbose_name=_("let in by"),
    )  # fmt: skip
    undone_at = models.DateTimeField(_("undone"), null=True, blank=True)

    class Meta:
        verbose_name = _("check-in")
        verbose_name_plural = _("check-ins")
        ordering = ["-at", "-pk"]
        permissions = [("check_in", _("Can check people in at the door"))]
        constraints = [
            models.UniqueConstraint(
                fields=["event", "participant"], condition=Q(undone_at__isnull=True),
                name="attendance_checkin_once",
            ),
            models.CheckConstraint(
                condition=Q(door__isnull=False) | Q(by__isnull=False),
                name="attendance_checkin_by_somebody",
            ),
        ]  # fmt: skip
        indexes = [
            models.Index(
                fields=["event", "at"], condition=Q(undone_at__isnull=True),
                name="attendance_checkin_present",
            )
        ]  # fmt: skip

    def __str__(self):
        return f"{self.participant}: {self.event}"
