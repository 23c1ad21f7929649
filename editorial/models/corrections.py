"""What was put right in a published record: a dated note that readers see."""

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from content.languages import one_language_required
from content.records import PublicFact
from editorial.models.about import AboutRecord


class Correction(AboutRecord, PublicFact):
    """A correction stays: a mistake in it is corrected by another one."""

    made_at = models.DateTimeField(_("corrected at"), default=timezone.now)
    note = models.CharField(_("what was corrected"), max_length=600)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+",
        verbose_name=_("by"),
    )  # fmt: skip

    class Meta:
        verbose_name = _("correction")
        verbose_name_plural = _("corrections")
        ordering = ["made_at", "pk"]
        indexes = [
            models.Index(fields=["content_type", "object_id"], name="editorial_correction_of")
        ]
        constraints = [one_language_required("note", "editorial_correction_note_given")]

    def __str__(self):
        return f"{self.content_type_id}:{self.object_id} {self.made_at:%Y-%m-%d}"
