"""A group or an indicator one place up or down among those beside it."""

from django.db import transaction

from ratings import staying
from ratings.models import Edition, Indicator, IndicatorGroup

UP, DOWN = "up", "down"
KINDS = {"group": IndicatorGroup, "indicator": Indicator}


@transaction.atomic
def move(edition: Edition, kind: str, key: int, way: str) -> bool:
    """Move a row of an edition; says False at the end of its row, or once results are sealed.

    Raises KeyError for another kind, DoesNotExist for a row of another edition.
    """
    model = KINDS[kind]
    if staying.locked(edition).sealed_at:
        return False
    row = model.objects.get(pk=key, edition=edition)
    beside = list(_beside(row).order_by("order", "pk"))
    place = beside.index(row)
    other = place + (1 if way == DOWN else -1)
    if not 0 <= other < len(beside):
        return False
    beside[place], beside[other] = beside[other], beside[place]
    for order, one in enumerate(beside, 1):
        if one.order != order:
            one.order = order
            one.save(update_fields=["order"])
    return True


def _beside(row):
    if isinstance(row, IndicatorGroup):
        return IndicatorGroup.objects.filter(edition=row.edition, parent=row.parent)
    return Indicator.objects.filter(group=row.group)
