"""Who was honoured: results of a round, laureates of all years, prizes, corrections."""

import datetime

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from awards.models import Award, Category, EntrantKind, Entry, Round
from content.dated import Precision
from content.languages import in_language, one_language_required
from content.models import Picture, PrivateFile
from content.publishing import Publishable, PublishableQuerySet, published_needs_a_moment
from content.records import PublicFact, PublicRecord
from events.models import Event
from meetings.models import Decision
from members.models import Member


class ResultsQuerySet(models.QuerySet):
    def out(self, at: datetime.datetime | None = None):
        """Released results whose moment has come, of rounds and awards that are public."""
        at = at or timezone.now()
        return self.filter(
            released_at__isnull=False, published_at__lte=at, round__in=Round.objects.visible(at)
        )


class Results(PublicFact):
    """The results of a round: public from a moment on, and frozen from then.

    What was published is a snapshot; a correction is an `Erratum`, visible and dated.
    """

    round = models.OneToOneField(
        Round,
        on_delete=models.PROTECT,
        related_name="results",
        verbose_name=pgettext_lazy("of an award", "round"),
    )
    # Embargo: nothing of it is public before.
    published_at = models.DateTimeField(_("public from"), null=True, blank=True)
    # The meeting's decision that publishes them (S3-32), or in words.
    decision = models.ForeignKey(
        Decision, null=True, blank=True, on_delete=models.PROTECT, related_name="+",
        verbose_name=_("decision of a meeting"),
    )  # fmt: skip
    introduction = models.TextField(_("introduction"), max_length=2000, blank=True)
    # What the public page showed on publication, as it was: for the record.
    snapshot = models.JSONField(default=list, editable=False)
    released_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT,
        related_name="+", editable=False, verbose_name=_("released by"),
    )  # fmt: skip
    released_at = models.DateTimeField(_("released"), null=True, blank=True, editable=False)

    objects = ResultsQuerySet.as_manager()

    class Meta:
        verbose_name = _("results of a round")
        verbose_name_plural = _("results of rounds")
        ordering = ["-published_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(released_at__isnull=True) | Q(published_at__isnull=False),
                name="laureates_results_released_from",
            )
        ]

    def __str__(self):
        return str(self.round)

    def get_absolute_url(self):
        return reverse("laureates:results", args=[self.round.award.slug, self.round.slug])

    def is_out(self, at: datetime.datetime | None = None) -> bool:
        """Whether the public may see them: released, and the embargo is over."""
        return self.released_at is not None and self.published_at <= (at or timezone.now())


class LaureateQuerySet(PublishableQuerySet):
    def public(self, at: datetime.datetime | None = None):
        """What the public may see: of a round held here nothing before its results are out."""
        at = at or timezone.now()
        out = Q(round__results__released_at__isnull=False, round__results__published_at__lte=at)
        return self.published(at).filter(Q(round__isnull=True) | out)

    def in_order(self):
        """The latest year first; in a year by category and place, honours without one last."""
        return self.order_by(
            models.F("year").desc(nulls_last=True), "award__order", "award", "category__order",
            "category", models.F("place").asc(nulls_last=True), "pk",
        )  # fmt: skip


