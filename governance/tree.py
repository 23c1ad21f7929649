"""Records with a parent of their own kind: a tree, never a circle."""

from django.core.exceptions import ValidationError
from django.db import connection, models
from django.utils.translation import gettext as _

# One change of any parent at a time: two changes together could close a circle.
LOCK = 0x474F5654


def refuse_cycle(record: models.Model) -> None:
    """Raise ValidationError when `record` stands above its own parent."""
    parents = dict(type(record)._default_manager.values_list("pk", "parent_id"))
    above, seen = record.parent_id, set()
    while above is not None and above not in seen:
        if above == record.pk:
            raise ValidationError(
                {"parent": _("“%s” would stand above itself.") % record}, code="cycle"
            )
        seen.add(above)
        above = parents.get(above)


def lock_and_refuse_cycle(record: models.Model) -> None:
    """The same inside the saving transaction: other changes of parents wait for its end."""
    if record.parent_id is None or record._state.adding:
        return
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [LOCK])
    refuse_cycle(record)


def nested(records: list, key=lambda record: record.pk) -> list[tuple[models.Model, list]]:
    """Records of one query as (record, children) pairs; those without a parent among them first."""
    known = {key(record) for record in records}
    below: dict[int | None, list] = {}
    for record in records:
        parent = record.parent_id if record.parent_id in known else None
        below.setdefault(parent, []).append(record)

    def branch(parent: int | None) -> list[tuple[models.Model, list]]:
        return [(record, branch(record.pk)) for record in below.get(parent, [])]

    return branch(None)
