"""When the planner and the delivery last ran, and how it went."""

import datetime
import zoneinfo
from collections.abc import Mapping

from django.conf import settings
from django.db import models, transaction
from django.db.models import F, Q
from django.db.models.functions import Coalesce
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


def association_day(at: datetime.datetime) -> datetime.date:
    """The day it is for the association, whose days turn in its own zone."""
    return at.astimezone(zoneinfo.ZoneInfo(settings.ASSOCIATION_TIME_ZONE)).date()


class HeartbeatQuerySet(models.QuerySet):
    def record_run(self, name: str, counts: Mapping[str, int]) -> None:
        """Note a run now, its counts, and their sum over the day (the association's day)."""
        now = timezone.now()
        today = association_day(now)
        self.get_or_create(name=name)
        with transaction.atomic():
            beat = self.select_for_update().get(name=name)
            day = beat.counts_of(today)
            day |= {str(key): day.get(key, 0) + n for key, n in counts.items()}
            beat.counts = {"run": dict(counts), "day": day, "on": today.isoformat()}
            beat.last_run_at = now
            beat.save(update_fields=["counts", "last_run_at"])

    def record_answer(self, name: str, *, is_success: bool) -> None:
        """Note that the other side (the mail server) answers; a success keeps its moment."""
        healthy = {"failing_since": None, "next_try_at": None, "last_error": ""}
        if is_success:
            healthy["last_ok_at"] = timezone.now()
        self.update_or_create(name=name, defaults=healthy)

    def record_failure(self, name: str, error: str, next_try_at: datetime.datetime) -> None:
        """Note that the other side does not answer; the first such note keeps its time."""
        self.get_or_create(name=name)
        self.filter(name=name).update(
            failing_since=Coalesce(F("failing_since"), timezone.now()),
            last_error=error,
            next_try_at=next_try_at,
        )

    def may_try(self, name: str, next_try_at: datetime.datetime) -> bool:
        """Whether to try the other side now.

        While it fails only one caller is let through, and the next one at `next_try_at`.
        """
        failing = self.filter(name=name, failing_since__isnull=False)
        if not failing.exists():
            return True
        due = failing.filter(Q(next_try_at__isnull=True) | Q(next_try_at__lte=timezone.now()))
        return due.update(next_try_at=next_try_at) == 1


class Heartbeat(models.Model):
    PLANNER = "planner"
    DELIVERY = "delivery"

    name = models.CharField(_("name"), max_length=20, unique=True)
    last_run_at = models.DateTimeField(_("last run"), null=True, blank=True)
    last_ok_at = models.DateTimeField(_("last success"), null=True, blank=True)
    failing_since = models.DateTimeField(_("failing since"), null=True, blank=True)
    next_try_at = models.DateTimeField(_("next try"), null=True, blank=True)
    last_error = models.CharField(_("last error"), max_length=500, blank=True)
    # {"run": counts of the last run, "day": their sum over the day, "on": that day}
    counts = models.JSONField(_("counts"), default=dict)

    objects = HeartbeatQuerySet.as_manager()

    class Meta:
        verbose_name = _("heartbeat")
        verbose_name_plural = _("heartbeats")
        default_permissions = ("view",)

    def __str__(self):
        return self.name

    def counts_of(self, day: datetime.date) -> dict[str, int]:
        """The sums of a day; empty when nothing has run on it yet."""
        return dict(self.counts["day"]) if self.counts.get("on") == day.isoformat() else {}
