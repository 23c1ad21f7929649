"""Awards and their rounds: who may enter what, by when, and what the entry form asks."""

import zoneinfo

from django.contrib.postgres.fields import ArrayField
from django.core.validators import MaxValueValidator, MinValueValidator, RegexValidator
from django.db import models, transaction
from django.db.models import Exists, F, OuterRef, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from content import search
from content.languages import in_language, one_language_required
from content.models import Picture
from content.publishing import Publishable, PublishableQuerySet, published_needs_a_moment
from content.records import PublicFact, PublicRecord
from content.richtext import RichTextField
from content.timezones import validate_time_zone
from events.models import Event


class EntrantKind(models.TextChoices):
    """Who enters, and who is nominated."""

    MEMBER = "member", _("member of the association")
    CITY = "city", _("any city")
    INSTITUTION = "institution", _("institution")
    PERSON = "person", pgettext_lazy("entrant", "person")


class Award(Publishable, PublicRecord):
    """An award, a contest or an honour; its rounds come year by year."""

    class Giver(models.TextChoices):
        OWN = "own", _("given by the association")
        OTHERS = "others", _("given by others")

    title = models.CharField(_("name"), max_length=200)
    slug = models.SlugField(_("address"), unique=True, max_length=120)
    summary = models.CharField(_("summary"), max_length=400, blank=True)
    body = RichTextField(_("text"), blank=True)
    giver = models.CharField(
        pgettext_lazy("award", "given by"), max_length=6, choices=Giver, default=Giver.OWN
    )
    # "UN-Habitat": only of honours given by others.
    given_by = models.CharField(_("organisation that gives it"), max_length=200, blank=True)
    website = models.URLField(_("web page"), blank=True)
    picture = models.ForeignKey(
        Picture, null=True, blank=True, on_delete=models.SET_NULL, related_name="+",
        verbose_name=_("picture"),
    )  # fmt: skip
    order = models.PositiveSmallIntegerField(_("order"), default=100)
    updated_at = models.DateTimeField(auto_now=True)

    objects = PublishableQuerySet.as_manager()

    class Meta:
        verbose_name = _("award")
        verbose_name_plural = _("awards")
        ordering = ["order", "pk"]
        constraints = [
            one_language_required("title", "awards_award_title_given"),
            published_needs_a_moment("awards_award_public_from"),
        ]

    def __str__(self):
        return in_language(self, "title")[0] or self.slug

    def save(self, *args, **kwargs):
        """Rounds are found under the name of their award, and only while it is public."""
        with transaction.atomic():
            super().save(*args, **kwargs)
            search.keep_many(list(self.rounds.select_related("award")))

    def get_absolute_url(self):
        return reverse("awards:award", args=[self.slug])


class RoundQuerySet(PublishableQuerySet):
    def open(self, at=None):
        """Published rounds that take entries at this moment, the first to close first.

        Of the whole round or of one category at least, which may have a deadline of its own.
        """
        at = at or timezone.now()
        categories = Category.objects.filter(round=OuterRef("pk"))
        as_the_round = ~Exists(categories) | Exists(categories.filter(closes_at=None))
        return (
            self.visible(at)
            .filter(opens_at__lte=at)
            .filter(
                Q(Exists(categories.filter(closes_at__gt=at))) | Q(as_the_round, closes_at__gt=at)
            )
            .order_by("closes_at", "pk")
        )

    def visible(self, at=None):
        """Rounds the public may see: published, of a published award."""
        return self.published(at).filter(award__in=Award.objects.published(at))


