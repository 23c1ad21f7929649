"""The library of recommendations: what a city is told where it stands behind its class."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from content.languages import one_language_required
from content.records import PublicFact
from ratings.models import Rating


class Advice(PublicFact):
    """One recommendation of the report, for cities in a certain situation."""

    class When(models.TextChoices):
        BELOW_MEDIAN = "below_median", _("below the median of its class")
        LAST_QUARTER = "last_quarter", _("in the last quarter of its class")
        NOT_ANSWERED = "not_answered", _("not answered")
        FALLEN = "fallen", _("fallen since the last edition")
        LEADING = "leading", _("among the first three of its class")

    rating = models.ForeignKey(
        Rating, on_delete=models.CASCADE, related_name="advice", verbose_name=_("rating")
    )
    # The code of an indicator or of a group, as in the editions; empty: of the whole index.
    code = models.CharField(_("code of the indicator or group"), max_length=12, blank=True)
    when = models.CharField(_("for cities"), max_length=12, choices=When)
    text = models.CharField(_("text"), max_length=1000)
    order = models.PositiveSmallIntegerField(_("order"), default=1)

    class Meta:
        verbose_name = _("recommendation")
        verbose_name_plural = _("recommendations")
        ordering = ["rating", "order", "pk"]
        constraints = [
            one_language_required("text", "standings_advice_text_given"),
            models.UniqueConstraint(
                fields=["rating", "code", "when"], name="standings_advice_once",
                violation_error_message=_("There is a recommendation for this case already."),
            ),
        ]  # fmt: skip

    def __str__(self):
        return f"{self.code} {self.get_when_display()}"
