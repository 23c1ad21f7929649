"""Ratings and their editions: when, of whom, in which classes."""

import datetime
import zoneinfo

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import IntegerRangeField, RangeOperators
from django.core.validators import MaxValueValidator, MinValueValidator, RegexValidator
from django.db import models
from django.db.models import F, Func, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from awards.models import Award
from content.languages import in_language, one_language_required
from content.models import Picture
from content.publishing import Publishable, PublishableQuerySet, published_needs_a_moment
from content.records import PublicFact, PublicRecord
from content.richtext import RichTextField
from content.timezones import validate_time_zone
from events.models import Event
from members.models import Country, Member


class Rating(Publishable, PublicRecord):
    """A rating that the association holds; its editions come every year or two."""

    title = models.CharField(_("name"), max_length=200)
    slug = models.SlugField(_("address"), unique=True, max_length=120)
    summary = models.CharField(_("summary"), max_length=400, blank=True)
    body = RichTextField(_("text"), blank=True)
    # Under which places become honours with prize and diploma.
    award = models.ForeignKey(
        Award, null=True, blank=True, on_delete=models.PROTECT, related_name="ratings",
        verbose_name=_("award"), help_text=_("Under which its winners are honoured."),
    )  # fmt: skip
    picture = models.ForeignKey(
        Picture, null=True, blank=True, on_delete=models.SET_NULL, related_name="+",
        verbose_name=_("picture"),
    )  # fmt: skip
    order = models.PositiveSmallIntegerField(_("order"), default=100)
    updated_at = models.DateTimeField(auto_now=True)

    objects = PublishableQuerySet.as_manager()

    class Meta:
        verbose_name = _("rating")
        verbose_name_plural = _("ratings")
        ordering = ["order", "pk"]
        constraints = [
            one_language_required("title", "ratings_rating_title_given"),
            published_needs_a_moment("ratings_rating_public_from"),
        ]

    def __str__(self):
        return in_language(self, "title")[0] or self.slug

    def get_absolute_url(self):
        return reverse("ratings:rating", args=[self.slug])


class EditionQuerySet(PublishableQuerySet):
    def visible(self, at: datetime.datetime | None = None):
        """Editions the public may see: published, of a published rating."""
        return self.published(at).filter(rating__in=Rating.objects.published(at))

    def held(self):
        """Those with a questionnaire here, not only a known outcome."""
        return self.filter(kind=Edition.Kind.HELD)

    def open(self, at: datetime.datetime | None = None):
        """Those whose questionnaire takes answers at this moment, the first to close first."""
        at = at or timezone.now()
        return self.held().filter(
            opened_at__isnull=False, opens_at__lte=at, closes_at__gt=at, sealed_at__isnull=True
        ).order_by("closes_at", "pk")  # fmt: skip


