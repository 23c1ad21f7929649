"""What others recommended, and libraries of others."""

from django.core.exceptions import ValidationError
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from content.dated import Precision, start_of_period
from content.languages import one_language_required
from content.publishing import Publishable, PublishableQuerySet, published_needs_a_moment
from content.records import PublicFact, PublicRecord
from library.models import Publication


class Recommendation(PublicRecord, Publishable):
    """What a body outside recommended or decided, at which meeting: to be cited by its address."""

    keeps_revisions = True

    title = models.CharField(_("title"), max_length=200)
    slug = models.SlugField(_("address"), unique=True, max_length=120)
    text = models.TextField(_("text of the recommendation"), max_length=3000, blank=True)
    body = models.CharField(_("body that recommended it"), max_length=300)
    meeting = models.CharField(_("meeting"), max_length=300, blank=True)
    dated_on = models.DateField(_("date"), null=True, blank=True)
    date_precision = models.CharField(
        _("known to the"), max_length=5, choices=Precision, default=Precision.DAY
    )
    document = models.ForeignKey(
        Publication, null=True, blank=True, on_delete=models.PROTECT, related_name="+",
        verbose_name=_("document"),
    )  # fmt: skip
    source = models.CharField(_("source"), max_length=300, blank=True)

    objects = PublishableQuerySet.as_manager()

    class Meta:
        verbose_name = _("recommendation of others")
        verbose_name_plural = _("recommendations of others")
        ordering = ["-dated_on", "-pk"]
        constraints = [
            one_language_required("title", "projects_recommendation_title_given"),
            one_language_required("body", "projects_recommendation_body_given"),
            published_needs_a_moment("projects_recommendation_public_from"),
        ]

    def __str__(self):
        return self.title or self.slug

    def clean(self):
        super().clean()
        if not (self.text_ru or self.text_en):
            raise ValidationError(_("Give the text in Russian or in English."))

    def save(self, *args, **kwargs):
        if self.dated_on:
            self.dated_on = start_of_period(self.dated_on, self.date_precision)
        super().save(*args, **kwargs)

    def get_absolute_url(self):
        return reverse("projects:recommendation", args=[self.slug])


class OutsideLibrary(PublicFact):
    """A library or a portal of practices that somebody else keeps."""

    name = models.CharField(_("name"), max_length=200)
    url = models.URLField(
        _("address"), max_length=500, blank=True,
        help_text=_("Empty where it is no longer on the network."),
    )  # fmt: skip
    kept_by = models.CharField(_("kept by"), max_length=200, blank=True)
    about = models.CharField(_("what is there"), max_length=500, blank=True)
    position = models.PositiveSmallIntegerField(_("order"), default=0)

    class Meta:
        verbose_name = _("outside library")
        verbose_name_plural = _("outside libraries")
        ordering = ["position", "pk"]
        constraints = [
            one_language_required("name", "projects_outsidelibrary_name_given"),
            models.UniqueConstraint(
                fields=["url"], condition=~models.Q(url=""),
                name="projects_outsidelibrary_once",
                violation_error_message=_("This library is listed already."),
            ),
        ]  # fmt: skip

    def __str__(self):
        return self.name or self.url
