"""Two editors at once: whoever opens a form is told who else has it open."""

import datetime

from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from content.dates import time_text
from content.timezones import association_zone, reader_zone
from editorial.models import Presence

KEPT_FOR = datetime.timedelta(days=1)


def note(record: models.Model, user: User, *, opens: bool = False) -> None:
    """Note that somebody has the form of a record open; `opens`: just now."""
    now = timezone.now()
    if opens:
        Presence.objects.filter(seen_at__lt=now - KEPT_FOR).delete()
    row, is_new = Presence.objects.get_or_create(
        content_type=_kind(record), object_id=record.pk, user=user,
        defaults={"opened_at": now, "seen_at": now},
    )  # fmt: skip
    if not is_new:
        is_back = opens and not Presence.objects.current(now).filter(pk=row.pk).exists()
        row.opened_at = now if is_back else row.opened_at
        row.seen_at = now
        row.save(update_fields=["opened_at", "seen_at"])


def forget(record: models.Model, user: User) -> None:
    """They saved and went on."""
    Presence.objects.about(record).filter(user=user).delete()


def others(record: models.Model, user: User) -> list[str]:
    """A sentence for everybody else at work on a record: "Anna has been editing since 14:02"."""
    zone = reader_zone.get() or association_zone()
    rows = Presence.objects.about(record).current().exclude(user=user).select_related("user")
    words = _("%(name)s has had this form open since %(hour)s.")
    return [words % {"name": row.user, "hour": time_text(row.opened_at, zone)} for row in rows]


def _kind(record: models.Model):
    return ContentType.objects.get_for_model(record)
