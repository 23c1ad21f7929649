"""What staff put on the front page: the words of welcome, the blocks and their order, featured
records."""

from django.contrib.contenttypes.fields import GenericForeignKey
from django.contrib.contenttypes.models import ContentType
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from association.models.only import OnlyOne, only_slot_one
from content.dated import Dated, DatedQuerySet, starts_before_end
from content.editing import Versioned
from content.models import Picture
from content.records import PublicFact


class Welcome(OnlyOne, Versioned, PublicFact):
    """The headline of the front page and the line under it: what the association is for."""

    headline = models.CharField(_("headline"), max_length=90, blank=True)
    mission = models.TextField(_("mission"), max_length=400, blank=True)

    class Meta:
        verbose_name = _("words of welcome")
        verbose_name_plural = _("words of welcome")
        constraints = [only_slot_one("association_welcome_one")]

    def __str__(self):
        return self.headline or str(self._meta.verbose_name)


class HomeBlock(Versioned, PublicFact):
    """A part of the front page; staff choose which are shown, in which order, how long."""

    class Kind(models.TextChoices):
        FEATURED = "featured", _("featured records")
        EVENTS = "events", _("next events")
        CALLS = "calls", _("open calls")
        DEADLINES = "deadlines", _("deadlines")
        NEWS = "news", _("latest news")
        WINNERS = "winners", _("latest honours")
        RATING = "rating", _("latest results of a rating")
        FACTS = "facts", _("figures of the facts register")
        MAP = "map", _("map of the members")
        LIBRARY = "library", _("from the library")
        PARTNERS = "partners", _("partners")
        NEWSLETTER = "newsletter", _("invitation to the newsletter")

    kind = models.CharField(_("what it shows"), max_length=10, choices=Kind, unique=True)
    position = models.PositiveSmallIntegerField(_("order"), default=0)
    is_shown = models.BooleanField(_("shown"), default=True)
    title = models.CharField(
        _("title"), max_length=90, blank=True, help_text=_("Left empty, the usual words stand.")
    )
    count = models.PositiveSmallIntegerField(
        _("how many"), default=3, validators=[MinValueValidator(1), MaxValueValidator(8)],
        help_text=_("Rows of lists; the map and the newsletter have none."),
    )  # fmt: skip

    class Meta:
        verbose_name = _("block of the front page")
        verbose_name_plural = _("blocks of the front page")
        ordering = ["position", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(count__gte=1, count__lte=8),
                name="association_homeblock_count",
                violation_error_message=_("Between one and eight."),
            )
        ]

    def __str__(self):
        return self.get_kind_display()


class Featured(Dated, Versioned, PublicFact):
    """A public record that staff put on the front page, for as long as they say."""

    content_type = models.ForeignKey(ContentType, on_delete=models.CASCADE, related_name="+")
    object_id = models.BigIntegerField()
    record = GenericForeignKey()
    # Its title when it was chosen: for staff, also once the record is no longer public.
    label = models.CharField(_("record"), max_length=300, editable=False)
    position = models.PositiveSmallIntegerField(_("order"), default=0)
    text = models.CharField(
        _("why now"), max_length=200, blank=True,
        help_text=_("One sentence under the title. Left empty, none stands there."),
    )  # fmt: skip
    picture = models.ForeignKey(
        Picture, null=True, blank=True, on_delete=models.SET_NULL, related_name="+",
        verbose_name=_("picture"),
    )  # fmt: skip

    objects = DatedQuerySet.as_manager()

    class Meta:
        verbose_name = _("featured record")
        verbose_name_plural = pgettext_lazy("of the front page", "featured records")
        ordering = ["position", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["content_type", "object_id"], name="association_featured_once",
                violation_error_message=_("This record is featured already."),
            ),
            starts_before_end("association_featured_in_order"),
        ]  # fmt: skip

    def __str__(self):
        return self.label
