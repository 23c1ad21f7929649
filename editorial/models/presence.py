"""Who has the form of a record open."""

import datetime

from django.conf import settings
from django.db import models
from django.utils import timezone

from editorial.models.about import AboutRecord, AboutRecordQuerySet

# With scripts the form tells of itself every minute; without them its opening counts alone.
COUNTS_FOR = datetime.timedelta(minutes=15)


class PresenceQuerySet(AboutRecordQuerySet):
    def current(self, at: datetime.datetime | None = None):
        """Those seen lately enough to be at work still."""
        return self.filter(seen_at__gt=(at or timezone.now()) - COUNTS_FOR)


class Presence(AboutRecord):
    """Somebody opened the form of a record, and was last heard of at `seen_at`."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    opened_at = models.DateTimeField()
    seen_at = models.DateTimeField()

    objects = PresenceQuerySet.as_manager()

    class Meta:
        ordering = ["opened_at", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["content_type", "object_id", "user"], name="editorial_presence_once"
            )
        ]

    def __str__(self):
        return f"{self.user_id} {self.content_type_id}:{self.object_id}"
