"""Does what one finding says, and nothing else."""

from django.db import models, transaction
from django.utils.translation import gettext as _

from accounts.models import User
from editorial.locking import locked
from editorial.refusals import Refused
from editorial.textcheck.checking import check
from editorial.textcheck.findings import Finding
from editorial.textcheck.slots import swap

GONE = "gone"


@transaction.atomic
def apply(record: models.Model, key: str, by: User, *, version: int) -> Finding:
    """Apply the fix of the finding named by `key`, save, and keep a revision. Gives the finding.

    Raises Refused when the text is no longer of this `version`, when the remark no longer holds
    and when it has no fix.
    """
    record = locked(record, version)
    found = next((one for one in check(record) if one.key == key and one.fix), None)
    if found is None:
        raise Refused(_("This remark no longer holds: the text has changed."), code=GONE)
    if found.fix == "swap":
        swap(record, found.field)
    else:
        value = getattr(record, found.column)
        setattr(record, found.column, value[: found.start] + found.replacement + value[found.end :])
    record.full_clean(validate_unique=False)
    record.save(by=by, small_edit=found.fix == "replace", revision_note=_note(found))
    return found


def _note(found: Finding) -> str:
    if found.fix == "swap":
        return _("Text check: languages swapped")
    words = {"wrong": found.wrong[:60], "right": found.replacement[:60]}
    return _("Text check: “%(wrong)s” → “%(right)s”") % words
