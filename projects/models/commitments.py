"""What a city committed itself to, and the city's own papers by which it keeps its word."""

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _

from content.dated import Dated, DatedQuerySet, Precision, start_of_period, starts_before_end
from content.languages import one_language_required
from content.records import PublicFact
from library.models import Publication
from members.models import Member
from partnerships.models import CharterSigning


class Commitment(PublicFact, Dated):
    """ "Izhevsk follows a strategy of sustainable development, by the charter it signed." """

    member = models.ForeignKey(
        Member, on_delete=models.CASCADE, related_name="commitments", verbose_name=_("member")
    )
    title = models.CharField(_("commitment"), max_length=300)
    charter = models.ForeignKey(
        CharterSigning, null=True, blank=True, on_delete=models.PROTECT,
        related_name="commitments", verbose_name=_("charter signed"),
        help_text=_("The charter or declaration that it follows from."),
    )  # fmt: skip
    note = models.CharField(_("note"), max_length=500, blank=True)
    source = models.CharField(_("source"), max_length=300, blank=True)

    objects = DatedQuerySet.as_manager()

    class Meta:
        verbose_name = _("commitment of a city")
        verbose_name_plural = _("commitments of cities")
        ordering = ["-starts_on", "-pk"]
        constraints = [
            one_language_required("title", "projects_commitment_title_given"),
            starts_before_end("projects_commitment_starts_before_end"),
        ]

    def __str__(self):
        return f"{self.member}: {self.title}"

    def clean(self):
        super().clean()
        if self.charter_id and self.charter.member_id != self.member_id:
            raise ValidationError({"charter": _("Another city signed this charter.")})


class CommitmentPaper(PublicFact):
    """A paper of the city that answers a commitment: in our library, elsewhere, or named only."""

    commitment = models.ForeignKey(
        Commitment, on_delete=models.CASCADE, related_name="papers", verbose_name=_("commitment")
    )
    title = models.CharField(_("title"), max_length=300)
    adopted_on = models.DateField(_("adopted on"), null=True, blank=True)
    adopted_precision = models.CharField(
        _("known to the"), max_length=5, choices=Precision, default=Precision.DAY
    )
    publication = models.ForeignKey(
        Publication, null=True, blank=True, on_delete=models.PROTECT, related_name="+",
        verbose_name=_("in our library"),
    )  # fmt: skip
    url = models.URLField(_("address elsewhere"), max_length=500, blank=True)

    class Meta:
        verbose_name = _("paper of the city")
        verbose_name_plural = _("papers of the city")
        ordering = ["adopted_on", "pk"]
        constraints = [one_language_required("title", "projects_commitmentpaper_title_given")]

    def __str__(self):
        return self.title or str(self.pk)

    def save(self, *args, **kwargs):
        if self.adopted_on:
            self.adopted_on = start_of_period(self.adopted_on, self.adopted_precision)
        super().save(*args, **kwargs)
