"""A practice of a city, the pictures and files it brings, and its way through the secretariat."""

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from content.languages import in_language, one_language_required
from content.licences import licence_field
from content.models import Picture, PrivateFile, Topic
from content.publishing import Publishable, PublishableQuerySet, published_needs_a_moment
from content.records import PublicFact, PublicRecord
from laureates.models import Laureate
from members.models import Country, Member

# Signs that one text of a practice may have.
MOST_SIGNS = 5000
YEARS = [MinValueValidator(1950), MaxValueValidator(2100)]
TEXTS = ("problem", "action", "partners", "results", "transfer")


class PracticeQuerySet(PublishableQuerySet):
    def editable_by(self, user):
        """Practices of the members this person represents today."""
        return self.filter(member__in=Member.objects.editable_by(user))

    def waiting(self):
        """What staff have to decide, the longest waiting first."""
        return self.filter(stage=Practice.Stage.SENT).order_by("sent_at", "pk")

    def for_reading(self):
        """With all that a row of the list shows, in a fixed number of queries."""
        return self.select_related("member", "country").prefetch_related(
            "topics", "pictures__picture__renditions", "recommendations__body"
        )


class Practice(PublicRecord, Publishable):
    """What a city did: sent by the city, moderated, then public as long as it is published.

    The size and the country are those of the member on the day it was sent or published: they
    stay when the city grows.
    """

    class Stage(models.TextChoices):
        WRITING = "writing", _("being written")
        SENT = "sent", _("waiting for the secretariat")
        RETURNED = "returned", pgettext_lazy("practice", "returned with comments")
        ACCEPTED = "accepted", pgettext_lazy("practice", "accepted")
        REFUSED = "refused", pgettext_lazy("practice", "refused")

    keeps_revisions = True

    member = models.ForeignKey(
        Member, on_delete=models.PROTECT, related_name="practices", verbose_name=_("city")
    )
    title = models.CharField(_("title"), max_length=200)
    slug = models.SlugField(_("address"), unique=True, max_length=120)
    summary = models.CharField(_("in two sentences"), max_length=500, blank=True)
    problem = models.TextField(_("problem"), max_length=MOST_SIGNS, blank=True)
    action = models.TextField(_("what was done"), max_length=MOST_SIGNS, blank=True)
    partners = models.TextField(_("partners"), max_length=MOST_SIGNS, blank=True)
    results = models.TextField(_("results"), max_length=MOST_SIGNS, blank=True)
    transfer = models.TextField(_("what another city needs"), max_length=MOST_SIGNS, blank=True)
    cost_amount = models.DecimalField(
        _("cost"), max_digits=14, decimal_places=2, null=True, blank=True,
        validators=[MinValueValidator(0)],
    )  # fmt: skip
    cost_currency = models.CharField(_("currency"), max_length=3, blank=True)
    cost_note = models.CharField(_("note on the cost"), max_length=300, blank=True)
    contact_office = models.CharField(
        _("whom to ask"), max_length=300, blank=True,
        help_text=_("A department or an office, not a person."),
    )  # fmt: skip
    contact_email = models.EmailField(_("e-mail of the office"), blank=True)
    website = models.URLField(_("page of the practice"), blank=True)
    starts_year = models.PositiveSmallIntegerField(_("since the year"), validators=YEARS)
    ends_year = models.PositiveSmallIntegerField(
        _("until the year"), null=True, blank=True, validators=YEARS,
        help_text=_("Empty: it is still running."),
    )  # fmt: skip
    topics = models.ManyToManyField(
        Topic, blank=True, related_name="practices", verbose_name=_("topics and goals")
    )
    # Of the member on the day: see `practices.placing`.
    country = models.ForeignKey(
        Country, on_delete=models.PROTECT, related_name="+", editable=False,
        verbose_name=_("country"),
    )  # fmt: skip
    population = models.PositiveBigIntegerField(
        _("population at that time"), null=True, blank=True, editable=False
    )
    stage = models.CharField(_("stage"), max_length=8, choices=Stage, default=Stage.WRITING)
    sent_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT,
        related_name="+", editable=False, verbose_name=_("sent by"),
    )  # fmt: skip
    sent_at = models.DateTimeField(_("sent"), null=True, blank=True, editable=False)
    # The honour it was made from, once.
    laureate = models.OneToOneField(
        Laureate, null=True, blank=True, on_delete=models.PROTECT, related_name="practice",
        editable=False, verbose_name=_("honour"),
    )  # fmt: skip
    licence = licence_field()
    created_at = models.DateTimeField(auto_now_add=True)
    updated_at = models.DateTimeField(auto_now=True)

    objects = PracticeQuerySet.as_manager()

    class Meta:
        verbose_name = pgettext_lazy("of a city", "practice")
        verbose_name_plural = pgettext_lazy("of cities", "practices")
        ordering = ["-published_at", "-pk"]
        constraints = [
            one_language_required("title", "practices_practice_title_given"),
            published_needs_a_moment("practices_practice_public_from"),
            models.CheckConstraint(
                condition=~Q(status="published") | Q(stage="accepted"),
                name="practices_practice_public_is_accepted",
                violation_error_message=_("Only an accepted practice is published."),
            ),
            models.CheckConstraint(
                condition=Q(ends_year__isnull=True) | Q(ends_year__gte=models.F("starts_year")),
                name="practices_practice_years_in_order",
                violation_error_message=_("The last year lies before the first one."),
            ),
            models.CheckConstraint(
                condition=Q(cost_amount__isnull=True)
                | (Q(cost_amount__gte=0) & Q(cost_currency__regex=r"^[A-Z]{3}$")),
                name="practices_practice_cost_has_currency",
                violation_error_message=_("A cost has a currency of three letters, such as RUB."),
            ),
            models.CheckConstraint(
                condition=~Q(stage="sent") | Q(sent_at__isnull=False),
                name="practices_practice_sent_has_moment",
            ),
        ]
        indexes = [
            models.Index(
                fields=["-published_at", "-id"], condition=Q(status="published"),
                name="practices_practice_in_order",
            ),
            models.Index(
                fields=["sent_at"], condition=Q(stage="sent"), name="practices_practice_waiting"
            ),
        ]  # fmt: skip

    def __str__(self):
        return in_language(self, "title")[0] or self.slug

    def get_absolute_url(self):
        return reverse("practices:detail", args=[self.slug])


