"""Which honours, diplomas and news came out of an edition: what ties places to laureates."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from awards.models import Round
from laureates.models import Laureate
from news.models import Article
from questionnaires.models import Response
from ratings.models import Edition


class Honours(models.Model):
    """The round under whose award the winners of an edition are honoured, and the news of it."""

    edition = models.OneToOneField(
        Edition, on_delete=models.PROTECT, related_name="honours",
        verbose_name=pgettext_lazy("of a rating", "edition"),
    )  # fmt: skip
    round = models.OneToOneField(
        Round, null=True, blank=True, on_delete=models.PROTECT, related_name="rating_honours",
        verbose_name=pgettext_lazy("of an award", "round"),
    )  # fmt: skip
    article = models.OneToOneField(
        Article, null=True, blank=True, on_delete=models.SET_NULL, related_name="rating_honours",
        verbose_name=_("news item"),
    )  # fmt: skip
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+",
        verbose_name=_("made by"),
    )  # fmt: skip

    class Meta:
        verbose_name = pgettext_lazy("of a rating", "honours")
        verbose_name_plural = pgettext_lazy("of a rating", "honours")

    def __str__(self):
        return str(self.edition)


class HonouredPlace(models.Model):
    """The laureate that a place of a city became, in one list: made once, corrected afterwards."""

    honours = models.ForeignKey(
        Honours, on_delete=models.PROTECT, related_name="places",
        verbose_name=pgettext_lazy("of a rating", "honours"),
    )  # fmt: skip
    response = models.ForeignKey(
        Response, on_delete=models.PROTECT, related_name="honoured_places",
        verbose_name=_("questionnaire"),
    )  # fmt: skip
    # Empty: the common list.
    class_code = models.CharField(_("code of the size class"), max_length=12, blank=True)
    laureate = models.OneToOneField(
        Laureate, on_delete=models.CASCADE, related_name="rating_place", verbose_name=_("laureate")
    )

    class Meta:
        verbose_name = _("honoured place")
        verbose_name_plural = _("honoured places")
        constraints = [
            models.UniqueConstraint(
                fields=["response", "class_code"], name="standings_honouredplace_once"
            )
        ]

    def __str__(self):
        return str(self.laureate)
