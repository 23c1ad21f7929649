"""What the association publishes for good: reports, declarations, decisions, with their files."""

from django.contrib.contenttypes.fields import GenericForeignKey
from django.contrib.contenttypes.models import ContentType
from django.db import models, transaction
from django.db.models import F, Prefetch, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from content.dated import Precision
from content.languages import in_language, one_language_required
from content.licences import licence_field
from content.models import Topic
from content.publishing import HIDDEN, Publishable, PublishableQuerySet, published_needs_a_moment
from content.records import PublicRecord
from content.richtext import RichTextField
from governance.models import Body
from library import superseding
from library.models.series import Series
from members.models import Country


class PublicationQuerySet(PublishableQuerySet):
    def with_files(self):
        """With the files of each and their covers, in a fixed number of queries more."""
        files = self.model._meta.get_field("files").related_model.objects
        rows = files.select_related("file", "cover").defer("text")
        return self.prefetch_related(Prefetch("files", rows.prefetch_related("cover__renditions")))

    def for_reading(self):
        """With all that a row of the list shows."""
        return self.select_related("series", "issued_by", "country").with_files()

    def with_broken_files(self):
        """Those with a file that no reader can open: damaged, or with a password."""
        files = self.model._meta.get_field("files").related_model.objects
        return self.filter(pk__in=files.broken().values("publication"))

    def valid(self):
        """Those that no other publication replaces."""
        return self.filter(superseded_by__isnull=True)

    def of(self, origin: models.Model):
        """What was published from a record: one row at most."""
        content_type = ContentType.objects.get_for_model(origin)
        return self.filter(origin_type=content_type, origin_id=origin.pk)


class Publication(PublicRecord, Publishable):
    keeps_revisions = True

    class Kind(models.TextChoices):
        REPORT = "report", pgettext_lazy("publication", "report")
        DECLARATION = "declaration", _("declaration or resolution")
        DECISION = "decision", pgettext_lazy("publication", "decision")
        STATUTE = "statute", _("charter or rules")
        PROGRAMME = "programme", pgettext_lazy("publication", "programme")
        SLIDES = "slides", _("presentation")
        GUIDE = "guide", _("guide or collection")
        PRACTICE = "practice", pgettext_lazy("publication", "practice")
        METHODOLOGY = "methodology", pgettext_lazy("publication", "methodology")
        MINUTES = "minutes", pgettext_lazy("publication", "minutes")
        POSITION = "position", _("position or statement")
        JOURNAL = "journal", pgettext_lazy("publication", "journal")
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
    series = models.ForeignKey(
        Series, null=True, blank=True, on_delete=models.PROTECT, related_name="publications",
        verbose_name=pgettext_lazy("of publications", "series"),
    )  # fmt: skip
    volume = models.PositiveSmallIntegerField(
        _("volume"), null=True, blank=True,
        help_text=_("As a number; the series says how it is written."),
    )  # fmt: skip
    theme = models.CharField(_("theme of the volume"), max_length=200, blank=True)
    issued_by = models.ForeignKey(
        Body, null=True, blank=True, on_delete=models.PROTECT, related_name="publications",
        verbose_name=_("issued or adopted by"),
    )  # fmt: skip
    topics = models.ManyToManyField(
        Topic, blank=True, related_name="publications", verbose_name=_("topics and goals")
    )
    country = models.ForeignKey(
        Country, null=True, blank=True, on_delete=models.PROTECT, related_name="+",
        verbose_name=_("country it is about"),
    )  # fmt: skip
    # The same work in another language or printing, with a page of its own.
    edition_of = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="editions",
        verbose_name=_("another edition of"),
    )  # fmt: skip
    superseded_by = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="replaced",
        verbose_name=_("superseded by"),
        help_text=_("The old text stays at its address, marked, with the way to the new one."),
    )  # fmt: skip
    licence = licence_field()
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
            models.CheckConstraint(
                condition=Q(volume__isnull=True) | Q(volume__gte=1, series__isnull=False),
                name="library_publication_volume_of_a_series",
                violation_error_message=_("A volume is a number from 1 on, of a series."),
            ),
            models.UniqueConstraint(
                fields=["series", "volume"],
                condition=Q(edition_of__isnull=True),
                name="library_publication_volume_once",
                violation_error_message=_("The series has this volume already."),
            ),
            models.CheckConstraint(
                condition=~Q(edition_of=F("pk")),
                name="library_publication_no_edition_of_itself",
                violation_error_message=_("A publication is no edition of itself."),
            ),
            models.CheckConstraint(
                condition=~Q(superseded_by=F("pk")),
                name="library_publication_does_not_replace_itself",
                violation_error_message=_("A publication does not supersede itself."),
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

    def clean(self):
        super().clean()
        superseding.check(self)

    def save(self, *args, **kwargs):
        """Save; raises ValidationError where texts would supersede one another in a circle."""
        if self.superseded_by_id is None and self.edition_of_id is None:
            super().save(*args, **kwargs)
            return
        with transaction.atomic():
            superseding.lock()
            superseding.check(self)
            super().save(*args, **kwargs)

    def get_absolute_url(self):
        return reverse("library:detail", args=[self.slug])

    @property
    def is_superseded(self) -> bool:
        """Whether another publication holds instead of this one."""
        return self.superseded_by_id is not None

    @property
    def volume_text(self) -> str:
        """The volume as its series writes it: "IV"."""
        return self.series.volume_text(self.volume) if self.series_id else ""
