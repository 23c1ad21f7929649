"""Who judges which work, what was given, and what was counted of it."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from awards.models import Category, Entry
from content.models import PrivateFile
from judging.models.stages import Criterion, Juror, Stage


class AssignmentQuerySet(models.QuerySet):
    def for_user(self, user):
        """The works that this person judges: of a stage that is open or counted, as juror."""
        return self.filter(juror__in=Juror.objects.of(user)).exclude(stage__state="planned")

    def voted(self):
        return self.filter(state=Assignment.State.VOTED)


class Assignment(models.Model):
    """One juror judges one work in one stage.

    A trigger refuses works of the juror's own city (see `judging.conflicts`).
    """

    class State(models.TextChoices):
        OPEN = "open", pgettext_lazy("vote", "to be judged")
        VOTED = "voted", _("judged")
        ABSTAINED = "abstained", _("abstained")

    stage = models.ForeignKey(Stage, on_delete=models.CASCADE, related_name="assignments")
    juror = models.ForeignKey(
        Juror, on_delete=models.PROTECT, related_name="assignments", verbose_name=_("juror")
    )
    entry = models.ForeignKey(
        Entry, on_delete=models.PROTECT, related_name="assignments", verbose_name=_("work")
    )
    state = models.CharField(_("state"), max_length=9, choices=State, default=State.OPEN)
    abstained_why = models.CharField(_("why they abstain"), max_length=500, blank=True)
    # The jury's words: staff choose from them for the laureate and for the library.
    comment = models.TextField(_("comment"), max_length=2000, blank=True)
    # The place in this juror's own order, from 1: only where the stage ranks.
    position = models.PositiveIntegerField(_("place in the order"), null=True, blank=True)
    assigned_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT,
        related_name="+", verbose_name=_("assigned by"),
    )  # fmt: skip
    assigned_at = models.DateTimeField(auto_now_add=True)
    voted_at = models.DateTimeField(_("voted"), null=True, blank=True)

    objects = AssignmentQuerySet.as_manager()

    class Meta:
        verbose_name = _("work of a juror")
        verbose_name_plural = _("works of jurors")
        ordering = ["stage", "entry__number", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["stage", "juror", "entry"], name="judging_assignment_once"
            ),
            models.CheckConstraint(
                condition=~Q(state="abstained") | ~Q(abstained_why=""),
                name="judging_assignment_abstained_says_why",
                violation_error_message=_("Say why you abstain."),
            ),
            models.CheckConstraint(
                condition=Q(state="voted", voted_at__isnull=False)
                | (~Q(state="voted") & Q(voted_at__isnull=True)),
                name="judging_assignment_voted_when",
            ),
        ]

    def __str__(self):
        return f"{self.juror}: {self.entry}"


class Score(models.Model):
    """What a juror gives a work: for one criterion, or as a whole.

    yes or no: 1 or 0; stars: 1 to 5; criteria: 0 to the most points of the criterion.
    """

    assignment = models.ForeignKey(Assignment, on_delete=models.CASCADE, related_name="scores")
    criterion = models.ForeignKey(
        Criterion, null=True, blank=True, on_delete=models.PROTECT, related_name="scores"
    )
    points = models.PositiveSmallIntegerField(_("points"))
    changed_at = models.DateTimeField(_("changed"), auto_now=True)

    class Meta:
        verbose_name = _("score")
        verbose_name_plural = _("scores")
        constraints = [
            models.UniqueConstraint(
                fields=["assignment", "criterion"], nulls_distinct=False,
                name="judging_score_once",
            ),
            models.CheckConstraint(
                condition=Q(points__lte=100), name="judging_score_at_most_100"
            ),
        ]  # fmt: skip

    def __str__(self):
        return f"{self.assignment}: {self.points}"


class Result(models.Model):
    """What a closed stage counted for one work: never changed afterwards (a trigger)."""

    stage = models.ForeignKey(Stage, on_delete=models.CASCADE, related_name="results")
    entry = models.ForeignKey(
        Entry, on_delete=models.PROTECT, related_name="results", verbose_name=_("work")
    )
    category = models.ForeignKey(
        Category, null=True, blank=True, on_delete=models.PROTECT, related_name="+",
        verbose_name=_("category"),
    )  # fmt: skip
    votes = models.PositiveSmallIntegerField(_("votes"))
    # None: fewer votes than needed.
    score = models.DecimalField(_("score"), max_digits=9, decimal_places=4, null=True, blank=True)
    # Standard deviation of the jurors' totals: how far they were from one another.
    spread = models.DecimalField(_("spread"), max_digits=9, decimal_places=4, null=True, blank=True)
    # 1, 2, 2, 4: equal works share a place (unless the tie rule parts them).
    place = models.PositiveIntegerField(_("place"), null=True, blank=True)
    passed = models.BooleanField(_("goes on"), default=False)

    class Meta:
        verbose_name = _("result of a work")
        verbose_name_plural = _("results of works")
        ordering = ["stage", "category", "place", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["stage", "entry"], name="judging_result_once")
        ]

    def __str__(self):
        return f"{self.entry}: {self.place}"


class TieDecision(models.Model):
    """How a tie was settled where the rule leaves it to the chair or to a lot."""

    stage = models.ForeignKey(Stage, on_delete=models.CASCADE, related_name="tie_decisions")
    # The works that were equal, as they come in: [417, 23] by the key of the entry.
    order = models.JSONField(default=list)
    reason = models.TextField(_("reason or course of the lot"), max_length=1000)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+",
        verbose_name=_("recorded by"),
    )  # fmt: skip
    decided_at = models.DateTimeField(_("recorded"), auto_now_add=True)

    class Meta:
        verbose_name = _("decision on a tie")
        verbose_name_plural = _("decisions on ties")
        ordering = ["stage", "decided_at"]

    def __str__(self):
        return f"{self.stage}: {self.order}"


class JuryProtocol(models.Model):
    """The protocol of a closed stage as it was printed; a newer one stands beside it."""

    stage = models.ForeignKey(
        Stage,
        on_delete=models.PROTECT,
        related_name="protocols",
        verbose_name=pgettext_lazy("judging", "stage"),
    )
    language = models.CharField(_("language"), max_length=2)
    file = models.ForeignKey(PrivateFile, on_delete=models.PROTECT, related_name="+")
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+",
        verbose_name=_("made by"),
    )  # fmt: skip
    made_at = models.DateTimeField(_("made"), auto_now_add=True)

    class Meta:
        verbose_name = _("protocol of a jury")
        verbose_name_plural = _("protocols of juries")
        ordering = ["stage", "-made_at", "-pk"]

    def __str__(self):
        return f"{self.stage}: {self.made_at:%d.%m.%Y}"
