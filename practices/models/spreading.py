"""How a practice spreads: who recommended it, who took it over, whether it still runs."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from content.dated import Precision, start_of_period
from content.languages import given_in_one_language, in_language
from content.records import PublicFact
from governance.models import Body
from meetings.models import Meeting
from members.models import Member
from practices.models.practices import Practice


class Recommendation(PublicFact):
    """ "Recommended by … on …": a body, a meeting, or in words whoever did it; with their words."""

    practice = models.ForeignKey(
        Practice, on_delete=models.CASCADE, related_name="recommendations",
        verbose_name=pgettext_lazy("of a city", "practice"),
    )  # fmt: skip
    body = models.ForeignKey(
        Body, null=True, blank=True, on_delete=models.PROTECT, related_name="+",
        verbose_name=_("body"),
    )  # fmt: skip
    meeting = models.ForeignKey(
        Meeting, null=True, blank=True, on_delete=models.PROTECT, related_name="+",
        verbose_name=_("meeting"),
    )  # fmt: skip
    by = models.CharField(
        _("in words"), max_length=300, blank=True,
        help_text=_("Who recommended it, where it is no body of our records."),
    )  # fmt: skip
    recommended_on = models.DateField(_("recommended on"))
    date_precision = models.CharField(
        _("date known to the"), max_length=5, choices=Precision, default=Precision.DAY
    )
    words = models.TextField(_("their words"), max_length=2000, blank=True)

    class Meta:
        verbose_name = _("recommendation")
        verbose_name_plural = _("recommendations")
        ordering = ["-recommended_on", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(body__isnull=False)
                | Q(meeting__isnull=False)
                | given_in_one_language("by"),
                name="practices_recommendation_by_somebody",
                violation_error_message=_("Say who recommended it: a body, a meeting or in words."),
            )
        ]

    def __str__(self):
        return self.named()

    def save(self, *args, **kwargs):
        self.recommended_on = start_of_period(self.recommended_on, self.date_precision)
        super().save(*args, **kwargs)

    def named(self, language: str | None = None) -> str:
        """Who recommended it, for a reader: words first, then the meeting, then the body."""
        words = in_language(self, "by", language)[0]
        if words:
            return words
        if self.meeting_id:
            return in_language(self.meeting, "title", language)[0]
        return in_language(self.body, "name", language)[0]


class AdoptionQuerySet(models.QuerySet):
    def editable_by(self, user):
        """What the members say that this person represents today."""
        return self.filter(member__in=Member.objects.editable_by(user))

    def public(self):
        """Adoptions of practices the public may see."""
        return self.filter(practice__in=Practice.objects.published().values("pk"))


class Adoption(PublicFact):
    """Another city says that it used a practice."""

    practice = models.ForeignKey(
        Practice, on_delete=models.CASCADE, related_name="adoptions",
        verbose_name=pgettext_lazy("of a city", "practice"),
    )  # fmt: skip
    member = models.ForeignKey(
        Member, on_delete=models.PROTECT, related_name="adopted_practices",
        verbose_name=_("city that took it over"),
    )  # fmt: skip
    note = models.TextField(_("what you took over and what came of it"), max_length=1000)
    # The language the note is written in.
    language = models.CharField(
        _("written in"), max_length=2, choices=[("ru", _("Russian")), ("en", _("English"))],
        default="ru",
    )  # fmt: skip
    adopted_on = models.DateField(_("told on"))
    told_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT,
        related_name="+", editable=False, verbose_name=_("told by"),
    )  # fmt: skip

    objects = AdoptionQuerySet.as_manager()

    class Meta:
        verbose_name = _("adoption of a practice")
        verbose_name_plural = _("adoptions of practices")
        ordering = ["-adopted_on", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["practice", "member"], name="practices_adoption_once",
                violation_error_message=_("The city has said so already."),
            )
        ]  # fmt: skip

    def __str__(self):
        return f"{self.member}: {self.practice}"


class RunningAnswer(PublicFact):
    """What the city answered to "Is it still running?"."""

    class Answer(models.TextChoices):
        RUNNING = "running", _("it runs")
        CHANGED = "changed", _("it runs in another form")
        ENDED = "ended", _("it ended")

    practice = models.ForeignKey(
        Practice, on_delete=models.CASCADE, related_name="answers",
        verbose_name=pgettext_lazy("of a city", "practice"),
    )  # fmt: skip
    answer = models.CharField(_("answer"), max_length=7, choices=Answer)
    note = models.TextField(_("note"), max_length=1000, blank=True)
    language = models.CharField(
        _("written in"), max_length=2, choices=[("ru", _("Russian")), ("en", _("English"))],
        default="ru",
    )  # fmt: skip
    answered_on = models.DateField(_("answered on"))
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT,
        related_name="+", editable=False, verbose_name=_("by"),
    )  # fmt: skip

    class Meta:
        verbose_name = _("answer on a practice")
        verbose_name_plural = _("answers on practices")
        ordering = ["-answered_on", "-pk"]

    def __str__(self):
        return f"{self.practice}: {self.get_answer_display()}"
