"""From when sealed results are to be public: said with the question to the second person."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from ratings.models import Edition


class SealPlan(models.Model):
    """The embargo that was asked for together with the sealing of an edition."""

    edition = models.OneToOneField(
        Edition, on_delete=models.CASCADE, related_name="seal_plan",
        verbose_name=pgettext_lazy("of a rating", "edition"),
    )  # fmt: skip
    publish_at = models.DateTimeField(_("public from"))

    class Meta:
        verbose_name = _("planned sealing")
        verbose_name_plural = _("planned sealings")

    def __str__(self):
        return str(self.edition)
