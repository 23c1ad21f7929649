"""Links by which somebody without an account reads a record before it is public."""

import datetime

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from editorial.models.about import AboutRecord, AboutRecordQuerySet


class PreviewLinkQuerySet(AboutRecordQuerySet):
    def usable(self, at: datetime.datetime | None = None):
        return self.filter(revoked_at=None, expires_at__gt=at or timezone.now())


class PreviewLink(AboutRecord):
    """The link itself is shown once, to who made it; here is its hash."""

    token_hash = models.CharField(max_length=64, unique=True, editable=False)
    note = models.CharField(_("for whom"), max_length=120, blank=True)
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+",
        verbose_name=_("made by"),
    )  # fmt: skip
    made_at = models.DateTimeField(_("made at"), default=timezone.now)
    expires_at = models.DateTimeField(_("works until"))
    revoked_at = models.DateTimeField(_("revoked"), null=True, blank=True)

    objects = PreviewLinkQuerySet.as_manager()

    class Meta:
        verbose_name = _("preview link")
        verbose_name_plural = _("preview links")
        ordering = ["-made_at", "-pk"]
        indexes = [models.Index(fields=["content_type", "object_id"], name="editorial_preview_of")]
        constraints = [
            models.CheckConstraint(
                condition=Q(expires_at__gt=F("made_at")), name="editorial_preview_expires_later"
            )
        ]

    def __str__(self):
        return f"{self.content_type_id}:{self.object_id} {self.expires_at:%Y-%m-%d}"

    def is_usable(self, at: datetime.datetime | None = None) -> bool:
        return self.revoked_at is None and self.expires_at > (at or timezone.now())
