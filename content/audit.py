"""The append-only log of deeds."""

from typing import Any

from django.db import models

from content.models.audit import AuditEntry


def record(
    verb: str,
    target: models.Model | None,
    actor: Any,
    summary: str,
    changes: dict[str, Any] | None = None,
) -> AuditEntry:
    """Write one deed. `changes` maps field names to [before, after]; a visitor is no actor."""
    known = actor if getattr(actor, "is_authenticated", False) else None
    return AuditEntry.objects.create(
        verb=verb, target=target, actor=known, summary=summary[:300], changes=changes or {}
    )