class Round(Publishable, PublicRecord):
    """One edition of an award: its year, theme, rules, and the window in which entries come."""

    class NominatedBy(models.TextChoices):
        THEMSELVES = "themselves", _("entrants enter themselves")
        OTHERS = "others", _("somebody else nominates")
        EITHER = "either", _("either")

    award = models.ForeignKey(
        Award, on_delete=models.PROTECT, related_name="rounds", verbose_name=_("award")
    )
    title = models.CharField(_("title"), max_length=200)
    slug = models.SlugField(_("address"), max_length=120)
    year = models.PositiveSmallIntegerField(
        _("year"), validators=[MinValueValidator(1950), MaxValueValidator(2100)]
    )
    # What the results are of, where it is another year than that of the round.
    results_of_year = models.PositiveSmallIntegerField(
        _("results of the year"), null=True, blank=True
    )
    edition = models.PositiveSmallIntegerField(_("edition number"), null=True, blank=True)
    theme = models.CharField(_("theme"), max_length=300, blank=True)
    summary = models.CharField(_("summary"), max_length=400, blank=True)
    rules = RichTextField(_("rules"), blank=True)
    time_zone = models.CharField(
        _("time zone"), max_length=64, default="Europe/Moscow",
        validators=[validate_time_zone],
    )  # fmt: skip
    opens_at = models.DateTimeField(_("entries from"))
    closes_at = models.DateTimeField(_("entries until"))
    results_expected_on = models.DateField(_("results expected"), null=True, blank=True)
    who_may_enter = ArrayField(
        models.CharField(max_length=11, choices=EntrantKind), verbose_name=_("who may enter"),
        default=list,
    )  # fmt: skip
    nominated_by = models.CharField(
        _("nomination"), max_length=10, choices=NominatedBy, default=NominatedBy.THEMSELVES
    )
    region_only = models.BooleanField(_("only from the region"), default=True)
    dues_required = models.BooleanField(_("only members without overdue dues"), default=False)
    languages = ArrayField(
        models.CharField(max_length=2, choices=[("ru", _("Russian")), ("en", _("English"))]),
        verbose_name=_("languages of entries"), default=list,
    )  # fmt: skip
    limit_per_entrant = models.PositiveSmallIntegerField(
        _("entries of one entrant at most"), null=True, blank=True
    )
    # A contest of children: an author with an age for every work, a guardian's consent for each.
    is_for_children = models.BooleanField(_("authors are children"), default=False)
    admits_batches = models.BooleanField(_("schools send many works at once"), default=False)
    event = models.ForeignKey(
        Event, null=True, blank=True, on_delete=models.PROTECT, related_name="award_rounds",
        verbose_name=_("ceremony"),
    )  # fmt: skip
    created_at = models.DateTimeField(auto_now_add=True)
    updated_at = models.DateTimeField(auto_now=True)

    objects = RoundQuerySet.as_manager()

    class Meta:
        verbose_name = _("round of an award")
        verbose_name_plural = _("rounds of awards")
        ordering = ["-year", "-closes_at", "pk"]
        constraints = [
            one_language_required("title", "awards_round_title_given"),
            published_needs_a_moment("awards_round_public_from"),
            models.UniqueConstraint(
                fields=["award", "slug"], name="awards_round_slug_once",
                violation_error_message=_("The award has a round at this address already."),
            ),
            models.CheckConstraint(
                condition=Q(closes_at__gt=F("opens_at")), name="awards_round_closes_after_opening",
                violation_error_message=_("Entries close after they open."),
            ),
            models.CheckConstraint(
                condition=Q(limit_per_entrant__isnull=True) | Q(limit_per_entrant__gte=1),
                name="awards_round_limit_from_1",
                violation_error_message=_("A limit is 1 or more."),
            ),
        ]  # fmt: skip

    def __str__(self):
        return in_language(self, "title")[0] or self.slug

    def get_absolute_url(self):
        return reverse("awards:round", args=[self.award.slug, self.slug])

    @property
    def zone(self) -> zoneinfo.ZoneInfo:
        """The clock its deadlines are set by."""
        return zoneinfo.ZoneInfo(self.time_zone)


