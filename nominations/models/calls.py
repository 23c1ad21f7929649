"""An edition of an honour that others give: its deadline, its rules, what a dossier consists of."""

import datetime
import zoneinfo

from django.contrib.postgres.fields import ArrayField
from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from awards.models import Award
from content.editing import Versioned
from content.languages import in_language, one_language_required
from content.records import PublicFact
from content.timezones import validate_time_zone

LANGUAGES = [("ru", _("Russian")), ("en", _("English"))]


class LetterKind(models.TextChoices):
    """What a letter beside the texts is."""

    HEAD = "head", _("letter of the head of the city")
    SUPPORT = "support", _("letter of support")
    NOMINATION = "nomination", _("letter of the nominator")
    OTHER = "other", _("other paper")


class OutsideCallQuerySet(models.QuerySet):
    def open(self, at: datetime.datetime | None = None):
        """Calls shown to members, with a deadline ahead or not announced, the first one first.

        Judged to the day here: who shows an hour asks `closes_at` besides.
        """
        at = at or timezone.now()
        # A day of one zone may have begun a day before that of another one.
        ahead = Q(deadline_on__isnull=True) | Q(deadline_on__gte=at.date() - ONE_DAY)
        return self.filter(ahead, is_shown=True).order_by("deadline_on", "pk")


ONE_DAY = datetime.timedelta(days=1)


class OutsideCall(Versioned, PublicFact):
    """One year of an honour given by others, with the deadline and the rules of its giver."""

    award = models.ForeignKey(
        Award, on_delete=models.PROTECT, related_name="outside_calls", verbose_name=_("award"),
        limit_choices_to={"giver": Award.Giver.OTHERS},
    )  # fmt: skip
    title = models.CharField(_("name"), max_length=200)
    year = models.PositiveSmallIntegerField(
        _("year"), validators=[MinValueValidator(1950), MaxValueValidator(2100)]
    )
    deadline_on = models.DateField(
        _("last day of the giver"), null=True, blank=True,
        help_text=_("Empty while the giver has not announced it."),
    )  # fmt: skip
    deadline_time = models.TimeField(
        _("hour"), null=True, blank=True, help_text=_("Empty where the giver names the day alone.")
    )
    time_zone = models.CharField(
        _("by the clock of"), max_length=64, default="Europe/Moscow",
        validators=[validate_time_zone],
    )  # fmt: skip
    third_party_only = models.BooleanField(
        _("nominations by third parties only"), default=True,
        help_text=_("A city may not nominate itself."),
    )  # fmt: skip
    languages = ArrayField(
        models.CharField(max_length=2, choices=LANGUAGES), verbose_name=_("languages accepted"),
        default=list,
    )  # fmt: skip
    page_limit = models.PositiveSmallIntegerField(_("pages at most"), null=True, blank=True)
    letters_needed = ArrayField(
        models.CharField(max_length=10, choices=LetterKind), verbose_name=_("letters required"),
        default=list, blank=True,
    )  # fmt: skip
    nominated_at_most = models.PositiveSmallIntegerField(
        _("cities the secretariat may nominate"), null=True, blank=True,
        validators=[MinValueValidator(1)],
    )  # fmt: skip
    send_to = models.CharField(
        _("where to send"), max_length=300, blank=True, help_text=_("E-mail or web page.")
    )
    website = models.URLField(_("page of the giver"), blank=True, max_length=500)
    terms = models.TextField(_("what the giver says"), max_length=5000, blank=True)
    is_shown = models.BooleanField(
        _("shown to members"), default=True,
        help_text=_("Stands on the page of the award and in the cabinets until the deadline."),
    )  # fmt: skip

    objects = OutsideCallQuerySet.as_manager()

    class Meta:
        verbose_name = _("call of another giver")
        verbose_name_plural = _("calls of other givers")
        ordering = ["-year", "-pk"]
        constraints = [
            one_language_required("title", "nominations_outsidecall_title_given"),
            models.CheckConstraint(
                condition=Q(deadline_time__isnull=True) | Q(deadline_on__isnull=False),
                name="nominations_outsidecall_hour_of_a_day",
                violation_error_message=_("An hour needs a day."),
            ),
            models.CheckConstraint(
                condition=~Q(languages=[]),
                name="nominations_outsidecall_language_given",
                violation_error_message=_("Name the languages that the giver accepts."),
            ),
        ]

    def __str__(self):
        return in_language(self, "title")[0]

    def clean(self):
        super().clean()
        if self.award_id and self.award.giver != Award.Giver.OTHERS:
            raise ValidationError({"award": _("This award is given by the association itself.")})

    @property
    def zone(self) -> zoneinfo.ZoneInfo:
        return zoneinfo.ZoneInfo(self.time_zone)

    @property
    def closes_at(self) -> datetime.datetime | None:
        """The moment of the deadline; the end of the day where the day alone is known."""
        if self.deadline_on is None:
            return None
        if self.deadline_time is None:
            return datetime.datetime.combine(
                self.deadline_on + ONE_DAY, datetime.time(), self.zone
            )  # fmt: skip
        return datetime.datetime.combine(self.deadline_on, self.deadline_time, self.zone)

    def is_open(self, at: datetime.datetime | None = None) -> bool:
        """Whether the giver still takes dossiers; a deadline not announced lies ahead."""
        closes_at = self.closes_at
        return closes_at is None or (at or timezone.now()) < closes_at

    @property
    def wanted_language(self) -> str:
        """The language the dossier leaves in: English wherever it is accepted."""
        return "en" if "en" in self.languages else "ru"


