"""What was published of a programme: each version as it was, and what it changed."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from content.models import PrivateFile
from events.models import Event


class VersionQuerySet(models.QuerySet):
    def latest_of(self, event: Event) -> "ProgrammeVersion | None":
        """The version that the public sees; None while nothing is published."""
        return self.filter(event=event).order_by("-number").first()


class ProgrammeVersion(models.Model):
    """A programme as it was published: `snapshot` and `changes` as `programme.snapshots` has it."""

    event = models.ForeignKey(
        Event, on_delete=models.PROTECT, related_name="programme_versions", verbose_name=_("event")
    )
    number = models.PositiveIntegerField(_("version"))
    published_at = models.DateTimeField(_("published at"), auto_now_add=True)
    published_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+",
        verbose_name=_("published by"),
    )  # fmt: skip
    snapshot = models.JSONField(editable=False)
    changes = models.JSONField(editable=False, default=list)
    # Made when somebody first asks for it.
    pdf = models.ForeignKey(
        PrivateFile, null=True, blank=True, on_delete=models.SET_NULL, related_name="+",
        editable=False,
    )  # fmt: skip

    objects = VersionQuerySet.as_manager()

    class Meta:
        verbose_name = _("published programme")
        verbose_name_plural = _("published programmes")
        ordering = ["event", "-number"]
        constraints = [
            models.UniqueConstraint(
                fields=["event", "number"], name="programme_programmeversion_once"
            )
        ]

    def __str__(self):
        return f"{self.event}: {self.number}"
