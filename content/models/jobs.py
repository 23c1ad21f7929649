"""Long work that somebody asked for: done by a worker, watched on a page."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from content.models.files import PrivateFile


class JobQuerySet(models.QuerySet):
    def for_user(self, user):
        """The jobs this person asked for; superusers see those of others as well."""
        if not user.is_authenticated:
            return self.none()
        return self if user.is_superuser else self.filter(asked_by=user)


class Job(models.Model):
    """One piece of long work: what was asked, how far it is, what it made, what failed."""

    class State(models.TextChoices):
        WAITING = "waiting", _("waiting for a worker")
        RUNNING = "running", _("being done")
        DONE = "done", _("done")
        FAILED = "failed", _("stopped by an error")

    # One key, one job: a second click on the same form asks for nothing more.
    key = models.UUIDField(_("key"), unique=True, default=uuid.uuid4, editable=False)
    kind = models.CharField(_("kind"), max_length=60)
    title = models.CharField(_("title"), max_length=300)
    params = models.JSONField(default=dict, editable=False)
    language = models.CharField(_("language"), max_length=2, default="ru")
    state = models.CharField(_("state"), max_length=7, choices=State, default=State.WAITING)
    done = models.PositiveIntegerField(_("done"), default=0)
    total = models.PositiveIntegerField(_("of all"), default=0)
    # [{"key": "17", "label": "Kazan", "why": "no name"}, …]; a rerun makes only these.
    failed = models.JSONField(_("not done"), default=list, editable=False)
    only = models.JSONField(default=list, editable=False)
    error = models.CharField(_("error"), max_length=500, blank=True)
    result = models.ForeignKey(
        PrivateFile, null=True, blank=True, on_delete=models.PROTECT, related_name="+",
        verbose_name=_("file"),
    )  # fmt: skip
    # A rerun makes a file of what had failed; the files before it hold the rest.
    earlier = models.ManyToManyField(PrivateFile, related_name="+", editable=False)
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+",
        verbose_name=_("asked by"),
    )  # fmt: skip
    asked_at = models.DateTimeField(_("asked"), auto_now_add=True)
    # When the worker last wrote; a run that is silent for long is taken up again.
    beat_at = models.DateTimeField(null=True, blank=True, editable=False)
    runs = models.PositiveSmallIntegerField(default=0, editable=False)
    finished_at = models.DateTimeField(_("finished"), null=True, blank=True)

    objects = JobQuerySet.as_manager()

    class Meta:
        verbose_name = _("long work")
        verbose_name_plural = _("long works")
        ordering = ["-asked_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=["done", "failed"], finished_at__isnull=False)
                | Q(state__in=["waiting", "running"], finished_at__isnull=True),
                name="content_job_finished_when",
            ),
            models.CheckConstraint(
                condition=~Q(state="running") | Q(beat_at__isnull=False),
                name="content_job_running_beats",
            ),
        ]
        indexes = [
            models.Index(
                fields=["asked_at"], condition=Q(state__in=["waiting", "running"]),
                name="content_job_open",
            )
        ]  # fmt: skip

    def __str__(self):
        return self.title

    def get_absolute_url(self):
        return reverse("admin:content_job_change", args=[self.pk])

    @property
    def is_over(self) -> bool:
        return self.state in (self.State.DONE, self.State.FAILED)
