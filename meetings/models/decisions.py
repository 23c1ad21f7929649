"""What a meeting decided, and its minutes."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from content.languages import one_language_required
from content.models import PrivateFile
from content.records import PublicFact
from meetings.models.meeting import AgendaItem, Meeting


class Decision(PublicFact):
    """One decision: its kind, its wording, how many voted for it."""

    class Kind(models.TextChoices):
        HEARD = "heard", pgettext_lazy("decision", "heard")
        APPROVED = "approved", pgettext_lazy("decision", "approved")
        ELECTED = "elected", pgettext_lazy("decision", "elected")
        ADOPTED = "adopted", pgettext_lazy("decision", "adopted")
        OTHER = "other", pgettext_lazy("decision", "decided")

    meeting = models.ForeignKey(
        Meeting, on_delete=models.CASCADE, related_name="decisions", verbose_name=_("meeting")
    )
    item = models.ForeignKey(
        AgendaItem, null=True, blank=True, on_delete=models.PROTECT, related_name="decisions",
        verbose_name=_("agenda item"),
    )  # fmt: skip
    number = models.PositiveIntegerField(_("number"), default=1)
    kind = models.CharField(_("kind"), max_length=8, choices=Kind, default=Kind.HEARD)
    wording = models.CharField(_("wording"), max_length=2000)
    is_by_consensus = models.BooleanField(_("by consensus"), default=False)
    votes_for = models.PositiveIntegerField(_("votes for"), null=True, blank=True)
    votes_against = models.PositiveIntegerField(_("votes against"), null=True, blank=True)
    votes_abstained = models.PositiveIntegerField(_("abstentions"), null=True, blank=True)

    class Meta:
        verbose_name = _("decision")
        verbose_name_plural = _("decisions")
        ordering = ["meeting", "number", "pk"]
        constraints = [
            one_language_required("wording", "meetings_decision_wording_given"),
            models.UniqueConstraint(
                fields=["meeting", "number"],
                name="meetings_decision_number_once",
                violation_error_message=_("The meeting has a decision of this number."),
            ),
            models.CheckConstraint(
                condition=Q(is_by_consensus=False)
                | Q(
                    votes_for__isnull=True,
                    votes_against__isnull=True,
                    votes_abstained__isnull=True,
                ),
                name="meetings_decision_consensus_or_votes",
                violation_error_message=_("By consensus means that no votes were counted."),
            ),
            models.CheckConstraint(
                condition=Q(votes_for__isnull=False)
                | Q(votes_against__isnull=True, votes_abstained__isnull=True),
                name="meetings_decision_votes_for_first",
                violation_error_message=_("Say how many voted for it."),
            ),
        ]

    def __str__(self):
        return f"{self.number}. {self.get_kind_display()}"


class Minutes(models.Model):
    """Approved minutes in one language: the very file that was approved."""

    meeting = models.ForeignKey(
        Meeting, on_delete=models.PROTECT, related_name="minutes", verbose_name=_("meeting")
    )
    language = models.CharField(
        _("language"), max_length=2, choices=[("ru", _("Russian")), ("en", _("English"))]
    )
    file = models.ForeignKey(
        PrivateFile, on_delete=models.PROTECT, related_name="+", verbose_name=_("file")
    )
    approved_at = models.DateTimeField(_("approved at"), auto_now_add=True)
    approved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+",
        verbose_name=_("minutes approved by"),
    )  # fmt: skip

    class Meta:
        verbose_name = _("minutes")
        verbose_name_plural = _("minutes")
        ordering = ["meeting", "-language"]
        constraints = [
            models.UniqueConstraint(
                fields=["meeting", "language"], name="meetings_minutes_once_a_language"
            )
        ]

    def __str__(self):
        return f"{self.meeting} ({self.language})"
