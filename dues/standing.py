"""Whether members have paid what was due: for eligibility lists, task lists and the cabinet."""

import datetime
from collections.abc import Iterable

from dues.models import Invoice


def paid_up(member_ids: Iterable[int], on: datetime.date) -> set[int]:
    """Those of these members without an unpaid invoice that was due up to that day; one query.

    Payments received later than `on` do not count; who never had an invoice owes nothing.
    """
    wanted = set(member_ids)
    owing = Invoice.objects.unpaid(on).filter(member__in=wanted, due_on__lte=on)
    return wanted - set(owing.values_list("member_id", flat=True))
