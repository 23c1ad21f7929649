"""When personal data were erased, why, and how many rows of what."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class RetentionRun(models.Model):
    """One turn of erasing. Rows are only ever added."""

    class Cause(models.TextChoices):
        TIMETABLE = "timetable", _("by the timetable")
        OPENING = "opening", _("before sign-in was opened")
        COMMAND = "command", _("by command")

    cause = models.CharField(_("why"), max_length=9, choices=Cause)
    # Which database it was: a restored copy, or one that was started anew, has another mark.
    mark = models.CharField(max_length=120, editable=False)
    started_at = models.DateTimeField(_("began"))
    finished_at = models.DateTimeField(_("ended"))
    # Key of the kind of data -> number of rows.
    erased = models.JSONField(_("erased"), default=dict)
    failed = models.JSONField(_("failed"), default=list)
    total = models.PositiveIntegerField(_("rows erased"), default=0)

    class Meta:
        verbose_name = _("erasing of personal data")
        verbose_name_plural = _("erasing of personal data")
        ordering = ["-finished_at", "-pk"]
        indexes = [models.Index(fields=["mark"], name="content_retentionrun_mark")]

    def __str__(self):
        return f"{self.finished_at:%Y-%m-%d %H:%M}: {self.total}"

    @property
    def is_complete(self) -> bool:
        return not self.failed
