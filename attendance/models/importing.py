"""Reports of online platforms: who was in the session, matched to people and cities."""

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from content.models import PrivateFile
from events.models import Event, Participant
from members.models import Member


class AttendanceReport(models.Model):
    """One file of a platform about one event. The same file is taken once."""

    event = models.ForeignKey(
        Event, on_delete=models.PROTECT, related_name="attendance_reports",
        verbose_name=_("event"),
    )  # fmt: skip
    file = models.ForeignKey(
        PrivateFile, on_delete=models.PROTECT, related_name="+", verbose_name=_("file")
    )
    sha256 = models.CharField(max_length=64, editable=False)
    # Addresses that are not guests: the account that held the session.
    hosts = models.CharField(_("accounts of the hosts"), max_length=400, blank=True)
    lines = models.PositiveIntegerField(_("rows of the file"), default=0)
    uploaded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+",
        verbose_name=_("uploaded by"),
    )  # fmt: skip
    uploaded_at = models.DateTimeField(_("uploaded"), auto_now_add=True)

    class Meta:
        verbose_name = _("attendance report")
        verbose_name_plural = _("attendance reports")
        ordering = ["-uploaded_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["event", "sha256"], name="attendance_report_file_once",
                violation_error_message=_("This file was taken already."),
            )
        ]  # fmt: skip

    def __str__(self):
        return f"{self.event}: {self.file}"


class Attendee(models.Model):
    """One person of a report: its rows merged, and who staff and the portal say it is."""

    class Outcome(models.TextChoices):
        MATCHED = "matched", _("matched")
        OFFERED = "offered", _("to be chosen")
        UNKNOWN = "unknown", _("unknown")
        IGNORED = "ignored", _("not counted")

    class How(models.TextChoices):
        EMAIL = "email", _("by e-mail")
        NAME = "name", _("by name")
        NAME_AND_CITY = "city_name", _("by name and city")
        CITY = "city", pgettext_lazy("matched", "by city")
        STAFF = "staff", _("by the secretariat")
        TEST = "test", _("a test")
        HOST = "host", _("the host's account")
        NOBODY = "", _("not matched")

    report = models.ForeignKey(
        AttendanceReport, on_delete=models.CASCADE, related_name="attendees",
        verbose_name=_("attendance report"),
    )  # fmt: skip
    # Rows of the file, counted from 1 without the heading.
    lines = ArrayField(models.PositiveIntegerField(), verbose_name=_("rows of the file"))
    name = models.CharField(_("name"), max_length=300)
    email = models.CharField(_("e-mail"), max_length=254, blank=True)
    joined_at = models.DateTimeField(_("joined"), null=True, blank=True)
    left_at = models.DateTimeField(_("left"), null=True, blank=True)
    minutes = models.PositiveIntegerField(_("minutes"), null=True, blank=True)
    outcome = models.CharField(_("outcome"), max_length=7, choices=Outcome)
    how = models.CharField(_("how"), max_length=9, choices=How, blank=True, default="")
    participant = models.ForeignKey(
        Participant, null=True, blank=True, on_delete=models.SET_NULL,
        related_name="attended_reports", verbose_name=_("participant"),
    )  # fmt: skip
    member = models.ForeignKey(
        Member, null=True, blank=True, on_delete=models.PROTECT, related_name="+",
        verbose_name=_("member"),
    )  # fmt: skip
    country = models.CharField(_("country"), max_length=2, blank=True)
    # [{"participant": 17, "member": 4, "points": 80}, …], the likeliest first.
    guesses = models.JSONField(default=list, editable=False)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT,
        related_name="+", verbose_name=_("decided by"),
    )  # fmt: skip
    decided_at = models.DateTimeField(_("decided"), null=True, blank=True)

    class Meta:
        verbose_name = _("person of a report")
        verbose_name_plural = _("people of a report")
        ordering = ["report", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(outcome="offered") | Q(decided_at__isnull=True),
                name="attendance_attendee_offered_is_open",
            )
        ]
        indexes = [
            models.Index(
                fields=["report"], condition=Q(outcome="offered"), name="attendance_attendee_open"
            )
        ]

    def __str__(self):
        return self.name
