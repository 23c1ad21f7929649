"""Projects: a period, participants, results; news, events and papers are linked to them."""

from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from content.dated import Dated, DatedQuerySet, starts_before_end
from content.languages import one_language_required
from content.models import Topic
from content.publishing import Publishable, PublishableQuerySet, published_needs_a_moment
from content.records import PublicRecord
from content.richtext import RichTextField
from members.models import Member


class UndertakingQuerySet(PublishableQuerySet, DatedQuerySet):
    """Public ones, and those that run on a day."""


class Project(PublicRecord, Publishable, Dated):
    keeps_revisions = True

    title = models.CharField(_("title"), max_length=200)
    slug = models.SlugField(_("address"), unique=True, max_length=120)
    summary = models.CharField(_("summary"), max_length=500, blank=True)
    body = RichTextField(_("text"), blank=True)
    results = RichTextField(_("results"), blank=True)
    members = models.ManyToManyField(
        Member, blank=True, related_name="projects", verbose_name=_("participating members")
    )
    topics = models.ManyToManyField(
        Topic, blank=True, related_name="projects", verbose_name=_("topics and goals")
    )

    objects = UndertakingQuerySet.as_manager()

    class Meta:
        verbose_name = _("project")
        verbose_name_plural = _("projects")
        ordering = ["-starts_on", "-pk"]
        constraints = [
            one_language_required("title", "projects_project_title_given"),
            published_needs_a_moment("projects_project_public_from"),
            starts_before_end("projects_project_starts_before_end"),
            models.CheckConstraint(
                condition=models.Q(starts_on__isnull=False),
                name="projects_project_has_start",
                violation_error_message=_("Say when the project begins."),
            ),
        ]

    def __str__(self):
        return self.title or self.slug

    def get_absolute_url(self):
        return reverse("projects:project", args=[self.slug])
