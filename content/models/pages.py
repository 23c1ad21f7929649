"""Topics that tag records of every app, and the simple pages of the site."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from content.editing import Versioned
from content.languages import in_language, one_language_required
from content.publishing import Publishable, PublishableQuerySet, published_needs_a_moment
from content.records import PublicFact, PublicRecord
from content.richtext import RichTextField


class Topic(Versioned, PublicFact):
    """A theme of the association's work, one of the 17 Sustainable Development Goals, or a target.

    A target belongs to its goal and has the code of the United Nations: 11.4, 11.b.
    """

    class Kind(models.TextChoices):
        THEME = "theme", _("theme")
        SDG = "sdg", _("Sustainable Development Goal")
        TARGET = "target", _("target of a Sustainable Development Goal")

    kind = models.CharField(_("kind"), max_length=6, choices=Kind, default=Kind.THEME)
    number = models.PositiveSmallIntegerField(_("number of the goal"), null=True, blank=True)
    goal = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="targets",
        limit_choices_to={"kind": "sdg"}, verbose_name=_("goal of the target"),
    )  # fmt: skip
    code = models.CharField(_("code of the target"), max_length=5, blank=True)
    slug = models.SlugField(_("address"), unique=True)
    title = models.CharField(_("title"), max_length=120)

    class Meta:
        verbose_name = _("topic")
        verbose_name_plural = _("topics")
        ordering = ["kind", "number", "code", "slug"]
        constraints = [
            one_language_required("title", "content_topic_title_given"),
            models.CheckConstraint(
                condition=Q(kind__in=["theme", "target"], number__isnull=True)
                | Q(kind="sdg", number__gte=1, number__lte=17),
                name="content_topic_goal_has_number",
                violation_error_message=_("A goal has a number from 1 to 17, a theme has none."),
            ),
            models.CheckConstraint(
                condition=(Q(kind="target", goal__isnull=False) & ~Q(code=""))
                | Q(kind__in=["theme", "sdg"], goal__isnull=True, code=""),
                name="content_topic_target_has_goal",
                violation_error_message=_("A target has its goal and a code such as 11.4."),
            ),
            models.UniqueConstraint(
                fields=["code"], condition=~Q(code=""), name="content_topic_target_once"
            ),
            models.UniqueConstraint(fields=["number"], name="content_topic_goal_once"),
        ]

    def __str__(self):
        return self.title or self.slug

    def words(self) -> str:
        """How lists name it: "SDG 11. …", "SDG 11.4. …", or the title of a theme."""
        title = in_language(self, "title")[0] or self.slug
        number = self.number or self.code
        goal = gettext("SDG")
        return f"{goal} {number}. {title}" if number else title


class Page(PublicRecord, Publishable):
    """A simple bilingual page (about, contacts, how to join) with an owner and a review date."""

    keeps_revisions = True

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