class DossierSection(PublicFact):
    """One of the fixed headings of a dossier."""

    call = models.ForeignKey(
        OutsideCall,
        on_delete=models.CASCADE,
        related_name="sections",
        verbose_name=pgettext_lazy("honour", "call"),
    )
    title = models.CharField(_("heading"), max_length=200)
    hint = models.CharField(_("what to write"), max_length=1000, blank=True)
    is_required = models.BooleanField(_("required"), default=True)
    max_words = models.PositiveIntegerField(_("words at most"), null=True, blank=True)
    max_characters = models.PositiveIntegerField(_("characters at most"), null=True, blank=True)
    order = models.PositiveSmallIntegerField(_("order"), default=1)

    class Meta:
        verbose_name = _("heading of a dossier")
        verbose_name_plural = _("headings of a dossier")
        ordering = ["call", "order", "pk"]
        constraints = [one_language_required("title", "nominations_dossiersection_title_given")]

    def __str__(self):
        return in_language(self, "title")[0]


class CallStep(models.Model):
    """A step of the work, counted backwards from the outside deadline."""

    class Kind(models.TextChoices):
        TEXTS = "texts", _("texts in Russian")
        ENGLISH = "english", _("translation into English")
        LETTERS = "letters", _("letters")
        SIGNATURE = "signature", _("approval by the head of the city")
        SENDING = "sending", _("sending")

    DEFAULTS = {
        Kind.TEXTS: 60,
        Kind.ENGLISH: 30,
        Kind.LETTERS: 21,
        Kind.SIGNATURE: 14,
        Kind.SENDING: 3,
    }

    call = models.ForeignKey(
        OutsideCall,
        on_delete=models.CASCADE,
        related_name="steps",
        verbose_name=pgettext_lazy("honour", "call"),
    )
    kind = models.CharField(pgettext_lazy("honour", "step"), max_length=9, choices=Kind)
    days_before = models.PositiveSmallIntegerField(
        _("days before the deadline"), validators=[MaxValueValidator(730)]
    )

    class Meta:
        verbose_name = _("step towards a deadline")
        verbose_name_plural = _("steps towards a deadline")
        ordering = ["call", "-days_before", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["call", "kind"], name="nominations_callstep_once"),
            models.CheckConstraint(
                condition=Q(days_before__lte=730), name="nominations_callstep_within_two_years"
            ),
        ]

    def __str__(self):
        return self.get_kind_display()
