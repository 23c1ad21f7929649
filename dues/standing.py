"""Whether members have paid what was due: for eligibility lists, task lists and the cabinet."""

import datetime
from collections.abc import Iterable

from dues.models import Invoice
from members.models import Member


def paid_up(member_ids: Iterable[int], on: datetime.date) -> set[int]:
    """Those of these members without an unpaid invoice that was due up to that day; one query.

    Payments received later than `on` do not count; who never had an invoice owes nothing.
    """
    wanted = set(member_ids)
    owing = Invoice.objects.unpaid(on).filter(member__in=wanted, due_on__lte=on)
    return wanted - set(owing.values_list("member_id", flat=True))


def overdue_days(member: Member, on: datetime.date) -> int:
    """For how many days the member's oldest unpaid invoice has been overdue; 0 when none is."""
    oldest = (
        Invoice.objects.overdue(on).filter(member=member).order_by("due_on")
        .values_list("due_on", flat=True).first()
    )  # fmt: skip
    return (on - oldest).days if oldest else 0
