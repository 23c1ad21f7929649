"""Drafts that members are asked about: the text, the comments of cities, what was adopted."""

import datetime

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from content.editing import Versioned
from content.languages import one_language_required
from content.models import Topic
from content.publishing import Publishable, PublishableQuerySet, published_needs_a_moment
from content.records import PublicRecord
from content.richtext import RichTextField
from governance.models import Body
from library.models import Publication
from members.models import Member


class ConsultationQuerySet(PublishableQuerySet):
    def open(self, at: datetime.datetime | None = None):
        """Public ones on which members may comment at a moment, those that close first first."""
        at = at or timezone.now()
        return self.published(at).filter(closes_at__gt=at).order_by("closes_at", "pk")


class Consultation(PublicRecord, Publishable):
    """A draft text before its adoption. Published: the text is public, the comments are not."""

    keeps_revisions = True

    title = models.CharField(_("title"), max_length=200)
    slug = models.SlugField(_("address"), unique=True, max_length=120)
    summary = models.TextField(_("what it is about"), max_length=600, blank=True)
    body = RichTextField(
        _("draft text"), blank=True, help_text=_("Cities comment on its paragraphs by number.")
    )
    organ = models.ForeignKey(
        Body, null=True, blank=True, on_delete=models.PROTECT, related_name="+",
        verbose_name=_("body that adopts it"),
    )  # fmt: skip
    topics = models.ManyToManyField(
        Topic, blank=True, related_name="consultations", verbose_name=_("topics")
    )
    opens_at = models.DateTimeField(_("comments from"))
    closes_at = models.DateTimeField(_("comments until"))
    # What came of it.
    adopted_on = models.DateField(_("adopted on"), null=True, blank=True)
    adopted_as = models.ForeignKey(
        Publication, null=True, blank=True, on_delete=models.PROTECT, related_name="consultations",
        verbose_name=_("adopted version"),
    )  # fmt: skip
    outcome = models.TextField(
        _("what became of the comments"), max_length=2000, blank=True,
        help_text=_("Public once the text is adopted."),
    )  # fmt: skip
    updated_at = models.DateTimeField(auto_now=True)

    objects = ConsultationQuerySet.as_manager()

    class Meta:
        verbose_name = _("consultation")
        verbose_name_plural = _("consultations")
        ordering = ["-closes_at", "-pk"]
        constraints = [
            one_language_required("title", "consultations_consultation_title_given"),
            published_needs_a_moment("consultations_consultation_public_from"),
            models.CheckConstraint(
                condition=Q(closes_at__gt=F("opens_at")),
                name="consultations_consultation_in_order",
                violation_error_message=_("Comments end after they begin."),
            ),
            models.CheckConstraint(
                condition=Q(adopted_as__isnull=True) | Q(adopted_on__isnull=False),
                name="consultations_consultation_adopted_on_a_day",
                violation_error_message=_("Say on which day the text was adopted."),
            ),
        ]

    def __str__(self):
        return self.title or self.slug

    def get_absolute_url(self):
        return reverse("consultations:detail", args=[self.slug])

    def takes_comments(self, at: datetime.datetime | None = None) -> bool:
        """Whether members may comment at a moment (now when not given)."""
        at = at or timezone.now()
        return self.is_public(at) and self.opens_at <= at < self.closes_at


class CommentQuerySet(models.QuerySet):
    def for_user(self, user):
        """The comments of the members whose representative a user is today."""
        return self.filter(member__in=Member.objects.editable_by(user))


class Comment(Versioned):
    """What a city says of a draft, of one paragraph or of the whole; staff answer it."""

    class Verdict(models.TextChoices):
        WAITING = "waiting", _("not answered yet")
        TAKEN = "taken", _("taken over")
        PARTLY = "partly", _("taken over in part")
        NOT_TAKEN = "not_taken", _("not taken over")

    consultation = models.ForeignKey(
        Consultation, on_delete=models.PROTECT, related_name="comments",
        verbose_name=_("consultation"),
    )  # fmt: skip
    member = models.ForeignKey(
        Member, on_delete=models.PROTECT, related_name="+", verbose_name=_("city")
    )
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+",
        verbose_name=_("written by"),
    )  # fmt: skip
    language = models.CharField(_("language"), max_length=2)
    # Number of the paragraph in the text of that language, from 1; empty: the whole text.
    paragraph = models.PositiveSmallIntegerField(_("paragraph"), null=True, blank=True)
    # The paragraph as it was when it was commented on.
    quote = models.TextField(_("passage"), blank=True)
    text = models.TextField(_("comment"), max_length=4000)
    wording = models.TextField(_("proposed wording"), max_length=4000, blank=True)
    verdict = models.CharField(_("answer"), max_length=9, choices=Verdict, default=Verdict.WAITING)
    answer = models.TextField(_("reason"), max_length=2000, blank=True)
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL,
        related_name="+", editable=False,
    )  # fmt: skip
    made_at = models.DateTimeField(_("made at"), auto_now_add=True)

    objects = CommentQuerySet.as_manager()

    class Meta:
        verbose_name = _("comment of a city")
        verbose_name_plural = _("comments of cities")
        ordering = ["consultation", "paragraph", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(text=""), name="consultations_comment_says_something"
            ),
            models.CheckConstraint(
                condition=~Q(verdict="not_taken") | ~Q(answer=""),
                name="consultations_comment_refusal_has_reason",
                violation_error_message=_("Say why the comment is not taken over."),
            ),
        ]

    def __str__(self):
        return f"{self.member}: {self.text[:60]}"
