"""What a representative should do next about dues: pay the invoices that are open."""

from collections.abc import Iterator

from django.urls import reverse
from django.utils.translation import gettext as _

from content import dated
from dues.models import Invoice, State
from dues.money import money_text
from members import attention
from members.attention import Attention


@attention.register
def unpaid_invoices(member, user) -> Iterator[Attention]:
    """Invoices of the member that lack money, with the last day to pay."""
    for invoice in Invoice.objects.unpaid().filter(member=member).order_by("due_on", "pk"):
        is_late = invoice.state == State.OVERDUE
        title = _("The due for %(year)s is overdue") if is_late else _("Pay the due for %(year)s")
        note = _("Invoice %(number)s, left to pay: %(rest)s")
        rest = money_text(invoice.rest, invoice.currency)
        yield Attention(
            title=title % {"year": invoice.year},
            note=note % {"number": invoice.number, "rest": rest},
            url=reverse("dues:cabinet", args=[member.slug]),
            action=_("See the invoice"),
            deadline=invoice.due_on,
            is_hot=is_late or (invoice.due_on - dated.today()).days <= 14,
        )