class Laureate(Publishable, PublicRecord):
    """One honour: who, for what, in which award and year. Of rounds held here, and of the past.

    `title` is who was honoured, as the public reads it: "Bishkek", "Amina, 9, Kazan".
    """

    class Honour(models.TextChoices):
        GRAND = "grand", _("grand prix")
        PLACE = "place", pgettext_lazy("honour", "place")
        WINNER = "winner", _("winner")
        SPECIAL = "special", _("special diploma")
        MENTION = "mention", _("honourable mention")

    class Payment(models.TextChoices):
        NONE = "none", _("nothing to pay")
        DUE = "due", pgettext_lazy("prize", "to be paid")
        ORDERED = "ordered", _("ordered from the bank")
        PAID = "paid", pgettext_lazy("prize", "paid")

    award = models.ForeignKey(
        Award, on_delete=models.PROTECT, related_name="laureates", verbose_name=_("award")
    )
    round = models.ForeignKey(
        Round, null=True, blank=True, on_delete=models.PROTECT, related_name="laureates",
        verbose_name=pgettext_lazy("of an award", "round"),
    )  # fmt: skip
    # Empty: no source states it.
    year = models.PositiveSmallIntegerField(
        _("year of the award"), null=True, blank=True,
        validators=[MinValueValidator(1950), MaxValueValidator(2100)],
    )  # fmt: skip
    # "following the results of 2016", awarded in 2017.
    results_of_year = models.PositiveSmallIntegerField(
        _("results of the year"), null=True, blank=True
    )
    category = models.ForeignKey(
        Category, null=True, blank=True, on_delete=models.PROTECT, related_name="laureates",
        verbose_name=_("category"),
    )  # fmt: skip
    # Of honours without a round here: "large cities", "Hometown as a national brand".
    category_text = models.CharField(_("category in words"), max_length=300, blank=True)
    entry = models.ForeignKey(
        Entry, null=True, blank=True, on_delete=models.PROTECT, related_name="laureates",
        verbose_name=_("work"),
    )  # fmt: skip
    kind = models.CharField(
        _("who"), max_length=11, choices=EntrantKind, default=EntrantKind.MEMBER
    )
    member = models.ForeignKey(
        Member, null=True, blank=True, on_delete=models.PROTECT, related_name="laureates",
        verbose_name=_("city"), help_text=_("On whose page the honour stands."),
    )  # fmt: skip
    title = models.CharField(_("laureate, as the public reads it"), max_length=300)
    honour = models.CharField(_("honour"), max_length=7, choices=Honour, default=Honour.PLACE)
    place = models.PositiveSmallIntegerField(_("place"), null=True, blank=True)
    # "Diploma of the first degree", "Special diploma for courage".
    honour_text = models.CharField(_("honour in words"), max_length=300, blank=True)
    citation = models.TextField(_("citation: what for"), max_length=2000, blank=True)
    work_title = models.CharField(_("title of the work"), max_length=300, blank=True)
    jury_words = models.TextField(_("words of the jury"), max_length=2000, blank=True)
    picture = models.ForeignKey(
        Picture, null=True, blank=True, on_delete=models.SET_NULL, related_name="+",
        verbose_name=_("picture"),
    )  # fmt: skip
    prize_amount = models.DecimalField(
        _("prize"), max_digits=12, decimal_places=2, null=True, blank=True
    )
    prize_currency = models.CharField(_("currency"), max_length=3, blank=True)
    presenter = models.CharField(_("presented by"), max_length=300, blank=True)
    recipient = models.CharField(_("received by"), max_length=300, blank=True)
    event = models.ForeignKey(
        Event, null=True, blank=True, on_delete=models.PROTECT, related_name="laureates",
        verbose_name=_("ceremony"),
    )  # fmt: skip
    presented_on = models.DateField(_("presented on"), null=True, blank=True)
    presented_precision = models.CharField(
        _("date known to the"), max_length=5, choices=Precision, default=Precision.DAY
    )
    presented_at = models.CharField(_("presented at"), max_length=300, blank=True)
    source = models.CharField(_("source"), max_length=300, blank=True)
    source_url = models.URLField(_("page of the source"), blank=True, max_length=500)
    is_invented = models.BooleanField(_("invented for the demonstration"), default=False)
    # Staff alone see these and the papers (`PrizePaper`).
    payment = models.CharField(
        _("payment of the prize"), max_length=7, choices=Payment, default=Payment.NONE
    )
    paid_on = models.DateField(_("paid on"), null=True, blank=True)

    objects = LaureateQuerySet.as_manager()

    class Meta:
        verbose_name = _("laureate")
        verbose_name_plural = _("laureates")
        ordering = ["-year", "award", "place", "pk"]
        constraints = [
            one_language_required("title", "laureates_laureate_title_given"),
            published_needs_a_moment("laureates_laureate_public_from"),
            models.UniqueConstraint(
                fields=["entry", "category", "honour"], name="laureates_laureate_entry_once",
                violation_error_message=_("This work has this honour already."),
            ),
            models.CheckConstraint(
                condition=~Q(honour="place") | Q(place__isnull=False, place__gte=1),
                name="laureates_laureate_place_given",
                violation_error_message=_("Give the place."),
            ),
            models.CheckConstraint(
                condition=Q(prize_amount__isnull=True, prize_currency="")
                | Q(prize_amount__gt=0, prize_currency__regex=r"^[A-Z]{3}$"),
                name="laureates_laureate_prize_whole",
                violation_error_message=_("A prize has an amount and a currency, such as USD."),
            ),
            models.CheckConstraint(
                condition=Q(payment="none") | Q(prize_amount__isnull=False),
                name="laureates_laureate_payment_of_a_prize",
                violation_error_message=_("There is no prize to pay."),
            ),
            models.CheckConstraint(
                condition=Q(payment="paid", paid_on__isnull=False)
                | (~Q(payment="paid") & Q(paid_on__isnull=True)),
                name="laureates_laureate_paid_when",
                violation_error_message=_("A paid prize has the day of its payment, no other has."),
            ),
        ]  # fmt: skip

    def __str__(self):
        # Logs keep these words: of people's works they name nobody.
        if self.kind == EntrantKind.PERSON and self.entry_id:
            return gettext("laureate %(number)s") % {"number": self.pk}
        return in_language(self, "title")[0]

    def get_absolute_url(self):
        return reverse("laureates:detail", args=[self.pk])


class PrizePaper(models.Model):
    """A paper about the payment of a prize: for staff with the right to it."""

    laureate = models.ForeignKey(
        Laureate, on_delete=models.CASCADE, related_name="prize_papers", verbose_name=_("laureate")
    )
    title = models.CharField(_("what it is"), max_length=200)
    file = models.ForeignKey(
        PrivateFile, on_delete=models.PROTECT, related_name="+", verbose_name=_("file")
    )

    class Meta:
        verbose_name = _("paper about a prize")
        verbose_name_plural = _("papers about prizes")
        ordering = ["laureate", "pk"]

    def __str__(self):
        return self.title


class Erratum(PublicFact):
    """A visible correction of published results."""

    results = models.ForeignKey(
        Results, on_delete=models.PROTECT, related_name="errata", verbose_name=_("results")
    )
    text = models.CharField(_("what was corrected"), max_length=1000)
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+",
        verbose_name=_("made by"),
    )  # fmt: skip
    made_at = models.DateTimeField(_("made"), auto_now_add=True)

    class Meta:
        verbose_name = _("correction of results")
        verbose_name_plural = _("corrections of results")
        ordering = ["results", "made_at"]
        constraints = [one_language_required("text", "laureates_erratum_text_given")]

    def __str__(self):
        return in_language(self, "text")[0]
