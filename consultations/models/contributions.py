"""Calls for contributions to a report: questions, milestones, what cities sent, chapters."""

import datetime

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from content.editing import Versioned
from content.languages import one_language_required
from content.models import PrivateFile
from content.publishing import Publishable, PublishableQuerySet, published_needs_a_moment
from content.records import PublicFact, PublicRecord
from content.richtext import RichTextField
from library.models import Publication
from members.models import Member


class CallQuerySet(PublishableQuerySet):
    def open(self, at: datetime.datetime | None = None):
        """Public calls that take contributions at a moment, those that close first first."""
        at = at or timezone.now()
        open_now = self.published(at).filter(opens_at__lte=at, closes_at__gt=at)
        return open_now.order_by("closes_at", "pk")


class Call(PublicRecord, Publishable):
    """A report that cities are asked to contribute to: what for, which questions, until when."""

    keeps_revisions = True

    title = models.CharField(_("title"), max_length=200)
    slug = models.SlugField(_("address"), unique=True, max_length=120)
    about = RichTextField(_("what the report is for"), blank=True)
    opens_at = models.DateTimeField(_("contributions from"))
    closes_at = models.DateTimeField(_("contributions until"))
    publication = models.ForeignKey(
        Publication, null=True, blank=True, on_delete=models.PROTECT, related_name="calls",
        verbose_name=_("the report"), help_text=_("Once it is published."),
    )  # fmt: skip
    updated_at = models.DateTimeField(auto_now=True)

    objects = CallQuerySet.as_manager()

    class Meta:
        verbose_name = _("call for contributions")
        verbose_name_plural = _("calls for contributions")
        ordering = ["-closes_at", "-pk"]
        constraints = [
            one_language_required("title", "consultations_call_title_given"),
            published_needs_a_moment("consultations_call_public_from"),
            models.CheckConstraint(
                condition=Q(closes_at__gt=F("opens_at")),
                name="consultations_call_in_order",
                violation_error_message=_("The call closes after it opens."),
            ),
        ]

    def __str__(self):
        return self.title or self.slug

    def get_absolute_url(self):
        return reverse("consultations:call", args=[self.slug])

    def takes_contributions(self, at: datetime.datetime | None = None) -> bool:
        """Whether cities may send at a moment (now when not given)."""
        at = at or timezone.now()
        return self.is_public(at) and self.opens_at <= at < self.closes_at


class Question(Versioned, PublicFact):
    """What a call asks; each answer is one text."""

    call = models.ForeignKey(Call, on_delete=models.CASCADE, related_name="questions")
    position = models.PositiveSmallIntegerField(_("order"), default=0)
    text = models.CharField(_("question"), max_length=500)
    max_length = models.PositiveSmallIntegerField(_("longest answer, characters"), default=3000)
    is_required = models.BooleanField(_("must be answered"), default=True)

    class Meta:
        verbose_name = _("question of a call")
        verbose_name_plural = _("questions of a call")
        ordering = ["call", "position", "pk"]
        constraints = [
            one_language_required("text", "consultations_question_text_given"),
            models.CheckConstraint(
                condition=Q(max_length__gte=100, max_length__lte=20000),
                name="consultations_question_length",
                violation_error_message=_("Between 100 and 20,000 characters."),
            ),
        ]

    def __str__(self):
        return self.text or str(self.pk)


class Milestone(Versioned, PublicFact):
    """A step on the way to the report, with its day."""

    call = models.ForeignKey(Call, on_delete=models.CASCADE, related_name="milestones")
    title = models.CharField(_("milestone"), max_length=200)
    due_on = models.DateField(_("due on"))
    done_on = models.DateField(_("done on"), null=True, blank=True)

    class Meta:
        verbose_name = _("milestone")
        verbose_name_plural = _("milestones")
        ordering = ["call", "due_on", "pk"]
        constraints = [one_language_required("title", "consultations_milestone_title_given")]

    def __str__(self):
        return self.title or str(self.due_on)


class ContributionQuerySet(models.QuerySet):
    def editable_by(self, user):
        """Those of the members whose representative a user is today."""
        return self.filter(member__in=Member.objects.editable_by(user))

    def usable(self):
        """What may stand in a report."""
        return self.filter(status__in=[Contribution.Status.SENT, Contribution.Status.ACCEPTED])


