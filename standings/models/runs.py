"""Trial runs that staff keep to compare: nothing of them is public."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from ratings.models import Edition


class Run(models.Model):
    """One scoring, kept: with which method and weights, of which answers, and what came out."""

    edition = models.ForeignKey(
        Edition, on_delete=models.CASCADE, related_name="runs",
        verbose_name=pgettext_lazy("of a rating", "edition"),
    )  # fmt: skip
    title = models.CharField(_("title"), max_length=200)
    # Method and weights as they were tried, by name and code.
    method = models.JSONField(_("method"), default=dict)
    weights = models.JSONField(_("weights"), default=dict)
    # SHA-256 of the answers it was made of: tells whether answers changed since.
    answers_digest = models.CharField(max_length=64, editable=False)
    # One object per city: {"response", "score", "rank", "rank_in_class", "groups": {code: score}}.
    results = models.JSONField(_("results"), default=list)
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+",
        verbose_name=_("made by"),
    )  # fmt: skip
    made_at = models.DateTimeField(_("made"), auto_now_add=True)

    class Meta:
        verbose_name = pgettext_lazy("of a rating", "trial run")
        verbose_name_plural = pgettext_lazy("of a rating", "trial runs")
        ordering = ["-made_at", "-pk"]

    def __str__(self):
        return self.title
