"""Where a record stands in the editorial flow: derived from its own state and from the desk."""

from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.utils.translation import gettext_lazy as _

from content.publishing import Publishable
from editorial.models import Correction, Review

SCHEDULED = _("Scheduled")
CORRECTED = _("Corrected")
OF_REVIEW = {
    Review.State.OPEN: _("In review"),
    Review.State.RETURNED: _("Returned"),
    Review.State.APPROVED: _("Approved"),
}


def annotated(records: models.QuerySet) -> models.QuerySet:
    """The same records with what `words` reads of the desk: no further query for each of them."""
    kind = ContentType.objects.get_for_model(records.model)
    here = {"content_type": kind, "object_id": models.OuterRef("pk")}
    newest = Review.objects.filter(**here).order_by("-asked_at", "-pk").values("state")[:1]
    return records.annotate(
        desk_review=models.Subquery(newest),
        desk_is_corrected=models.Exists(Correction.objects.filter(**here)),
    )


def words(record: models.Model) -> list:
    """The states of a record, the chief one first: "Published", "Corrected".

    A draft that is in review is just that; of a public one both is said.
    """
    marks = [OF_REVIEW[state]] if (state := _review_state(record)) in OF_REVIEW else []
    if _is_corrected(record):
        marks.append(CORRECTED)
    if not isinstance(record, Publishable):
        return marks
    is_past = state == Review.State.APPROVED and record.status != "draft"
    marks = [mark for mark in marks if not (is_past and mark == OF_REVIEW[state])]
    if record.status == "draft" and marks:
        return marks
    return [SCHEDULED if record.is_scheduled() else record.get_status_display(), *marks]


def _review_state(record: models.Model) -> str | None:
    if hasattr(record, "desk_review"):
        return record.desk_review
    return Review.objects.about(record).values_list("state", flat=True).first()


def _is_corrected(record: models.Model) -> bool:
    if hasattr(record, "desk_is_corrected"):
        return record.desk_is_corrected
    return Correction.objects.about(record).exists()