class Edition(Publishable, PublicRecord):
    """One edition of a rating: of a period, by a method, with its own classes and guests."""

    class Kind(models.TextChoices):
        HELD = "held", _("with a questionnaire here")
        KNOWN = "known", _("past: only what is publicly known")

    rating = models.ForeignKey(
        Rating, on_delete=models.PROTECT, related_name="editions", verbose_name=_("rating")
    )
    kind = models.CharField(_("kind"), max_length=5, choices=Kind, default=Kind.HELD)
    # The name of the rating changed over the years: this one's own.
    title = models.CharField(_("title"), max_length=200)
    slug = models.SlugField(_("address"), max_length=120)
    year = models.PositiveSmallIntegerField(
        _("year"), validators=[MinValueValidator(1990), MaxValueValidator(2100)]
    )
    summary = models.CharField(_("summary"), max_length=400, blank=True)
    body = RichTextField(_("text"), blank=True)
    # How it is scored, in words for everybody; the figures of it are in `Method`.
    methodology = RichTextField(_("method in words"), blank=True)
    period_starts_on = models.DateField(_("period from"), null=True, blank=True)
    period_ends_on = models.DateField(_("period to"), null=True, blank=True)
    time_zone = models.CharField(
        _("time zone"), max_length=64, default="Europe/Moscow", validators=[validate_time_zone]
    )
    opens_at = models.DateTimeField(_("answers from"), null=True, blank=True)
    closes_at = models.DateTimeField(_("answers until"), null=True, blank=True)
    results_expected_on = models.DateField(_("results expected"), null=True, blank=True)
    population_year = models.PositiveSmallIntegerField(
        _("inhabitants as of the year"), null=True, blank=True,
        validators=[MinValueValidator(1950), MaxValueValidator(2100)],
        help_text=_("Size classes and figures per inhabitant are judged by it."),
    )  # fmt: skip
    # Guests have places among all; members alone are ranked anew beside them.
    admits_guests = models.BooleanField(_("guests take part"), default=False)
    # Each city reads its own points; nobody else's, whatever stands here.
    shows_points = models.BooleanField(_("cities see their points in detail"), default=True)
    places_honoured = models.PositiveSmallIntegerField(
        _("places honoured in each list"), default=3, validators=[MaxValueValidator(50)]
    )
    event = models.ForeignKey(
        Event, null=True, blank=True, on_delete=models.PROTECT, related_name="rating_editions",
        verbose_name=_("ceremony"),
    )  # fmt: skip
    # Is said beside its place: the press asks.
    host = models.ForeignKey(
        Member, null=True, blank=True, on_delete=models.PROTECT, related_name="+",
        verbose_name=_("city that hosts the ceremony"),
    )  # fmt: skip
    is_invented = models.BooleanField(_("invented for the demonstration"), default=False)
    source = models.CharField(_("source"), max_length=300, blank=True)
    source_url = models.URLField(_("page of the source"), blank=True, max_length=500)
    # Set by capabilities alone, in this order; each means that something may no longer change.
    opened_at = models.DateTimeField(_("opened"), null=True, blank=True, editable=False)
    frozen_at = models.DateTimeField(_("first answer"), null=True, blank=True, editable=False)
    sealed_at = models.DateTimeField(_("sealed"), null=True, blank=True, editable=False)
    created_at = models.DateTimeField(auto_now_add=True)
    updated_at = models.DateTimeField(auto_now=True)

    objects = EditionQuerySet.as_manager()

    class Meta:
        verbose_name = pgettext_lazy("of a rating", "edition")
        verbose_name_plural = pgettext_lazy("of a rating", "editions")
        ordering = ["-year", "-pk"]
        constraints = [
            one_language_required("title", "ratings_edition_title_given"),
            published_needs_a_moment("ratings_edition_public_from"),
            models.UniqueConstraint(
                fields=["rating", "slug"], name="ratings_edition_slug_once",
                violation_error_message=_("The rating has an edition at this address already."),
            ),
            models.CheckConstraint(
                condition=Q(opens_at__isnull=True) | Q(closes_at__isnull=True)
                | Q(closes_at__gt=F("opens_at")),
                name="ratings_edition_closes_after_opening",
                violation_error_message=_("Answers close after they open."),
            ),
            models.CheckConstraint(
                condition=Q(period_starts_on__isnull=True) | Q(period_ends_on__isnull=True)
                | Q(period_ends_on__gte=F("period_starts_on")),
                name="ratings_edition_period_in_order",
                violation_error_message=_("The period ends after it begins."),
            ),
            models.CheckConstraint(
                condition=Q(opened_at__isnull=True)
                | Q(kind="held", opens_at__isnull=False, closes_at__isnull=False),
                name="ratings_edition_opened_has_window",
                violation_error_message=_("Say from when and until when answers come."),
            ),
            models.CheckConstraint(
                condition=Q(frozen_at__isnull=True) | Q(opened_at__isnull=False),
                name="ratings_edition_answered_when_open",
            ),
        ]  # fmt: skip

    def __str__(self):
        return in_language(self, "title")[0] or self.slug

    def get_absolute_url(self):
        return reverse("ratings:edition", args=[self.rating.slug, self.slug])

    @property
    def zone(self) -> zoneinfo.ZoneInfo:
        """The clock its deadlines are set by."""
        return zoneinfo.ZoneInfo(self.time_zone)

    def takes_answers(self, at: datetime.datetime | None = None) -> bool:
        """Whether the questionnaire can be answered at this moment."""
        at = at or timezone.now()
        return bool(self.opened_at and not self.sealed_at and self.opens_at <= at < self.closes_at)


