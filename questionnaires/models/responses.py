"""Who takes part in an edition, and how far its questionnaire is."""

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from content.editing import Versioned
from content.languages import in_language
from content.models import PrivateFile
from mailing.models import TimedRule
from members.models import Country, Member
from ratings.models import Edition, IndicatorGroup, SizeClass, Zone


class ResponseQuerySet(models.QuerySet):
    def for_user(self, user):
        """Questionnaires of the members this person represents today, in whatever state."""
        return self.filter(
            member__in=Member.objects.editable_by(user),
            edition__opened_at__isnull=False,
            edition__opens_at__lte=timezone.now(),
        )

    def counted(self):
        """Those whose answers are scored: sent, and not left out."""
        return self.filter(state__in=[Response.State.SUBMITTED, Response.State.CHECKED])


class Response(Versioned):
    """The questionnaire of one city in one edition. Guests without a record here have a name."""

    class State(models.TextChoices):
        DRAFT = "draft", pgettext_lazy("questionnaire", "being filled in")
        SUBMITTED = "submitted", pgettext_lazy("questionnaire", "sent")
        CHECKED = "checked", pgettext_lazy("questionnaire", "checked")
        LEFT_OUT = "left_out", pgettext_lazy("questionnaire", "left out of the rating")

    edition = models.ForeignKey(
        Edition, on_delete=models.PROTECT, related_name="responses",
        verbose_name=pgettext_lazy("of a rating", "edition"),
    )  # fmt: skip
    member = models.ForeignKey(
        Member, null=True, blank=True, on_delete=models.PROTECT,
        related_name="rating_responses", verbose_name=_("city"),
    )  # fmt: skip
    name_ru = models.CharField(_("name in Russian"), max_length=200, blank=True)
    name_en = models.CharField(_("name in English"), max_length=200, blank=True)
    country = models.ForeignKey(
        Country, null=True, blank=True, on_delete=models.PROTECT, related_name="+",
        verbose_name=_("country"),
    )  # fmt: skip
    zone = models.ForeignKey(
        Zone, null=True, blank=True, on_delete=models.PROTECT, related_name="responses",
        verbose_name=pgettext_lazy("of a rating", "zone"),
    )  # fmt: skip
    is_guest = models.BooleanField(_("guest"), default=False)
    # As of the edition's year of reference; what is divided by it, and the size class.
    population = models.PositiveIntegerField(
        _("inhabitants"), null=True, blank=True,
        validators=[MinValueValidator(1), MaxValueValidator(100_000_000)],
    )  # fmt: skip
    population_year = models.PositiveSmallIntegerField(_("as of the year"), null=True, blank=True)
    population_source = models.CharField(
        _("source of the number of inhabitants"), max_length=200, blank=True
    )
    state = models.CharField(_("state"), max_length=9, choices=State, default=State.DRAFT)
    # Answered by a letter that the secretariat typed in.
    letter = models.ForeignKey(
        PrivateFile, null=True, blank=True, on_delete=models.PROTECT, related_name="+",
        verbose_name=_("letter with the answers"),
    )  # fmt: skip
    letter_details = models.CharField(
        _("letter: from whom, date and number"), max_length=300, blank=True
    )
    submitted_at = models.DateTimeField(
        pgettext_lazy("questionnaire", "sent"), null=True, blank=True
    )
    submitted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT,
        related_name="+", verbose_name=_("sent by"),
    )  # fmt: skip
    # The PDF of what was sent, as it was.
    paper = models.ForeignKey(
        PrivateFile, null=True, blank=True, on_delete=models.PROTECT, related_name="+",
        editable=False, verbose_name=_("what was sent"),
    )  # fmt: skip
    checked_at = models.DateTimeField(_("checked"), null=True, blank=True)
    left_out_reason = models.CharField(_("why it was left out"), max_length=500, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)
    saved_at = models.DateTimeField(_("saved"), auto_now=True)

    objects = ResponseQuerySet.as_manager()

    class Meta:
        verbose_name = _("questionnaire")
        verbose_name_plural = _("questionnaires")
        ordering = ["edition", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["edition", "member"], name="questionnaires_response_member_once",
                violation_error_message=_("The city takes part in this edition already."),
            ),
            models.CheckConstraint(
                condition=Q(member__isnull=False)
                | (
                    Q(is_guest=True, country__isnull=False)
                    & (Q(name_ru__gt="") | Q(name_en__gt=""))
                ),
                name="questionnaires_response_says_who",
                violation_error_message=_(
                    "Choose a city, or give the name and the country of a guest."
                ),
            ),
            models.CheckConstraint(
                condition=Q(population__isnull=True)
                | Q(population__gte=1, population__lte=100_000_000),
                name="questionnaires_response_population_possible",
                violation_error_message=_(
                    "A population is a number from 1 to 100,000,000. Check the zeros."
                ),
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["submitted", "checked"]) | Q(submitted_at__isnull=False),
                name="questionnaires_response_sent_when",
            ),
            models.CheckConstraint(
                condition=~Q(state="left_out") | Q(left_out_reason__gt=""),
                name="questionnaires_response_left_out_says_why",
                violation_error_message=_("Say why the city is left out."),
            ),
        ]  # fmt: skip

    def __str__(self):
        return self.name_in("ru")

    def name_in(self, language: str) -> str:
        """The city in a language: a member by its name of today, a guest as it was written."""
        if self.member is not None:
            return in_language(self.member, "name", language)[0]
        first, second = (self.name_ru, self.name_en)
        return (first or second) if language == "ru" else (second or first)

    def size_class(self, classes: list[SizeClass]) -> SizeClass | None:
        """Its class among those of the edition; nobody's where inhabitants are not stated."""
        if self.population is None:
            return None
        return next((one for one in classes if one.holds(self.population)), None)


