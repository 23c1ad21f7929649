"""News of the association."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from content.languages import one_language_required
from content.models import Picture, Topic
from content.publishing import (
    HIDDEN,
    Publishable,
    PublishableQuerySet,
    published_needs_a_moment,
)
from content.records import PublicRecord
from content.richtext import RichTextField
from members.models import Member


class Article(PublicRecord, Publishable):
    keeps_revisions = True

    title = models.CharField(_("title"), max_length=200)
    slug = models.SlugField(_("address"), unique=True, max_length=120)
    lead = models.TextField(_("lead"), blank=True, max_length=500)
    body = RichTextField(_("text"), blank=True)
    cover = models.ForeignKey(
        Picture, null=True, blank=True, on_delete=models.SET_NULL, related_name="+",
        verbose_name=_("cover picture"),
    )  # fmt: skip
    topics = models.ManyToManyField(
        Topic, blank=True, related_name="articles", verbose_name=_("topics")
    )
    members = models.ManyToManyField(
        Member, blank=True, related_name="articles", verbose_name=_("members in this item")
    )
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL,
        related_name="+", editable=False,
    )  # fmt: skip
    created_at = models.DateTimeField(auto_now_add=True)
    updated_at = models.DateTimeField(auto_now=True)

    objects = PublishableQuerySet.as_manager()

    class Meta:
        verbose_name = _("news item")
        verbose_name_plural = _("news")
        ordering = ["-published_at", "-pk"]
        constraints = [
            one_language_required("title", "news_article_title_given"),
            published_needs_a_moment("news_article_public_from"),
        ]
        indexes = [
            models.Index(
                fields=["-published_at", "-id"], condition=~Q(status__in=HIDDEN),
                name="news_article_public_order",
            )
        ]  # fmt: skip

    def __str__(self):
        return self.title or self.slug

    def get_absolute_url(self):
        return reverse("news:detail", args=[self.slug])


class Photo(models.Model):
    """A picture in the gallery of an article."""

    article = models.ForeignKey(Article, on_delete=models.CASCADE, related_name="photos")
    picture = models.ForeignKey(
        Picture, on_delete=models.PROTECT, related_name="+", verbose_name=_("picture")
    )
    position = models.PositiveSmallIntegerField(_("order"), default=0)

    class Meta:
        verbose_name = _("photo")
        verbose_name_plural = _("gallery")
        ordering = ["position", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["article", "picture"], name="news_photo_once")
        ]

    def __str__(self):
        return str(self.picture)