class Zone(PublicFact):
    """Where cities of an edition come from: the region itself, a section that is a guest."""

    edition = models.ForeignKey(
        Edition, on_delete=models.CASCADE, related_name="zones",
        verbose_name=pgettext_lazy("of a rating", "edition"),
    )  # fmt: skip
    title = models.CharField(_("title"), max_length=200)
    countries = models.ManyToManyField(
        Country, blank=True, related_name="+", verbose_name=_("countries")
    )
    is_guest = models.BooleanField(_("its cities are guests"), default=False)
    order = models.PositiveSmallIntegerField(_("order"), default=1)

    class Meta:
        verbose_name = pgettext_lazy("of a rating", "zone")
        verbose_name_plural = pgettext_lazy("of a rating", "zones")
        ordering = ["edition", "order", "pk"]
        constraints = [one_language_required("title", "ratings_zone_title_given")]

    def __str__(self):
        return in_language(self, "title")[0]


class SizeClass(PublicFact):
    """A class of cities by inhabitants, of one edition; minimum included, maximum not.

    A constraint refuses overlaps; gaps are found by the live check before the edition opens.
    """

    edition = models.ForeignKey(
        Edition, on_delete=models.CASCADE, related_name="size_classes",
        verbose_name=pgettext_lazy("of a rating", "edition"),
    )  # fmt: skip
    # Stands in addresses of lists, in data files and in diploma numbers.
    code = models.CharField(
        _("code"), max_length=12,
        validators=[RegexValidator(r"^[a-z0-9]+\Z", _("Latin small letters and digits."))],
    )  # fmt: skip
    title = models.CharField(_("title"), max_length=120)
    minimum = models.PositiveIntegerField(_("from, inhabitants"), default=0)
    maximum = models.PositiveIntegerField(_("below, inhabitants"), null=True, blank=True)

    class Meta:
        verbose_name = pgettext_lazy("of a rating", "size class")
        verbose_name_plural = pgettext_lazy("of a rating", "size classes")
        ordering = ["edition", "-minimum"]
        constraints = [
            one_language_required("title", "ratings_sizeclass_title_given"),
            models.UniqueConstraint(
                fields=["edition", "code"], name="ratings_sizeclass_code_once",
                violation_error_message=_("Another class of the edition has this code."),
            ),
            models.CheckConstraint(
                condition=Q(maximum__isnull=True) | Q(maximum__gt=F("minimum")),
                name="ratings_sizeclass_bounds",
                violation_error_message=_("“Below” has to be more than “from”."),
            ),
            ExclusionConstraint(
                name="ratings_sizeclass_no_overlap",
                expressions=[
                    ("edition", RangeOperators.EQUAL),
                    (
                        Func("minimum", "maximum", function="INT4RANGE",
                             output_field=IntegerRangeField()),
                        RangeOperators.OVERLAPS,
                    ),
                ],
                violation_error_message=_("Another class covers some of these numbers."),
            ),
        ]  # fmt: skip

    def __str__(self):
        return in_language(self, "title")[0]

    def holds(self, population: int) -> bool:
        """Whether a city of so many inhabitants belongs here."""
        return self.minimum <= population and (self.maximum is None or population < self.maximum)
