"""Publishing a programme: a version is frozen, compared with the last one, and told about."""

from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import F, Q
from django.utils.translation import gettext as _

from content import audit, cacheversion
from content.languages import in_language
from events.models import Event
from programme import letters, snapshots
from programme.models import ProgrammeVersion


@transaction.atomic
def publish(event: Event, by: Any) -> ProgrammeVersion:
    """Make the draft the next version that the public sees, and tell those whom it concerns.

    Raises ValidationError when there is nothing new, or a session lies outside of the event.
    """
    event = Event.objects.select_for_update().get(pk=event.pk)
    _refuse_outside(event)
    latest = ProgrammeVersion.objects.latest_of(event)
    snapshot = snapshots.take(event)
    if not snapshot["sessions"] and latest is None:
        raise ValidationError(_("The programme is empty."), code="empty")
    if latest is not None and latest.snapshot == snapshot:
        raise ValidationError(_("Nothing has changed since the last version."), code="same")
    version = ProgrammeVersion.objects.create(
        event=event,
        number=latest.number + 1 if latest else 1,
        published_by=by,
        snapshot=snapshot,
        changes=snapshots.changes(latest.snapshot, snapshot) if latest else [],
    )
    cacheversion.bump()
    audit.record("programme.published", version, by, f"{event}: {version.number}")
    letters.changed(version)
    return version


def _refuse_outside(event: Event) -> None:
    outside = Q(starts_at__lt=F("event__starts_at")) | Q(ends_at__gt=F("event__ends_at"))
    found = event.sessions.kept().filter(outside).in_order()[:3]
    if found:
        names = [in_language(one, "title")[0] for one in found]
        titles = ", ".join(_("“%(title)s”") % {"title": name} for name in names)
        words = _("These lie outside the time of the event: %(titles)s.") % {"titles": titles}
        raise ValidationError(words, code="outside")


def pending(event: Event) -> list[dict[str, Any]]:
    """What publishing now would change, as `snapshots.changes` says it."""
    latest = ProgrammeVersion.objects.latest_of(event)
    return snapshots.changes(latest.snapshot, snapshots.take(event)) if latest else []
