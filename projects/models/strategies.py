"""Strategies with a period, and the waves of action that they consist of."""

from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from content.dated import Dated, starts_before_end
from content.languages import one_language_required
from content.publishing import Publishable, published_needs_a_moment
from content.records import PublicFact, PublicRecord
from content.richtext import RichTextField
from library.models import Publication
from projects.models.projects import UndertakingQuerySet


class Strategy(PublicRecord, Publishable, Dated):
    keeps_revisions = True

    title = models.CharField(_("title"), max_length=200)
    slug = models.SlugField(_("address"), unique=True, max_length=120)
    summary = models.CharField(_("summary"), max_length=500, blank=True)
    body = RichTextField(_("text"), blank=True)
    documents = models.ManyToManyField(
        Publication, blank=True, related_name="strategies", verbose_name=_("documents")
    )

    objects = UndertakingQuerySet.as_manager()

    class Meta:
        verbose_name = _("strategy")
        verbose_name_plural = _("strategies")
        ordering = ["-starts_on", "-pk"]
        constraints = [
            one_language_required("title", "projects_strategy_title_given"),
            published_needs_a_moment("projects_strategy_public_from"),
            starts_before_end("projects_strategy_starts_before_end"),
            models.CheckConstraint(
                condition=models.Q(starts_on__isnull=False, ends_on__isnull=False),
                name="projects_strategy_has_period",
                violation_error_message=_("A strategy has a first and a last day."),
            ),
        ]

    def __str__(self):
        return self.title or self.slug

    def get_absolute_url(self):
        return reverse("projects:strategy", args=[self.slug])


class Wave(PublicFact, Dated):
    """A wave of action: what is done within a part of the strategy's period."""

    strategy = models.ForeignKey(
        Strategy, on_delete=models.CASCADE, related_name="waves", verbose_name=_("strategy")
    )
    title = models.CharField(_("title"), max_length=200)
    text = models.TextField(_("what is done"), max_length=1500, blank=True)
    position = models.PositiveSmallIntegerField(_("order"), default=0)

    class Meta:
        verbose_name = _("wave of action")
        verbose_name_plural = _("waves of action")
        ordering = ["position", "starts_on", "pk"]
        constraints = [
            one_language_required("title", "projects_wave_title_given"),
            starts_before_end("projects_wave_starts_before_end"),
        ]

    def __str__(self):
        return self.title or str(self.pk)
