"""The method of an edition: each step of a composite indicator, as one row."""

from decimal import Decimal

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from content.records import PublicFact
from ratings.models.editions import Edition


def _share(label, default=None):
    return models.DecimalField(
        label, max_digits=5, decimal_places=4, null=True, blank=True, default=default,
        validators=[MinValueValidator(0), MaxValueValidator(1)],
        help_text=_("From 0 to 1, by number of questions; a share equal to it passes."),
    )  # fmt: skip


class Method(PublicFact):
    """How answers become scores; the steps of the OECD/JRC Handbook (2008) in their order."""

    class Missing(models.TextChoices):
        LEAVE_OUT = "leave_out", _("left out, the other weights count in proportion")
        MEAN = "mean", _("the mean of all cities")
        MEDIAN = "median", _("the median of all cities")
        MEAN_OF_CLASS = "mean_of_class", _("the mean of the size class")
        MEDIAN_OF_CLASS = "median_of_class", _("the median of the size class")
        WORST = "worst", _("the worst value observed")

    class Outliers(models.TextChoices):
        NONE = "none", _("left as they are")
        WINSORISE = "winsorise", _("brought to the next value (winsorised)")

    class Normalisation(models.TextChoices):
        MIN_MAX = "min_max", _("between the lowest and the highest (min–max)")
        Z_SCORE = "z_score", _("standard deviations from the mean (z-score)")
        RANK = "rank", _("rank")
        PERCENTILE_RANK = "percentile_rank", _("percentile rank")
        BORDA = "borda", _("Borda points")
        GOALPOSTS = "goalposts", _("between stated goalposts")
        TARGET = "target", _("distance to a target")
        DISTANCE_TO_MAX = "distance_to_max", _("distance to the highest")

    class Constant(models.TextChoices):
        LEFT_OUT = "left_out", _("left out: it tells cities not apart")
        MIDDLE = "middle", _("the middle of the scale for all")
        FULL = "full", _("the top of the scale for all")

    class Aggregation(models.TextChoices):
        ARITHMETIC = "arithmetic", _("arithmetic mean")
        GEOMETRIC = "geometric", _("geometric mean")
        HARMONIC = "harmonic", _("harmonic mean")
        MEDIAN = "median", _("median, weights unused")
        COPELAND = "copeland", _("outranking (Copeland)")

    edition = models.OneToOneField(
        Edition, on_delete=models.CASCADE, related_name="method", verbose_name=_("edition")
    )
    is_denominated = models.BooleanField(
        _("divided by inhabitants where the indicator says so"), default=True
    )
    least_answered = _share(_("cities that answered less leave the rating before the scoring"))
    missing = models.CharField(
        _("a missing answer"), max_length=15, choices=Missing, default=Missing.LEAVE_OUT
    )
    least_of_group = _share(_("groups with less answered have no score"))
    all_groups_needed = models.BooleanField(
        _("a city without the score of a group leaves the rating"), default=False
    )
    outliers = models.CharField(
        _("outliers"), max_length=9, choices=Outliers, default=Outliers.NONE
    )
    # Values brought in, at most, until skewness and kurtosis are below the Handbook's bounds.
    outliers_most = models.PositiveSmallIntegerField(
        _("values treated at most"), default=5, validators=[MaxValueValidator(25)]
    )
    skewness_bound = models.DecimalField(
        _("skewness above"), max_digits=6, decimal_places=3, default=Decimal(2)
    )
    kurtosis_bound = models.DecimalField(
        _("and kurtosis above"), max_digits=6, decimal_places=3, default=Decimal("3.5")
    )
    normalisation = models.CharField(
        _("brought to one scale by"), max_length=15, choices=Normalisation,
        default=Normalisation.MIN_MAX,
    )  # fmt: skip
    # Of min–max: the bounds; of z-scores: the mean and the deviation given.
    scale_low = models.DecimalField(
        _("scale from (z-score: mean)"), max_digits=9, decimal_places=3, default=Decimal(0)
    )
    scale_high = models.DecimalField(
        _("scale to (z-score: deviation)"), max_digits=9, decimal_places=3, default=Decimal(100)
    )
    constant = models.CharField(
        _("a question all answered alike"), max_length=8, choices=Constant,
        default=Constant.LEFT_OUT,
    )  # fmt: skip
    within_groups = models.CharField(
        _("indicators become a group by"), max_length=10, choices=Aggregation,
        default=Aggregation.ARITHMETIC,
    )  # fmt: skip
    across_groups = models.CharField(
        _("groups become the index by"), max_length=10, choices=Aggregation,
        default=Aggregation.ARITHMETIC,
    )  # fmt: skip
    equal_weights = models.BooleanField(_("all weights are 1"), default=False)
    # Of the uncertainty shown: every weight moves by so much either way, so many times.
    weights_move = models.DecimalField(
        _("weights vary by"), max_digits=4, decimal_places=3, default=Decimal("0.25"),
        validators=[MinValueValidator(0), MaxValueValidator(Decimal("0.9"))],
    )  # fmt: skip
    weight_sets = models.PositiveIntegerField(
        _("sets of weights tried"), default=1000,
        validators=[MinValueValidator(100), MaxValueValidator(10000)],
    )  # fmt: skip
    seed = models.PositiveIntegerField(_("seed of the draws"), default=1)

    class Meta:
        verbose_name = _("method of an edition")
        verbose_name_plural = _("methods of editions")
        constraints = [
            models.CheckConstraint(
                condition=Q(scale_high__gt=0)
                & (~Q(normalisation="min_max") | Q(scale_high__gt=F("scale_low"))),
                name="ratings_method_scale_in_order",
                violation_error_message=_("The scale ends above its beginning."),
            ),
            models.CheckConstraint(
                condition=(Q(within_groups="copeland", across_groups="copeland"))
                | ~(Q(within_groups="copeland") | Q(across_groups="copeland")),
                name="ratings_method_copeland_whole",
                violation_error_message=_("Outranking is of all levels or of none."),
            ),
        ]

    def __str__(self):
        return str(self.edition)
