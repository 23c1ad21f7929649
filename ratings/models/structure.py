"""What the questionnaire asks: groups in any depth, indicators with their scales."""

from decimal import Decimal

from django.core.validators import MinValueValidator, RegexValidator
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from content.languages import in_language, one_language_required
from content.records import PublicFact
from ratings.models.editions import Edition

CODE = RegexValidator(
    r"^[A-Z][A-Z0-9]*\Z", _("Latin capital letters and digits, a letter first: E2.")
)


def _weight():
    return models.DecimalField(
        pgettext_lazy("of an indicator", "weight"), max_digits=9, decimal_places=4,
        default=Decimal(1), validators=[MinValueValidator(0)],
        help_text=_("Counts in proportion to the other weights of the same group."),
    )  # fmt: skip


class IndicatorGroup(PublicFact):
    """A direction of activity, or a part of one; without a parent it counts in the index itself.

    A trigger holds parent and group in one edition and refuses circles.
    """

    edition = models.ForeignKey(
        Edition, on_delete=models.CASCADE, related_name="groups",
        verbose_name=pgettext_lazy("of a rating", "edition"),
    )  # fmt: skip
    parent = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.RESTRICT, related_name="children",
        verbose_name=_("part of"),
    )  # fmt: skip
    code = models.CharField(_("code"), max_length=12, validators=[CODE])
    title = models.CharField(_("title"), max_length=200)
    description = models.CharField(_("description"), max_length=1000, blank=True)
    weight = _weight()
    order = models.PositiveSmallIntegerField(_("order"), default=1)

    class Meta:
        verbose_name = _("group of indicators")
        verbose_name_plural = _("groups of indicators")
        ordering = ["edition", "order", "pk"]
        constraints = [
            one_language_required("title", "ratings_indicatorgroup_title_given"),
            models.UniqueConstraint(
                fields=["edition", "code"], name="ratings_indicatorgroup_code_once",
                violation_error_message=_("Another group of the edition has this code."),
            ),
            models.CheckConstraint(
                condition=Q(weight__gte=0), name="ratings_indicatorgroup_weight_from_0",
                violation_error_message=_("A weight is 0 or more."),
            ),
        ]  # fmt: skip

    def __str__(self):
        return f"{self.code} {in_language(self, 'title')[0]}"


class Scale(PublicFact):
    """Answers to choose from, with the points of each: "in every year" 2, "in some" 1, "no" 0."""

    edition = models.ForeignKey(
        Edition, on_delete=models.CASCADE, related_name="scales",
        verbose_name=pgettext_lazy("of a rating", "edition"),
    )  # fmt: skip
    title = models.CharField(_("title"), max_length=200)

    class Meta:
        verbose_name = pgettext_lazy("of answers", "scale")
        verbose_name_plural = pgettext_lazy("of answers", "scales")
        ordering = ["edition", "pk"]
        constraints = [one_language_required("title", "ratings_scale_title_given")]

    def __str__(self):
        return in_language(self, "title")[0]


class ScaleStep(PublicFact):
    """One answer of a scale and what it is worth."""

    scale = models.ForeignKey(
        Scale, on_delete=models.CASCADE, related_name="steps",
        verbose_name=pgettext_lazy("of answers", "scale"),
    )  # fmt: skip
    label = models.CharField(_("answer"), max_length=200)
    value = models.DecimalField(_("points"), max_digits=9, decimal_places=3)
    order = models.PositiveSmallIntegerField(_("order"), default=1)

    class Meta:
        verbose_name = _("answer to choose")
        verbose_name_plural = _("answers to choose")
        ordering = ["scale", "order", "pk"]
        constraints = [one_language_required("label", "ratings_scalestep_label_given")]

    def __str__(self):
        return in_language(self, "label")[0]