class Contribution(Versioned):
    """What one city sends to one call."""

    class Status(models.TextChoices):
        DRAFT = "draft", _("Draft")
        SENT = "sent", _("Sent")
        RETURNED = "returned", pgettext_lazy("contribution", "Sent back")
        ACCEPTED = "accepted", _("Accepted")

    call = models.ForeignKey(
        Call, on_delete=models.PROTECT, related_name="contributions", verbose_name=_("call")
    )
    member = models.ForeignKey(
        Member, on_delete=models.PROTECT, related_name="+", verbose_name=_("city")
    )
    language = models.CharField(
        _("language of the texts"), max_length=2, choices=settings.LANGUAGES
    )
    status = models.CharField(_("state"), max_length=8, choices=Status, default=Status.DRAFT)
    remark = models.TextField(_("what to change"), max_length=2000, blank=True)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+",
        verbose_name=_("written by"),
    )  # fmt: skip
    sent_at = models.DateTimeField(_("sent at"), null=True, blank=True)
    updated_at = models.DateTimeField(auto_now=True)

    objects = ContributionQuerySet.as_manager()

    class Meta:
        verbose_name = _("contribution")
        verbose_name_plural = _("contributions")
        ordering = ["call", "member"]
        constraints = [
            models.UniqueConstraint(
                fields=["call", "member"], name="consultations_contribution_once"
            ),
            models.CheckConstraint(
                condition=Q(status="draft") | Q(sent_at__isnull=False),
                name="consultations_contribution_sent_at_a_moment",
            ),
            models.CheckConstraint(
                condition=~Q(status="returned") | ~Q(remark=""),
                name="consultations_contribution_return_has_reason",
                violation_error_message=_("Say what the city is asked to change."),
            ),
        ]

    def __str__(self):
        return f"{self.member}: {self.call}"

    def is_editable(self, at: datetime.datetime | None = None) -> bool:
        """Whether the city may change it: a draft while the call is open, or sent back."""
        if self.status == self.Status.RETURNED:
            return True
        return self.status == self.Status.DRAFT and self.call.takes_contributions(at)


class Answer(models.Model):
    """The text of a contribution to one question."""

    contribution = models.ForeignKey(Contribution, on_delete=models.CASCADE, related_name="answers")
    question = models.ForeignKey(Question, on_delete=models.PROTECT, related_name="answers")
    text = models.TextField(_("text"), blank=True)

    class Meta:
        verbose_name = _("answer")
        verbose_name_plural = _("answers")
        ordering = ["question__position", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["contribution", "question"], name="consultations_answer_once"
            )
        ]

    def __str__(self):
        return self.text[:60]


class Attachment(models.Model):
    """A file of a contribution, for the secretariat."""

    contribution = models.ForeignKey(
        Contribution, on_delete=models.CASCADE, related_name="attachments"
    )
    file = models.ForeignKey(
        PrivateFile, on_delete=models.PROTECT, related_name="+", verbose_name=_("file")
    )

    class Meta:
        verbose_name = _("file of a contribution")
        verbose_name_plural = _("files of a contribution")
        ordering = ["pk"]

    def __str__(self):
        return str(self.file)


class Chapter(Versioned):
    """A chapter of the report, put together of excerpts."""

    call = models.ForeignKey(Call, on_delete=models.CASCADE, related_name="chapters")
    position = models.PositiveSmallIntegerField(_("order"), default=0)
    title = models.CharField(_("title"), max_length=200)

    class Meta:
        verbose_name = _("chapter")
        verbose_name_plural = _("chapters")
        ordering = ["call", "position", "pk"]
        constraints = [one_language_required("title", "consultations_chapter_title_given")]

    def __str__(self):
        return self.title or str(self.position)


class Excerpt(Versioned):
    """A piece of an answer in a chapter; the city it comes from is always named."""

    chapter = models.ForeignKey(Chapter, on_delete=models.CASCADE, related_name="excerpts")
    answer = models.ForeignKey(Answer, on_delete=models.PROTECT, related_name="excerpts")
    position = models.PositiveSmallIntegerField(_("order"), default=0)
    text = models.TextField(_("excerpt"), max_length=20000)

    class Meta:
        verbose_name = _("excerpt")
        verbose_name_plural = _("excerpts")
        ordering = ["chapter", "position", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(text=""), name="consultations_excerpt_says_something"
            )
        ]

    def __str__(self):
        return self.text[:60]
