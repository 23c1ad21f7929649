"""One issue of the invoices of a year: what was confirmed, and how far it has come."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _


class IssueRun(models.Model):
    """Invoices for many members at once. `lines` is what staff saw and confirmed."""

    class Status(models.TextChoices):
        RUNNING = "running", _("being issued")
        DONE = "done", _("issued")

    year = models.PositiveSmallIntegerField(_("year of the dues"))
    issued_on = models.DateField(_("issued on"))
    # Empty: each scale has a day of its own.
    due_on = models.DateField(_("to be paid by"), null=True, blank=True)
    status = models.CharField(_("state"), max_length=7, choices=Status, default=Status.RUNNING)
    # `dues.plan.Line.as_json()` of every invoice to be issued.
    lines = models.JSONField(default=list)
    total = models.PositiveIntegerField(_("to be issued"), default=0)
    issued = models.PositiveIntegerField(_("invoices issued"), default=0)
    skipped = models.PositiveIntegerField(_("had one already"), default=0)
    started_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+",
        verbose_name=_("confirmed by"),
    )  # fmt: skip
    started_at = models.DateTimeField(_("confirmed"), auto_now_add=True)
    changed_at = models.DateTimeField(auto_now=True)
    finished_at = models.DateTimeField(_("finished"), null=True)

    class Meta:
        verbose_name = _("issue of invoices")
        verbose_name_plural = _("issues of invoices")
        ordering = ["-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(issued__lte=F("total") - F("skipped")), name="dues_issuerun_counts"
            ),
            models.CheckConstraint(
                condition=Q(status="done", finished_at__isnull=False)
                | Q(status="running", finished_at__isnull=True),
                name="dues_issuerun_done_has_date",
            ),
        ]

    def __str__(self):
        return f"{self.year}, {self.issued_on:%d.%m.%Y}"

    @property
    def handled(self) -> int:
        """How many of the lines are done with."""
        return self.issued + self.skipped