class Indicator(PublicFact):
    """One question of the questionnaire, and how its answer counts.

    Texts are asked and never scored (weight 0). What is divided by what: see `denominator`.
    """

    class Kind(models.TextChoices):
        COUNT = "count", _("how many: a whole number")
        NUMBER = "number", pgettext_lazy("kind of an indicator", "number")
        PERCENT = "percent", _("share in per cent")
        YES_NO = "yes_no", _("yes or no")
        SCALE = "scale", _("one answer of a scale")
        TEXT = "text", _("text, not scored")

    class Denominator(models.TextChoices):
        NONE = "none", _("nothing")
        POPULATION = "population", _("inhabitants")
        INDICATOR = "indicator", _("another answer")

    class Evidence(models.TextChoices):
        NONE = "none", _("not asked")
        WELCOME = "welcome", _("welcome")
        REQUIRED = "required", _("required with an answer other than zero")

    # That of its group (a trigger holds them together), so that codes are unique in an edition.
    edition = models.ForeignKey(
        Edition, on_delete=models.CASCADE, related_name="indicators", editable=False,
        verbose_name=pgettext_lazy("of a rating", "edition"),
    )  # fmt: skip
    group = models.ForeignKey(
        IndicatorGroup, on_delete=models.RESTRICT, related_name="indicators",
        verbose_name=_("group"),
    )  # fmt: skip
    code = models.CharField(_("code"), max_length=12, validators=[CODE])
    question = models.CharField(_("question"), max_length=500)
    help = models.TextField(_("explanation"), max_length=2000, blank=True)
    unit = models.CharField(_("unit"), max_length=80, blank=True)
    kind = models.CharField(_("kind"), max_length=7, choices=Kind, default=Kind.COUNT)
    scale = models.ForeignKey(
        Scale, null=True, blank=True, on_delete=models.RESTRICT, related_name="indicators",
        verbose_name=pgettext_lazy("of answers", "scale"),
    )  # fmt: skip
    weight = _weight()
    is_reversed = models.BooleanField(
        _("less is better"), default=False, help_text=_("Such as days needed to answer a letter.")
    )
    denominator = models.CharField(
        _("divided by"), max_length=10, choices=Denominator, default=Denominator.NONE
    )
    denominator_indicator = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.RESTRICT, related_name="+",
        verbose_name=_("divided by the answer"),
    )  # fmt: skip
    # 100,000 with inhabitants: projects per 100 thousand inhabitants.
    per = models.DecimalField(
        pgettext_lazy("denominator", "per"), max_digits=14, decimal_places=3, default=Decimal(1)
    )
    minimum = models.DecimalField(
        _("at least"), max_digits=20, decimal_places=4, null=True, blank=True, default=Decimal(0)
    )
    maximum = models.DecimalField(
        _("at most"), max_digits=20, decimal_places=4, null=True, blank=True
    )
    decimals = models.PositiveSmallIntegerField(_("decimal places"), default=0)
    goalpost_low = models.DecimalField(
        _("goalpost: nothing below"), max_digits=20, decimal_places=4, null=True, blank=True
    )
    goalpost_high = models.DecimalField(
        _("goalpost: full from"), max_digits=20, decimal_places=4, null=True, blank=True
    )
    target = models.DecimalField(
        _("target"), max_digits=20, decimal_places=4, null=True, blank=True
    )
    evidence = models.CharField(
        _("proof"), max_length=8, choices=Evidence, default=Evidence.WELCOME
    )
    # A source of `questionnaires.offers`: what the portal itself knows about the city.
    offered_from = models.CharField(_("offered from"), max_length=40, blank=True)
    order = models.PositiveSmallIntegerField(_("order"), default=1)

    class Meta:
        verbose_name = _("indicator")
        verbose_name_plural = _("indicators")
        ordering = ["group", "order", "pk"]
        constraints = [
            one_language_required("question", "ratings_indicator_question_given"),
            models.UniqueConstraint(
                fields=["edition", "code"], name="ratings_indicator_code_once",
                violation_error_message=_("Another indicator of the edition has this code."),
            ),
            models.CheckConstraint(
                condition=Q(weight__gte=0), name="ratings_indicator_weight_from_0",
                violation_error_message=_("A weight is 0 or more."),
            ),
            models.CheckConstraint(
                condition=~Q(kind="text") | Q(weight=0), name="ratings_indicator_text_unscored",
                violation_error_message=_("A text is not scored: its weight is 0."),
            ),
            models.CheckConstraint(
                condition=Q(kind="scale", scale__isnull=False)
                | (~Q(kind="scale") & Q(scale__isnull=True)),
                name="ratings_indicator_scale_given",
                violation_error_message=_("A scale belongs to answers chosen from one."),
            ),
            models.CheckConstraint(
                condition=Q(denominator="indicator", denominator_indicator__isnull=False)
                | (~Q(denominator="indicator") & Q(denominator_indicator__isnull=True)),
                name="ratings_indicator_divided_by",
                violation_error_message=_("Say which answer it is divided by."),
            ),
            models.CheckConstraint(
                condition=Q(per__gt=0), name="ratings_indicator_per_positive",
                violation_error_message=_("“Per” is more than 0."),
            ),
            models.CheckConstraint(
                condition=Q(minimum__isnull=True) | Q(maximum__isnull=True)
                | Q(maximum__gt=F("minimum")),
                name="ratings_indicator_range_in_order",
                violation_error_message=_("“At most” has to be more than “at least”."),
            ),
            models.CheckConstraint(
                condition=Q(goalpost_low__isnull=True, goalpost_high__isnull=True)
                | Q(goalpost_low__isnull=False, goalpost_high__isnull=False,
                    goalpost_high__gt=F("goalpost_low")),
                name="ratings_indicator_goalposts_in_order",
                violation_error_message=_("Give both goalposts, the lower one first."),
            ),
        ]  # fmt: skip

    def __str__(self):
        return f"{self.code} {in_language(self, 'question')[0]}"

    def save(self, *args, **kwargs):
        self.edition_id = self.group.edition_id
        if kwargs.get("update_fields") is not None:
            kwargs["update_fields"] = {*kwargs["update_fields"], "edition"}
        super().save(*args, **kwargs)

    @property
    def is_scored(self) -> bool:
        """Whether the answer counts at all."""
        return self.weight > 0
