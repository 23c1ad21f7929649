"""Partners and supporters of the association."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from content.dated import Dated, DatedQuerySet, starts_before_end
from content.editing import Versioned
from content.languages import one_language_required
from content.models import Picture
from content.records import PublicFact
from governance.models import Organisation


class PartnerQuerySet(DatedQuerySet):
    def shown(self):
        """Partners of today in the order of the page, with what a row shows."""
        return self.on().select_related("organisation", "logo").prefetch_related("logo__renditions")


class Partner(Dated, Versioned, PublicFact):
    """Whoever works with the association: who it is, in which role, since when."""

    class Kind(models.TextChoices):
        WORLD = "world", _("world organisation")
        PARTNER = "partner", _("partner")
        SUPPORTER = "supporter", _("supporter")

    kind = models.CharField(_("kind"), max_length=9, choices=Kind, default=Kind.PARTNER)
    name = models.CharField(_("name"), max_length=200)
    role = models.CharField(
        _("role"), max_length=300, blank=True,
        help_text=_("What is done together, in one sentence."),
    )  # fmt: skip
    url = models.URLField(_("website"), blank=True)
    organisation = models.ForeignKey(
        Organisation, null=True, blank=True, on_delete=models.PROTECT, related_name="+",
        verbose_name=_("its record"), help_text=_("Where it has a page here."),
    )  # fmt: skip
    logo = models.ForeignKey(
        Picture, null=True, blank=True, on_delete=models.SET_NULL, related_name="+",
        verbose_name=_("logo"),
    )  # fmt: skip
    position = models.PositiveSmallIntegerField(_("order"), default=0)

    objects = PartnerQuerySet.as_manager()

    class Meta:
        verbose_name = _("partner")
        verbose_name_plural = _("partners and supporters")
        ordering = ["position", "pk"]
        constraints = [
            one_language_required("name", "association_partner_name_given"),
            starts_before_end("association_partner_in_order"),
            models.UniqueConstraint(
                fields=["organisation"], condition=Q(ends_on__isnull=True),
                name="association_partner_once",
                violation_error_message=_("This organisation is a partner already."),
            ),
        ]  # fmt: skip

    def __str__(self):
        return self.name or str(self.pk)
