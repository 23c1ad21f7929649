"""What a record held after each save. Models opt in with `keeps_revisions = True`."""

from collections.abc import Mapping
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db import models

from content.models.revisions import Revision

# What a save changes by itself, and what says nothing about the text.
NOT_KEPT = {"version", "updated_at", "created_at"}
PLAIN = str | int | float | bool | list | dict | None


def kept_fields(model: type[models.Model]) -> list[models.Field]:
    """The columns that revisions hold: language columns, never the one they are derived from."""
    fields = model._meta.concrete_fields
    derived = {
        field.translated_field.name for field in fields if hasattr(field, "translated_field")
    }
    left_out = {*NOT_KEPT, *derived}
    return [field for field in fields if not field.primary_key and field.name not in left_out]


def values_of(record: models.Model) -> dict[str, Any]:
    """What the columns hold now: field name to a JSON value."""
    return {field.name: _as_json(field, record) for field in kept_fields(type(record))}


def _as_json(field: models.Field, record: models.Model) -> PLAIN:
    value = getattr(record, field.attname)
    return value if isinstance(value, PLAIN) else field.value_to_string(record)


def put(record: models.Model, values: Mapping[str, Any]) -> None:
    """Set the columns of `record` to `values`; names that the model no longer has are left out."""
    for field in kept_fields(type(record)):
        if field.name in values:
            setattr(record, field.attname, field.to_python(values[field.name]))


def of(record: models.Model) -> models.QuerySet[Revision]:
    """The revisions of a record, the newest first."""
    kind = ContentType.objects.get_for_model(record)
    return Revision.objects.filter(content_type=kind, object_id=record.pk)


def keep(record: models.Model, *, by: Any = None, note: str = "", is_partial: bool = False) -> None:
    """Write what was just saved as a revision, unless the last one holds the same.

    is_partial: some columns alone were saved, so that the others are read from the database.
    """
    if is_partial:
        record = type(record)._base_manager.get(pk=record.pk)
    values = values_of(record)
    if values == of(record).values_list("values", flat=True).first():
        return
    Revision.objects.create(
        content_type=ContentType.objects.get_for_model(record),
        object_id=record.pk,
        number=record.version,
        values=values,
        note=note,
        by=by if getattr(by, "is_authenticated", False) else None,
    )
