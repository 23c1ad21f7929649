"""Topics that tag records of every app, and the simple pages of the site."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from content.editing import Versioned
from content.languages import one_language_required
from content.publishing import Publishable, PublishableQuerySet, published_needs_a_moment
from content.records import PublicFact, PublicRecord
from content.richtext import RichTextField


class Topic(Versioned, PublicFact):
    """A theme of the association's work, or one of the 17 Sustainable Development Goals."""

    class Kind(models.TextChoices):
        THEME = "theme", _("theme")
        SDG = "sdg", _("Sustainable Development Goal")

    kind = models.CharField(_("kind"), max_length=5, choices=Kind, default=Kind.THEME)
    number = models.PositiveSmallIntegerField(_("number of the goal"), null=True, blank=True)
    slug = models.SlugField(_("address"), unique=True)
    title = models.CharField(_("title"), max_length=120)

    class Meta:
        verbose_name = _("topic")
        verbose_name_plural = _("topics")
        ordering = ["kind", "number", "slug"]
        constraints = [
            one_language_required("title", "content_topic_title_given"),
            models.CheckConstraint(
                condition=Q(kind="theme", number__isnull=True)
                | Q(kind="sdg", number__gte=1, number__lte=17),
                name="content_topic_goal_has_number",
                violation_error_message=_("A goal has a number from 1 to 17, a theme has none."),
            ),
            models.UniqueConstraint(fields=["number"], name="content_topic_goal_once"),
        ]

    def __str__(self):
        return self.title or self.slug


class Page(PublicRecord, Publishable):
    """A simple bilingual page (about, contacts, how to join) with an owner and a review date."""

    slug = models.SlugField(_("address"), unique=True)
    title = models.CharField(_("title"), max_length=200)
    lead = models.TextField(_("lead"), blank=True)
    body = RichTextField(_("text"), blank=True)
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL,
        related_name="+", verbose_name=_("owner"),
    )  # fmt: skip
    review_on = models.DateField(_("to be reviewed on"), null=True, blank=True)
    updated_at = models.DateTimeField(auto_now=True)

    objects = PublishableQuerySet.as_manager()

    class Meta:
        verbose_name = _("page")
        verbose_name_plural = _("pages")
        ordering = ["slug"]
        constraints = [
            one_language_required("title", "content_page_title_given"),
            published_needs_a_moment("content_page_public_from"),
        ]

    def __str__(self):
        return self.title or self.slug

    def get_absolute_url(self):
        return reverse("page", args=[self.slug])
