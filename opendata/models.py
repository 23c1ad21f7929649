"""The bulk files of open data that a worker has made."""

import uuid

from django.db import models
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from content.records import PublicFact


def stored_name(_file, filename: str) -> str:
    """Another name for every version, so that nobody reads half of two."""
    return f"data/{uuid.uuid4().hex}-{filename}"


class DataFile(PublicFact):
    """A file that everybody may take: one kind of open data in one form, at a lasting address."""

    # "members.csv": stands in the address.
    name = models.CharField(_("name"), max_length=80, unique=True)
    # The kind of data: a code of `opendata.resources`.
    dataset = models.CharField(_("data"), max_length=40, db_index=True)
    file = models.FileField(_("file"), upload_to=stored_name, max_length=200)
    size = models.PositiveBigIntegerField(_("size, bytes"))
    rows = models.PositiveIntegerField(_("rows"))
    sha256 = models.CharField("SHA-256", max_length=64)
    # Of the data themselves: what is the same is not made anew.
    content_sha256 = models.CharField(max_length=64, editable=False)
    made_at = models.DateTimeField(_("made"), default=timezone.now)
    checked_at = models.DateTimeField(_("compared with the records"), default=timezone.now)

    class Meta:
        verbose_name = _("file of open data")
        verbose_name_plural = _("files of open data")
        ordering = ["dataset", "name"]

    def __str__(self):
        return self.name

    def get_absolute_url(self):
        return reverse("data_files:file", args=[self.name])

    @property
    def ending(self) -> str:
        """ "CSV", "XLSX", "JSONL"."""
        return self.name.rpartition(".")[2].upper()
