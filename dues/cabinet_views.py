"""The dues of a member in its cabinet: invoices, what is left to pay, the papers."""

import datetime

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import get_language
from django.views.generic import TemplateView, View

from content import dated
from content.downloads import pdf_response
from dues import papers, totals
from dues.models import Invoice
from members.cabinet import MandateMixin


class CabinetDues(MandateMixin, TemplateView):
    """All invoices of the member with their states, and the way to the papers."""

    template_name = "dues/cabinet_dues.html"
    menu_name = "dues:cabinet"

    def get_context_data(self, **kwargs):
        own = Invoice.objects.for_user(self.request.user).filter(member=self.member)
        invoices = own.with_state().select_related("credit_note").prefetch_related("payments")
        return super().get_context_data(
            invoices=list(invoices.order_by("-year", "-series_year", "-serial")),
            open_sums=totals.open_sums(own.unpaid()),
            today=dated.today(),
            **kwargs,
        )


class CabinetInvoice(MandateMixin, View):
    """One invoice as PDF, by its number."""

    def get(self, request: HttpRequest, number: str, **_kwargs) -> HttpResponse:
        series_year, _dash, serial = number.partition("-")
        own = Invoice.objects.for_user(request.user).filter(member=self.member)
        invoice = (
            own.filter(series_year=series_year, serial=serial).select_related("credit_note").first()
        )
        if invoice is None:
            raise Http404
        data = papers.invoice_pdf(invoice, get_language())
        return pdf_response(data, f"invoice-{invoice.number}.pdf")


class CabinetStatement(MandateMixin, View):
    """The statement of the member as PDF, at the end of today or of `?until=2026-06-30`."""

    def get(self, request: HttpRequest, **_kwargs) -> HttpResponse:
        until = day_asked(request)
        data = papers.statement_pdf(self.member, until, get_language())
        return pdf_response(data, f"statement-{self.member.slug}-{until}.pdf")


def day_asked(request: HttpRequest) -> datetime.date:
    """The day in the address; today where there is none, where it is no day or still to come."""
    today = dated.today()
    try:
        return min(datetime.date.fromisoformat(request.GET.get("until", "")), today)
    except ValueError:
        return today