class Expert(models.Model):
    """Who checks answers of an edition: an account, the directions it checks, its own city.

    Nobody checks the city of their own.
    """

    edition = models.ForeignKey(
        Edition, on_delete=models.CASCADE, related_name="experts",
        verbose_name=pgettext_lazy("of a rating", "edition"),
    )  # fmt: skip
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="rating_experts",
        verbose_name=_("account"),
    )  # fmt: skip
    groups = models.ManyToManyField(
        IndicatorGroup, blank=True, related_name="+", verbose_name=_("directions"),
        help_text=_("None chosen: all of them."),
    )  # fmt: skip
    home = models.ForeignKey(
        Member, null=True, blank=True, on_delete=models.PROTECT, related_name="+",
        verbose_name=_("own city"), help_text=_("Its answers are checked by somebody else."),
    )  # fmt: skip

    class Meta:
        verbose_name = _("expert of a rating")
        verbose_name_plural = _("experts of ratings")
        ordering = ["edition", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["edition", "user"], name="questionnaires_expert_once",
                violation_error_message=_("This person checks the edition already."),
            )
        ]  # fmt: skip

    def __str__(self):
        return str(self.user)


class QuestionnaireReminder(TimedRule):
    """Remind cities so long before answers close. Without any, the usual ones go out."""

    UNSENT = "unsent"

    edition = models.ForeignKey(
        Edition, on_delete=models.CASCADE, related_name="reminders",
        verbose_name=pgettext_lazy("of a rating", "edition"),
    )  # fmt: skip

    class Meta:
        verbose_name = _("reminder of questionnaires")
        verbose_name_plural = _("reminders of questionnaires")
        ordering = ["edition", "unit", "-amount"]
        constraints = [
            models.UniqueConstraint(
                fields=["edition", "amount", "unit"],
                name="questionnaires_questionnairereminder_once",
                violation_error_message=_("This reminder is in the list already."),
            ),
            models.CheckConstraint(
                condition=Q(side="before", amount__gte=1),
                name="questionnaires_questionnairereminder_before",
                violation_error_message=_("Questionnaires are reminded of before they close."),
            ),
        ]  # fmt: skip

    def __str__(self):
        return self.distance_words
