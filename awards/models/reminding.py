"""When drafts of a round are reminded of, in the usual words or in words of the secretariat."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from awards.models.calls import Round
from mailing.models import TimedRule


class DraftReminder(TimedRule):
    """Remind those who have a draft so long before it closes. Without any, the usual two go out."""

    DRAFTS = "drafts"

    round = models.ForeignKey(
        Round,
        on_delete=models.CASCADE,
        related_name="draft_reminders",
        verbose_name=pgettext_lazy("of an award", "round"),
    )

    class Meta:
        verbose_name = _("reminder of drafts")
        verbose_name_plural = _("reminders of drafts")
        ordering = ["round", "unit", "-amount"]
        constraints = [
            models.UniqueConstraint(
                fields=["round", "amount", "unit"], name="awards_draftreminder_once",
                violation_error_message=_("This reminder is in the list already."),
            ),
            models.CheckConstraint(
                condition=Q(side="before", amount__gte=1), name="awards_draftreminder_before",
                violation_error_message=_("Drafts are reminded of before they close."),
            ),
        ]  # fmt: skip

    def __str__(self):
        return f"{self.round}: {self.distance_words}"
