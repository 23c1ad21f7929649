"""What an entry says and the files it brings."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from awards.models.calls import EntryField, EntryFieldChoice
from awards.models.entries import Entry
from content.models import PrivateFile


class EntryAnswer(models.Model):
    """What an entry says to one question: a row for each language it is asked in."""

    entry = models.ForeignKey(Entry, on_delete=models.CASCADE, related_name="answers")
    field = models.ForeignKey(EntryField, on_delete=models.PROTECT, related_name="answers")
    # "ru", "en"; empty where the question is asked once.
    language = models.CharField(max_length=2, blank=True)
    # Texts, links, numbers and days as they are written: 12.5, 2026-03-31, yes.
    text = models.TextField(_("answer"), blank=True)
    choices = models.ManyToManyField(EntryFieldChoice, related_name="+", blank=True)

    class Meta:
        verbose_name = _("answer of an entry")
        verbose_name_plural = _("answers of entries")
        constraints = [
            models.UniqueConstraint(
                fields=["entry", "field", "language"], name="awards_entryanswer_once"
            )
        ]

    def __str__(self):
        return f"{self.entry}: {self.field}"


class EntryFile(models.Model):
    """A file of an entry. Pictures are of our own making, without metadata, with two sizes more.

    Nothing of it is public: what the public sees of a laureate is a copy, made on publication.
    """

    entry = models.ForeignKey(Entry, on_delete=models.CASCADE, related_name="files")
    # None: the work itself (the drawing).
    field = models.ForeignKey(
        EntryField, null=True, blank=True, on_delete=models.PROTECT, related_name="files"
    )
    file = models.ForeignKey(PrivateFile, on_delete=models.PROTECT, related_name="+")
    # What a jury gets where it is blind: without metadata. The same as `file` for pictures.
    clean = models.ForeignKey(
        PrivateFile, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    is_picture = models.BooleanField(default=False)
    # Pictures only: 1600 and 480 pixels wide at most, WebP; made by a worker.
    large = models.ForeignKey(
        PrivateFile, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    small = models.ForeignKey(
        PrivateFile, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    width = models.PositiveIntegerField(null=True, blank=True)
    height = models.PositiveIntegerField(null=True, blank=True)
    # Perceptual hash of 64 bits as a signed number: look-alikes are near.
    look = models.BigIntegerField(null=True, blank=True)
    # When it was compared with all others that were sent by then; see `awards.look_alikes`.
    compared_at = models.DateTimeField(null=True, blank=True, editable=False)
    order = models.PositiveSmallIntegerField(default=1)
    uploaded_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = _("file of an entry")
        verbose_name_plural = _("files of entries")
        ordering = ["entry", "order", "pk"]
        indexes = [models.Index(fields=["look"], name="awards_entryfile_look")]

    def __str__(self):
        return str(self.file)
