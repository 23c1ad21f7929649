"""A record as it is stored, locked until the deed is done."""

from django.db import models

from editorial.refusals import CHANGED, Refused


def locked(record: models.Model, version: int | None = None) -> models.Model:
    """The stored row of a record. Raises Refused when it is not the `version` that was seen."""
    rows = type(record)._default_manager.select_for_update(of=("self",))
    stored = rows.get(pk=record.pk)
    if version is not None and stored.version != version:
        raise Refused(CHANGED, code="changed")
    return stored
