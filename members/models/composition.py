"""What an association of municipalities is made of: counts by kind that add up to its total."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from content.languages import one_language_required
from content.records import PublicFact
from members.models.member import Member


class Composition(PublicFact):
    """How many municipalities an association unites, as of a day, with the source.

    A trigger checks at the end of the transaction that the parts add up to the total.
    """

    member = models.ForeignKey(
        Member, on_delete=models.CASCADE, related_name="compositions", verbose_name=_("association")
    )
    as_of = models.DateField(_("as of"))
    total = models.PositiveIntegerField(_("in all"))
    source = models.CharField(_("source"), max_length=200, blank=True)

    class Meta:
        verbose_name = _("composition")
        verbose_name_plural = _("compositions")
        ordering = ["-as_of"]
        constraints = [
            models.UniqueConstraint(fields=["member", "as_of"], name="members_composition_once"),
            models.CheckConstraint(condition=Q(total__gt=0), name="members_composition_not_empty"),
        ]

    def __str__(self):
        return f"{self.member}, {self.as_of}: {self.total}"


class CompositionPart(PublicFact):
    """One kind of municipalities and how many of them there are: "rural settlements", 309."""

    composition = models.ForeignKey(Composition, on_delete=models.CASCADE, related_name="parts")
    kind = models.CharField(_("kind"), max_length=120)
    count = models.PositiveIntegerField(_("how many"))
    order = models.PositiveSmallIntegerField(_("order"), default=0)

    class Meta:
        verbose_name = _("part of a composition")
        verbose_name_plural = _("parts of a composition")
        ordering = ["order", "pk"]
        constraints = [one_language_required("kind", "members_compositionpart_kind_given")]

    def __str__(self):
        return f"{self.kind}: {self.count}"
