"""The files of publications: who may fetch them, and what a worker read in them."""

from django.db import models, transaction
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from content import pictures, wake
from content.models import Picture, PrivateFile
from content.records import PublicFact
from library.models.publications import Publication
from members.models import Member


class PublicationFileQuerySet(models.QuerySet):
    def public(self):
        """The files for everybody, of what the public may see now."""
        return self._of_published().filter(audience=PublicationFile.Audience.PUBLIC)

    def for_user(self, user):
        """The files this person may fetch; staff who read the library also see drafts."""
        if not user.is_authenticated:
            return self.public()
        if user.has_perm("library.view_publication"):
            return self.all()
        represents = Member.objects.editable_by(user).exists()
        audiences = [PublicationFile.Audience.PUBLIC]
        if represents:
            audiences.append(PublicationFile.Audience.MEMBERS)
        return self._of_published().filter(audience__in=audiences)

    def unread(self):
        """The files that a worker still has to open, oldest first."""
        return self.filter(reading=PublicationFile.Reading.WAITING).order_by("pk")

    def broken(self):
        """The files that do not open without a password, or not at all."""
        return self.filter(
            reading__in=[PublicationFile.Reading.LOCKED, PublicationFile.Reading.DAMAGED]
        )

    def _of_published(self):
        return self.filter(publication__in=Publication.objects.published().values("pk"))


class PublicationFile(PublicFact):
    """The document itself, in one language or in both.

    Pages, cover and text are read by a worker (`library.reading`): cover and text only of files
    for everybody, so that nothing of a closed file lies open elsewhere.
    """

    class Language(models.TextChoices):
        RUSSIAN = "ru", _("Russian")
        ENGLISH = "en", _("English")
        BOTH = "both", _("both languages")
        FRENCH = "fr", _("French")
        SPANISH = "es", _("Spanish")

    class Audience(models.TextChoices):
        PUBLIC = "public", _("everybody")
        MEMBERS = "members", _("representatives of members")
        STAFF = "staff", _("staff")

    class Reading(models.TextChoices):
        WAITING = "waiting", pgettext_lazy("file", "not yet read")
        READ = "read", pgettext_lazy("file", "read")
        LOCKED = "locked", _("encrypted: it opens with a password")
        DAMAGED = "damaged", _("damaged: it does not open")
        TOO_LARGE = "large", _("too large a page: no cover was made")
        OTHER = "other", _("not a PDF: no cover and no pages")

    publication = models.ForeignKey(
        Publication, on_delete=models.CASCADE, related_name="files", verbose_name=_("publication")
    )
    language = models.CharField(
        _("language"), max_length=4, choices=Language, default=Language.RUSSIAN
    )
    file = models.ForeignKey(
        PrivateFile, on_delete=models.PROTECT, related_name="+", verbose_name=_("file")
    )
    audience = models.CharField(_("for"), max_length=7, choices=Audience, default=Audience.PUBLIC)
    reading = models.CharField(
        _("what a worker found"), max_length=7, choices=Reading, default=Reading.WAITING,
        editable=False,
    )  # fmt: skip
    pages = models.PositiveIntegerField(_("pages"), null=True, blank=True, editable=False)
    cover = models.ForeignKey(
        Picture, null=True, blank=True, on_delete=models.SET_NULL, related_name="+",
        editable=False, verbose_name=_("cover"),
    )  # fmt: skip
    # What is searched of it.
    text = models.TextField(editable=False, default="", blank=True)

    objects = PublicationFileQuerySet.as_manager()

    class Meta:
        verbose_name = _("file of a publication")
        verbose_name_plural = _("files of a publication")
        ordering = ["publication", "-language", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["publication", "language"], name="library_publicationfile_once",
                violation_error_message=_("The publication has a file in this language already."),
            ),
            models.CheckConstraint(
                condition=Q(audience="public") | Q(text="", cover__isnull=True),
                name="library_publicationfile_closed_shows_nothing",
            ),
        ]  # fmt: skip
        indexes = [
            models.Index(fields=["id"], condition=Q(reading="waiting"), name="library_file_unread")
        ]

    def __str__(self):
        return f"{self.publication}: {self.get_language_display()}"

    def save(self, *args, **kwargs):
        """Save; a new file, or one for other readers, is read by a worker from the beginning."""
        if not self._is_new():
            super().save(*args, **kwargs)
            return
        is_pdf = self.file.content_type == "application/pdf"
        self.reading = self.Reading.WAITING if is_pdf else self.Reading.OTHER
        earlier, self.cover, self.pages, self.text = self.cover, None, None, ""
        with transaction.atomic():
            super().save(*args, **kwargs)
            if earlier is not None:
                pictures.discard(earlier)
            wake.after_commit("library.tasks.read_file", self.pk)

    def delete(self, *args, **kwargs):
        with transaction.atomic():
            deleted = super().delete(*args, **kwargs)
            if self.cover is not None:
                pictures.discard(self.cover)
        return deleted

    def _is_new(self) -> bool:
        stored = type(self).objects.filter(pk=self.pk).values_list("file", "audience").first()
        return stored != (self.file_id, self.audience)

    @property
    def is_closed(self) -> bool:
        """Whether not everybody may fetch it."""
        return self.audience != self.Audience.PUBLIC

    @property
    def sha256(self) -> str:
        """The checksum of the file, in hexadecimal digits."""
        return self.file.sha256

    def get_absolute_url(self):
        return reverse("library:file", args=[self.publication.slug, self.pk])