class PracticePicture(PublicFact):
    """A photograph of a practice, in its place."""

    practice = models.ForeignKey(Practice, on_delete=models.CASCADE, related_name="pictures")
    picture = models.ForeignKey(
        Picture, on_delete=models.PROTECT, related_name="+", verbose_name=_("picture")
    )
    order = models.PositiveSmallIntegerField(_("order"), default=1)

    class Meta:
        verbose_name = _("picture of a practice")
        verbose_name_plural = _("pictures of practices")
        ordering = ["order", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["practice", "picture"], name="practices_practicepicture_once"
            )
        ]

    def __str__(self):
        return str(self.picture)


class PracticeFileQuerySet(models.QuerySet):
    def public(self):
        """The files of what the public may see now."""
        return self.filter(practice__in=Practice.objects.published().values("pk"))

    def for_user(self, user):
        """The files this person may fetch: public ones, their city's ones, for staff all."""
        if not user.is_authenticated:
            return self.public()
        if user.has_perm("practices.view_practice"):
            return self.all()
        own = Practice.objects.editable_by(user).values("pk")
        public = Practice.objects.published().values("pk")
        return self.filter(Q(practice__in=public) | Q(practice__in=own))


class PracticeFile(PublicFact):
    """A paper of a practice: a plan, a sample order."""

    practice = models.ForeignKey(Practice, on_delete=models.CASCADE, related_name="files")
    file = models.ForeignKey(
        PrivateFile, on_delete=models.PROTECT, related_name="+", verbose_name=_("file")
    )

    objects = PracticeFileQuerySet.as_manager()

    class Meta:
        verbose_name = _("file of a practice")
        verbose_name_plural = _("files of practices")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["practice", "file"], name="practices_file_once")
        ]

    def __str__(self):
        return str(self.file)

    def get_absolute_url(self):
        return reverse("practices:file", args=[self.practice.slug, self.pk])


class PracticeStep(models.Model):
    """What happened to a practice between the city and the secretariat; rows are never changed."""

    class Verb(models.TextChoices):
        SENT = "sent", pgettext_lazy("practice step", "sent")
        TAKEN_BACK = "back", pgettext_lazy("practice step", "taken back by the city")
        RETURNED = "returned", pgettext_lazy("practice step", "returned with comments")
        ACCEPTED = "accepted", pgettext_lazy("practice step", "accepted")
        REFUSED = "refused", pgettext_lazy("practice step", "refused")

    practice = models.ForeignKey(Practice, on_delete=models.CASCADE, related_name="steps")
    verb = models.CharField(_("step"), max_length=8, choices=Verb)
    comment = models.TextField(_("comment"), blank=True, max_length=2000)
    made_at = models.DateTimeField(_("made at"), auto_now_add=True)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT,
        related_name="+", verbose_name=_("by"),
    )  # fmt: skip

    class Meta:
        verbose_name = _("step of a practice")
        verbose_name_plural = _("steps of practices")
        ordering = ["made_at", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(verb__in=["returned", "refused"]) | ~Q(comment=""),
                name="practices_practicestep_says_why",
                violation_error_message=_("Say why."),
            )
        ]

    def __str__(self):
        return f"{self.practice}: {self.get_verb_display()}"
