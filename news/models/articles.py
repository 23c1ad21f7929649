"""News of the association: articles, who wrote them, where they come from, their galleries."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from content.languages import LANGUAGE_CODES, given_in_one_language, one_language_required
from content.licences import licence_field
from content.models import Picture, Topic, TranslationState
from content.publishing import (
    HIDDEN,
    Publishable,
    PublishableQuerySet,
    published_needs_a_moment,
)
from content.records import PublicFact, PublicRecord
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
    licence = licence_field(help_text=_("How others may use the text."))
    # Who opened the record; the names under the text are rows of Author.
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


class Author(PublicFact):
    """A name under an article, as it is to be read."""

    article = models.ForeignKey(Article, on_delete=models.CASCADE, related_name="authors")
    name = models.CharField(
        _("name"), max_length=200,
        help_text=_("With the office or the city, where readers should know it."),
    )  # fmt: skip
    position = models.PositiveSmallIntegerField(_("order"), default=0)

    class Meta:
        verbose_name = _("author")
        verbose_name_plural = _("authors")
        ordering = ["position", "pk"]
        constraints = [one_language_required("name", "news_author_name_given")]

    def __str__(self):
        return self.name or ""


class Source(PublicFact):
    """Where an article takes its facts from."""

    article = models.ForeignKey(Article, on_delete=models.CASCADE, related_name="sources")
    name = models.CharField(_("name"), max_length=200)
    url = models.URLField(_("web address"), blank=True, max_length=500)
    position = models.PositiveSmallIntegerField(_("order"), default=0)

    class Meta:
        verbose_name = _("source")
        verbose_name_plural = _("sources")
        ordering = ["position", "pk"]
        constraints = [one_language_required("name", "news_source_name_given")]

    def __str__(self):
        return self.name or ""


class Photo(PublicRecord):
    """A picture in the gallery of an article, with the words it has there.

    Its texts are translated like any other: a caption that one language lacks is work for the
    translators. A photo without any text has none.
    """

    article = models.ForeignKey(Article, on_delete=models.CASCADE, related_name="photos")
    picture = models.ForeignKey(
        Picture, on_delete=models.PROTECT, related_name="+", verbose_name=_("picture")
    )
    caption = models.CharField(_("caption"), max_length=300, blank=True)
    alt = models.CharField(
        _("description of the picture"), max_length=300, blank=True,
        help_text=_("What it shows, for those who do not see it."),
    )  # fmt: skip
    is_decorative = models.BooleanField(
        _("decoration only"), default=False,
        help_text=_("Says nothing that the text does not say: readers of the page skip it."),
    )  # fmt: skip
    credit = models.CharField(_("photographer or source"), max_length=200, blank=True)
    position = models.PositiveSmallIntegerField(_("order"), default=0)

    title_field = "caption"

    class Meta:
        verbose_name = _("photo")
        verbose_name_plural = _("gallery")
        ordering = ["position", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["article", "picture"], name="news_photo_once"),
            models.CheckConstraint(
                condition=~(Q(is_decorative=True) & given_in_one_language("alt")),
                name="news_photo_decoration_or_words",
                violation_error_message=_("A decoration has no description: choose one of both."),
            ),
        ]

    def __str__(self):
        return self.caption or self.alt or str(self.picture)

    def first_language(self) -> str:
        """The first language that it has any words in."""
        for code in LANGUAGE_CODES:
            if self.words_in(code):
                return code
        return LANGUAGE_CODES[0]

    def words_in(self, language: str) -> bool:
        """Whether it has a caption or a description in a language."""
        return any(getattr(self, f"{field}_{language}", None) for field in ("caption", "alt"))

    def save(self, *args, **kwargs):
        """Save; the language it was first written in follows its words while one alone has any."""
        written = [code for code in LANGUAGE_CODES if self.words_in(code)]
        if len(written) == 1 and self.source_language != written[0]:
            self.source_language = written[0]
            if kwargs.get("update_fields") is not None:
                kwargs["update_fields"] = {*kwargs["update_fields"], "source_language"}
        super().save(*args, **kwargs)
        if not written:
            self._states().delete()

    def delete(self, *args, **kwargs):
        self._states().delete()
        return super().delete(*args, **kwargs)

    def _states(self):
        return TranslationState.objects.of_model(Photo).filter(object_id=self.pk)
