"""The base of every record that the public reads: its save path keeps all that is derived."""

from collections.abc import Sequence
from typing import Any

from django.conf import settings
from django.db import models, transaction
from django.utils.translation import gettext_lazy as _

from content import cacheversion, revisions, search, translation_state
from content.editing import Versioned
from content.languages import LANGUAGE_CODES
from content.texts import tidy_texts


class PublicRecord(Versioned):
    """A bilingual public record: guarded against lost updates, searchable, with translation state.

    Bulk changes go around `save`: call `refresh_derived_many` with the changed rows afterwards.
    """

    source_language = models.CharField(
        _("written in"), max_length=2, choices=settings.LANGUAGES,
        blank=True, help_text=_("The language the others are translated from."),
    )  # fmt: skip

    title_field = "title"
    keeps_revisions = False

    class Meta:
        abstract = True

    def save(self, *args, small_edit=False, by: Any = None, revision_note: str = "", **kwargs):
        """Save, and keep translation state, search index and caches in the same transaction.

        small_edit: the change needs no new translation; `by` is who said so. Models that set
        `keeps_revisions` also keep what they held after each save, with who saved and the note.
        """
        if not self.source_language:
            self.source_language = self.first_language()
            if kwargs.get("update_fields") is not None:
                kwargs["update_fields"] = {*kwargs["update_fields"], "source_language"}
        tidy_texts(self)
        with transaction.atomic():
            super().save(*args, **kwargs)
            if self.keeps_revisions:
                is_partial = kwargs.get("update_fields") is not None
                revisions.keep(self, by=by, note=revision_note, is_partial=is_partial)
            refresh_derived(self, small_edit=small_edit, by=by)

    def delete(self, *args, **kwargs):
        with transaction.atomic():
            search.forget(self)
            translation_state.forget(self)
            cacheversion.bump()
            return super().delete(*args, **kwargs)

    def first_language(self) -> str:
        """The first language that its title is given in."""
        for code in LANGUAGE_CODES:
            if getattr(self, f"{self.title_field}_{code}", None):
                return code
        return LANGUAGE_CODES[0]


class PublicFact(models.Model):
    """A row that public pages show beside a record: its change renews them."""

    class Meta:
        abstract = True

    def save(self, *args, **kwargs):
        tidy_texts(self)
        super().save(*args, **kwargs)
        cacheversion.bump()

    def delete(self, *args, **kwargs):
        deleted = super().delete(*args, **kwargs)
        cacheversion.bump()
        return deleted


def refresh_derived(record: PublicRecord, *, small_edit: bool = False, by: Any = None) -> None:
    """Bring all that is derived from a record up to date: after a change around `save`."""
    translation_state.keep(record, small_edit=small_edit, by=by)
    search.keep(record)
    cacheversion.bump()


def refresh_derived_many(records: Sequence[PublicRecord]) -> None:
    """The same for records of one model, in a number of queries that does not grow with them.

    Fetch beforehand what the search texts of the model read (`prefetch_related_objects`).
    """
    translation_state.keep_many(records)
    search.keep_many(records)
    cacheversion.bump()
