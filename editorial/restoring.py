"""Going back to an earlier revision: a save like any other, with a revision of its own."""

from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.utils.translation import gettext as _

from accounts.models import User
from content import revisions
from content.models import Revision
from editorial.locking import locked
from editorial.refusals import Refused

# Going back to an earlier text neither publishes nor withdraws it, nor undoes a decision about it.
STATE = {"status", "published_at", "stage"}


@transaction.atomic
def restore(record: models.Model, revision: Revision, by: User, *, version: int) -> models.Model:
    """Write the texts of a revision into its record, as the next one; gives the stored record.

    Raises Refused when the record is no longer of this `version`, or when the old values no longer
    fit (another record has its address by now).
    """
    record = locked(record, version)
    left_alone = STATE | _kept_by_the_portal(type(record)) | _gone(type(record), revision.values)
    values = {name: value for name, value in revision.values.items() if name not in left_alone}
    revisions.put(record, values)
    try:
        record.validate_unique()
        record.validate_constraints()
    except ValidationError as error:
        raise Refused(error.messages, code="misfit") from error
    note = _("Restored from revision %(number)d") % {"number": revision.number}
    record.save(by=by, revision_note=note)
    return record


def _kept_by_the_portal(model: type[models.Model]) -> set[str]:
    """The columns that nobody writes in a form: who sent a record and when, what it came from."""
    return {field.name for field in revisions.kept_fields(model) if not field.editable}


def _gone(model: type[models.Model], values: dict) -> set[str]:
    """The columns that point to rows which were deleted meanwhile: they stay as they are."""
    return {
        field.name
        for field in revisions.kept_fields(model)
        if isinstance(field, models.ForeignKey)
        and values.get(field.name) is not None
        and not field.related_model._base_manager.filter(pk=values[field.name]).exists()
    }
