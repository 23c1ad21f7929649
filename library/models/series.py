"""Series of publications: the GOLD reports I to VI, a yearly journal."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from content.editing import Versioned
from content.languages import in_language, one_language_required
from content.records import PublicFact

ROMAN = (
    (1000, "M"), (900, "CM"), (500, "D"), (400, "CD"), (100, "C"), (90, "XC"), (50, "L"),
    (40, "XL"), (10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I"),
)  # fmt: skip


def roman(number: int) -> str:
    """A number from 1 on as the Romans wrote it: 4 as "IV"."""
    letters = []
    for value, letter in ROMAN:
        count, number = divmod(number, value)
        letters.append(letter * count)
    return "".join(letters)


class Series(Versioned, PublicFact):
    """Publications that belong together, counted by volume."""

    class Numbering(models.TextChoices):
        ROMAN = "roman", _("Roman: I, II, III")
        PLAIN = "plain", _("plain: 1, 2, 3")

    slug = models.SlugField(_("address"), unique=True, max_length=80)
    title = models.CharField(_("title"), max_length=200)
    about = models.TextField(_("about the series"), blank=True, max_length=1000)
    numbering = models.CharField(
        _("volumes are written"), max_length=5, choices=Numbering, default=Numbering.PLAIN
    )
    order = models.PositiveSmallIntegerField(_("order"), default=0)

    class Meta:
        verbose_name = pgettext_lazy("of publications", "series")
        verbose_name_plural = pgettext_lazy("of publications, plural", "series")
        ordering = ["order", "slug"]
        constraints = [one_language_required("title", "library_series_title_given")]

    def __str__(self):
        return in_language(self, "title")[0] or self.slug

    def volume_text(self, volume: int | None) -> str:
        """A volume as this series writes it; empty for none."""
        if not volume:
            return ""
        return roman(volume) if self.numbering == self.Numbering.ROMAN else str(volume)
