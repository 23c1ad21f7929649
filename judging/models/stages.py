"""Stages of judging: how works are judged, by whom, and how points become places."""

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from awards.models import Category, Round
from content.editing import Versioned
from content.languages import in_language, one_language_required
from members.models import Member


class Stage(Versioned):
    """One stage of judging in a round: first a sifting with yes and no, then points."""

    class Method(models.TextChoices):
        YES_NO = "yes_no", _("yes or no")
        STARS = "stars", _("one to five stars")
        CRITERIA = "criteria", _("points by weighted criteria")
        RANKING = "ranking", _("every juror puts the works in order")

    class Assigning(models.TextChoices):
        EVERYTHING = "everything", _("every juror sees every work")
        BY_HAND = "by_hand", _("by hand")
        EVENLY = "evenly", _("evenly")
        BY_CATEGORY = "category", _("by the categories of the jurors")
        BY_LANGUAGE = "language", _("by the languages of the jurors")

    class Aggregation(models.TextChoices):
        MEAN = "mean", _("arithmetic mean")
        TRIMMED = "trimmed", _("mean without the highest and the lowest")
        MEDIAN = "median", _("median")
        STANDARDISED = "standardised", _("mean of points standardised for every juror")

    class TieRule(models.TextChoices):
        SHARED = "shared", _("equal works share the place")
        TOP_MARKS = "top_marks", _("more highest marks, then more second highest")
        FIRST_CRITERION = "first_criterion", _("the heaviest criterion decides")
        CHAIR = "chair", _("the chair decides, in writing")
        LOT = "lot", _("by lot, in writing")

    class State(models.TextChoices):
        PLANNED = "planned", _("being prepared")
        OPEN = "open", pgettext_lazy("judging", "open")
        CLOSED = "closed", _("closed, counted")

    round = models.ForeignKey(
        Round,
        on_delete=models.PROTECT,
        related_name="stages",
        verbose_name=pgettext_lazy("of an award", "round"),
    )
    # Empty: all categories, each counted by itself.
    categories = models.ManyToManyField(
        Category, blank=True, related_name="stages", verbose_name=_("only these categories")
    )
    order = models.PositiveSmallIntegerField(_("order"), default=1)
    title = models.CharField(_("title"), max_length=200)
    method = models.CharField(_("method"), max_length=8, choices=Method, default=Method.CRITERIA)
    is_blind = models.BooleanField(
        _("blind"), default=True,
        help_text=_("Jurors see number, age group, title and work; no name, school or city."),
    )  # fmt: skip
    votes_needed = models.PositiveSmallIntegerField(
        _("votes needed for each work"), default=3, validators=[MinValueValidator(1)]
    )
    # Of the jurors, per cent: fewer make no result.
    quorum_percent = models.PositiveSmallIntegerField(
        _("quorum of the jury, per cent"), default=50,
        validators=[MinValueValidator(1), MaxValueValidator(100)],
    )  # fmt: skip
    assigning = models.CharField(
        _("assignment of works"), max_length=10, choices=Assigning, default=Assigning.EVENLY
    )
    aggregation = models.CharField(
        _("how points are put together"), max_length=12, choices=Aggregation,
        default=Aggregation.MEAN,
    )  # fmt: skip
    tie_rule = models.CharField(
        _("rule for ties"), max_length=15, choices=TieRule, default=TieRule.SHARED
    )
    # How many works of a category go on to the next stage, or get a place in the last one.
    passing = models.PositiveSmallIntegerField(_("works that go on"), null=True, blank=True)
    opens_at = models.DateTimeField(_("votes from"))
    closes_at = models.DateTimeField(_("votes until"))
    state = models.CharField(
        _("state"), max_length=7, choices=State, default=State.PLANNED, editable=False
    )
    closed_at = models.DateTimeField(_("counted"), null=True, blank=True, editable=False)
    closed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT,
        related_name="+", editable=False, verbose_name=_("counted by"),
    )  # fmt: skip

    class Meta:
        verbose_name = _("stage of judging")
        verbose_name_plural = _("stages of judging")
        ordering = ["round", "order", "pk"]
        constraints = [
            one_language_required("title", "judging_stage_title_given"),
            models.UniqueConstraint(
                fields=["round", "order"], name="judging_stage_order_once",
                violation_error_message=_("The round has a stage with this number already."),
            ),
            models.CheckConstraint(
                condition=Q(closes_at__gt=F("opens_at")), name="judging_stage_closes_after_opening",
                violation_error_message=_("Judging closes after it opens."),
            ),
            models.CheckConstraint(
                condition=Q(votes_needed__gte=1), name="judging_stage_votes_from_1",
                violation_error_message=_("A work needs one vote or more."),
            ),
            models.CheckConstraint(
                condition=Q(quorum_percent__gte=1, quorum_percent__lte=100),
                name="judging_stage_quorum_is_per_cent",
            ),
            models.CheckConstraint(
                condition=Q(state="closed", closed_at__isnull=False)
                | (~Q(state="closed") & Q(closed_at__isnull=True)),
                name="judging_stage_closed_when",
            ),
        ]  # fmt: skip

    def __str__(self):
        return in_language(self, "title")[0]


