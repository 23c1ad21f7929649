"""The letters about dues: an invoice was issued, a day to pay comes near or has passed."""

import datetime
from collections.abc import Iterable
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from content import dated
from content.dates import day_text
from content.languages import in_language
from dues.contacts import Addressee, contacts_of
from dues.models import Invoice, Reminder
from dues.money import money_text
from mailing import cleaning, outbox


def tell_issued(invoices: Iterable[Invoice]) -> int:
    """Write to those who answer for the members; says how many letters were new."""
    invoices = list(invoices)
    contacts = contacts_of((one.member_id for one in invoices), dated.today())
    return outbox.write_many(
        _letter("issued", f"dues.issued:{invoice.pk}", invoice, reader)
        for invoice in invoices
        for reader in contacts[invoice.member_id].nearest()
    )


def remind(invoice: Invoice, rung: int, reader: Addressee, day: datetime.date) -> outbox.Letter:
    """The letter of one rung; `invoice` has `rest` (`with_state`) and its member at hand."""
    context = {
        "is_before": rung == Reminder.Rung.BEFORE,
        "is_today": rung == Reminder.Rung.DUE,
        "days": (day - invoice.due_on).days,
        "rest": lambda: money_text(invoice.rest, invoice.currency),
        "is_partly": invoice.rest != invoice.amount,
    }
    return _letter("reminder", f"dues.reminder:{invoice.pk}:{rung}", invoice, reader, **context)


def _letter(
    template: str, occasion: str, invoice: Invoice, reader: Addressee, **context: Any
) -> outbox.Letter:
    return outbox.Letter(
        occasion=occasion,
        email=reader.email,
        language=reader.language,
        template=f"dues/mail/{template}",
        context={"name": reader.name, "has_cabinet": reader.user is not None,
                 **facts(invoice), **context},
        user=reader.user,
        is_bulk=True,
        about=invoice,
    )  # fmt: skip


def facts(invoice: Invoice) -> dict[str, Any]:
    """What every letter says of its invoice."""
    slug = invoice.member.slug
    return {
        "member": lambda: in_language(invoice, "member_name")[0],
        "number": invoice.number,
        "year": str(invoice.year),
        "amount": lambda: money_text(invoice.amount, invoice.currency),
        "due_on": lambda: day_text(invoice.due_on),
        "cabinet_link": lambda: cleaning.on_site(reverse("dues:cabinet", args=[slug])),
        "reason": lambda: _(
            "You receive this letter because you answer for the relations of this member with "
            "the association."
        ),
    }
