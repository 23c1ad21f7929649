"""Holding all bulk mail back at once, and letting it go again."""

from typing import Any

from django.utils import timezone

from mailing import wake
from mailing.models import Switch


def freeze(by: Any, reason: str) -> bool:
    """Freeze bulk mail from the next mail on; False when it was frozen before.

    Raises ValueError without a reason: whoever comes next must be able to read it.
    """
    reason = reason.strip()
    if not reason:
        raise ValueError("Freezing needs a reason.")
    Switch.objects.get_or_create(id=1)
    frozen = Switch.objects.filter(frozen_at__isnull=True).update(
        frozen_at=timezone.now(), frozen_by=by, reason=reason
    )
    return frozen == 1


def release() -> bool:
    """Let bulk mail go again; False when it was not frozen. What is out of date stays behind."""
    released = Switch.objects.frozen().update(frozen_at=None, frozen_by=None, reason="")
    if released:
        wake.after_commit("mailing.tasks.deliver_batch")
    return released == 1