class Criterion(models.Model):
    """One thing that works are judged by, and how much it weighs."""

    stage = models.ForeignKey(
        Stage,
        on_delete=models.CASCADE,
        related_name="criteria",
        verbose_name=pgettext_lazy("judging", "stage"),
    )
    title = models.CharField(_("criterion"), max_length=200)
    hint = models.CharField(_("what to look for"), max_length=500, blank=True)
    weight = models.PositiveSmallIntegerField(
        _("weight"), default=1, validators=[MinValueValidator(1), MaxValueValidator(100)]
    )
    max_points = models.PositiveSmallIntegerField(
        _("points at most"), default=10, validators=[MinValueValidator(1), MaxValueValidator(100)]
    )
    order = models.PositiveSmallIntegerField(_("order"), default=1)

    class Meta:
        verbose_name = _("criterion")
        verbose_name_plural = _("criteria")
        ordering = ["stage", "order", "pk"]
        constraints = [
            one_language_required("title", "judging_criterion_title_given"),
            models.CheckConstraint(
                condition=Q(weight__gte=1, weight__lte=100, max_points__gte=1, max_points__lte=100),
                name="judging_criterion_from_1_to_100",
                violation_error_message=_("Weight and points are numbers from 1 to 100."),
            ),
        ]

    def __str__(self):
        return in_language(self, "title")[0]


class JurorQuerySet(models.QuerySet):
    def active(self):
        """Jurors who have not left."""
        return self.filter(left_at__isnull=True)

    def of(self, user):
        """The seats in juries that this account holds today."""
        return self.active().filter(user=user) if user.is_authenticated else self.none()


class Juror(models.Model):
    """A person in the jury of a round."""

    round = models.ForeignKey(
        Round,
        on_delete=models.PROTECT,
        related_name="jurors",
        verbose_name=pgettext_lazy("of an award", "round"),
    )
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="jury_seats",
        verbose_name=_("account"),
    )  # fmt: skip
    # Never meets works of these: the city they live or work in, and others they declare.
    home = models.ForeignKey(
        Member, null=True, blank=True, on_delete=models.PROTECT, related_name="+",
        verbose_name=_("own city"),
    )  # fmt: skip
    home_text = models.CharField(_("own city in words"), max_length=200, blank=True)
    conflicts = models.ManyToManyField(
        Member, blank=True, related_name="+", verbose_name=_("other cities they are bound to")
    )
    position = models.CharField(_("position, as in the protocol"), max_length=300, blank=True)
    languages = ArrayField(
        models.CharField(max_length=2, choices=[("ru", _("Russian")), ("en", _("English"))]),
        verbose_name=_("languages"), default=list, blank=True,
    )  # fmt: skip
    categories = models.ManyToManyField(
        Category, blank=True, related_name="+", verbose_name=_("categories")
    )
    is_chair = models.BooleanField(_("chair"), default=False)
    joined_at = models.DateTimeField(auto_now_add=True)
    left_at = models.DateTimeField(_("left"), null=True, blank=True)

    objects = JurorQuerySet.as_manager()

    class Meta:
        verbose_name = _("juror")
        verbose_name_plural = _("jury")
        ordering = ["round", "-is_chair", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["round", "user"], name="judging_juror_once",
                violation_error_message=_("This person is in the jury already."),
            ),
            models.UniqueConstraint(
                fields=["round"], condition=Q(is_chair=True, left_at__isnull=True),
                name="judging_juror_one_chair",
                violation_error_message=_("The jury has a chair already."),
            ),
        ]  # fmt: skip

    def __str__(self):
        return str(self.user)
