"""What the association publishes for good: reports, declarations, decisions, with their files."""

from django.contrib.contenttypes.fields import GenericForeignKey
from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.db.models import Prefetch, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from content.dated import Precision
from content.languages import in_language, one_language_required
from content.models import PrivateFile
from content.publishing import HIDDEN, Publishable, PublishableQuerySet, published_needs_a_moment
from content.records import PublicFact, PublicRecord
from content.richtext import RichTextField


class PublicationQuerySet(PublishableQuerySet):
    def with_files(self):
        """With the files of each, in one query more."""
        return self.prefetch_related(
            Prefetch("files", PublicationFile.objects.select_related("file"))
        )

    def of(self, origin: models.Model):
        """What was published from a record: one row at most."""
        content_type = ContentType.objects.get_for_model(origin)
        return self.filter(origin_type=content_type, origin_id=origin.pk)


class Publication(PublicRecord, Publishable):
    class Kind(models.TextChoices):
        REPORT = "report", pgettext_lazy("publication", "report")
        DECLARATION = "declaration", _("declaration or resolution")
        DECISION = "decision", pgettext_lazy("publication", "decision")
        STATUTE = "statute", _("charter or rules")
        PROGRAMME = "programme", pgettext_lazy("publication", "programme")
        SLIDES = "slides", _("presentation")
        GUIDE = "guide", _("guide or collection")
        PRACTICE = "practice", pgettext_lazy("publication", "practice")
        OTHER = "other", pgettext_lazy("publication", "other")

    kind = models.CharField(_("kind"), max_length=11, choices=Kind, default=Kind.REPORT)
    title = models.CharField(_("title"), max_length=300)
    slug = models.SlugField(_("address"), unique=True, max_length=120)
    summary = models.CharField(_("summary"), max_length=600, blank=True)
    # For what is short enough to be read on the page: the wording of a decision.
    body = RichTextField(_("text"), blank=True)
    dated_on = models.DateField(_("dated"), help_text=_("Of the document, not of its publishing."))
    date_precision = models.CharField(
        _("date known to the"), max_length=5, choices=Precision, default=Precision.DAY
    )
    # Where it comes from, in words, with the path of its page without the language.
    source = models.CharField(
        _("comes from"), max_length=300, blank=True, help_text=_("Event, meeting, agenda item.")
    )
    source_path = models.CharField(max_length=200, blank=True, editable=False)
    # The record that it was published from: once.
    origin_type = models.ForeignKey(
        ContentType, null=True, blank=True, on_delete=models.PROTECT, related_name="+",
        editable=False,
    )  # fmt: skip
    origin_id = models.BigIntegerField(null=True, blank=True, editable=False)
    origin = GenericForeignKey("origin_type", "origin_id")
    created_at = models.DateTimeField(auto_now_add=True)
    updated_at = models.DateTimeField(auto_now=True)

    objects = PublicationQuerySet.as_manager()

    class Meta:
        verbose_name = _("publication")
        verbose_name_plural = _("library")
        ordering = ["-dated_on", "-pk"]
        constraints = [
            one_language_required("title", "library_publication_title_given"),
            published_needs_a_moment("library_publication_public_from"),
            models.UniqueConstraint(
                fields=["origin_type", "origin_id"], name="library_publication_origin_once"
            ),
            models.CheckConstraint(
                condition=Q(origin_type__isnull=True, origin_id__isnull=True)
                | Q(origin_type__isnull=False, origin_id__isnull=False),
                name="library_publication_origin_whole",
            ),
        ]
        indexes = [
            models.Index(
                fields=["-dated_on", "-id"], condition=~Q(status__in=HIDDEN),
                name="library_publication_in_order",
            )
        ]  # fmt: skip

    def __str__(self):
        return in_language(self, "title")[0] or self.slug

    def get_absolute_url(self):
        return reverse("library:detail", args=[self.slug])


class PublicationFileQuerySet(models.QuerySet):
    def public(self):
        """The files of what the public may see now."""
        return self.filter(publication__in=Publication.objects.published().values("pk"))


class PublicationFile(PublicFact):
    """The document itself, in one language or in both."""

    class Language(models.TextChoices):
        RUSSIAN = "ru", _("Russian")
        ENGLISH = "en", _("English")
        BOTH = "both", _("both languages")

    publication = models.ForeignKey(
        Publication, on_delete=models.CASCADE, related_name="files", verbose_name=_("publication")
    )
    language = models.CharField(
        _("language"), max_length=4, choices=Language, default=Language.RUSSIAN
    )
    file = models.ForeignKey(
        PrivateFile, on_delete=models.PROTECT, related_name="+", verbose_name=_("file")
    )

    objects = PublicationFileQuerySet.as_manager()

    class Meta:
        verbose_name = _("file of a publication")
        verbose_name_plural = _("files of a publication")
        ordering = ["publication", "-language", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["publication", "language"], name="library_publicationfile_once",
                violation_error_message=_("The publication has a file in this language already."),
            )
        ]  # fmt: skip

    def __str__(self):
        return f"{self.publication}: {self.get_language_display()}"

    def get_absolute_url(self):
        return reverse("library:file", args=[self.publication.slug, self.pk])