class Category(PublicFact):
    """What one enters: a nomination, an age group; with a deadline and limits of its own."""

    round = models.ForeignKey(
        Round,
        on_delete=models.CASCADE,
        related_name="categories",
        verbose_name=pgettext_lazy("of an award", "round"),
    )
    # Stands in the numbers of diplomas: 2018-L-001.
    code = models.CharField(
        _("letters in diploma numbers"), max_length=4,
        validators=[RegexValidator(r"^[A-Z0-9]+\Z", _("Latin capital letters and digits."))],
    )  # fmt: skip
    title = models.CharField(_("title"), max_length=200)
    description = models.CharField(_("description"), max_length=1000, blank=True)
    min_age = models.PositiveSmallIntegerField(_("age from"), null=True, blank=True)
    max_age = models.PositiveSmallIntegerField(_("age to"), null=True, blank=True)
    closes_at = models.DateTimeField(
        _("entries until"), null=True, blank=True,
        help_text=_("Where it differs from the round."),
    )  # fmt: skip
    limit_per_entrant = models.PositiveSmallIntegerField(
        _("entries of one entrant at most"), null=True, blank=True
    )
    order = models.PositiveSmallIntegerField(_("order"), default=1)

    class Meta:
        verbose_name = _("category")
        verbose_name_plural = _("categories")
        ordering = ["round", "order", "pk"]
        constraints = [
            one_language_required("title", "awards_category_title_given"),
            models.UniqueConstraint(
                fields=["round", "code"], name="awards_category_code_once",
                violation_error_message=_("Another category of the round has these letters."),
            ),
            models.CheckConstraint(
                condition=Q(min_age__isnull=True, max_age__isnull=True)
                | Q(min_age__gte=1, max_age__gte=F("min_age"), max_age__lte=120),
                name="awards_category_ages_in_order",
                violation_error_message=_("Give both ages, the lower one first."),
            ),
            models.CheckConstraint(
                condition=Q(limit_per_entrant__isnull=True) | Q(limit_per_entrant__gte=1),
                name="awards_category_limit_from_1",
                violation_error_message=_("A limit is 1 or more."),
            ),
        ]  # fmt: skip

    def __str__(self):
        return in_language(self, "title")[0]


class EntryField(PublicFact):
    """One thing the entry form of a round asks."""

    class Kind(models.TextChoices):
        LINE = "line", _("short text")
        TEXT = "text", _("long text")
        CHOICE = "choice", _("one of several")
        CHOICES = "choices", _("several of several")
        NUMBER = "number", pgettext_lazy("kind of a question", "number")
        DATE = "date", _("date")
        YES_NO = "yes_no", _("yes or no")
        LINK = "link", _("link")
        FILE = "file", _("file")
        PICTURE = "picture", _("picture")

    round = models.ForeignKey(
        Round,
        on_delete=models.CASCADE,
        related_name="fields",
        verbose_name=pgettext_lazy("of an award", "round"),
    )
    category = models.ForeignKey(
        Category, null=True, blank=True, on_delete=models.CASCADE, related_name="fields",
        verbose_name=_("only in the category"),
    )  # fmt: skip
    kind = models.CharField(_("kind"), max_length=7, choices=Kind, default=Kind.TEXT)
    label = models.CharField(_("question"), max_length=300)
    hint = models.CharField(_("hint"), max_length=500, blank=True)
    is_required = models.BooleanField(_("must be answered"), default=False)
    # Texts: asked once, in the language of the entry, or in Russian and in English.
    in_both_languages = models.BooleanField(_("asked in Russian and in English"), default=False)
    max_length = models.PositiveIntegerField(
        _("characters at most"), null=True, blank=True,
        validators=[MinValueValidator(1), MaxValueValidator(20000)],
    )  # fmt: skip
    max_files = models.PositiveSmallIntegerField(
        _("files at most"), default=1, validators=[MinValueValidator(1), MaxValueValidator(20)]
    )
    # A blind jury does not see the answers to these.
    is_identifying = models.BooleanField(_("tells who the author is"), default=False)
    order = models.PositiveSmallIntegerField(_("order"), default=1)

    class Meta:
        verbose_name = _("question of the entry form")
        verbose_name_plural = _("entry form")
        ordering = ["round", "order", "pk"]
        constraints = [one_language_required("label", "awards_entryfield_label_given")]

    def __str__(self):
        return in_language(self, "label")[0]


class EntryFieldChoice(PublicFact):
    """One of the answers a question of the entry form offers."""

    field = models.ForeignKey(
        EntryField, on_delete=models.CASCADE, related_name="choices", verbose_name=_("question")
    )
    label = models.CharField(_("answer"), max_length=200)
    order = models.PositiveSmallIntegerField(_("order"), default=1)

    class Meta:
        verbose_name = _("answer to choose")
        verbose_name_plural = _("answers to choose")
        ordering = ["field", "order", "pk"]
        constraints = [one_language_required("label", "awards_entryfieldchoice_label_given")]

    def __str__(self):
        return in_language(self, "label")[0]
