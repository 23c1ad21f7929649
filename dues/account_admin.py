"""What stands over single invoices: totals of the years, statements of members, the exports."""

from collections.abc import Callable, Iterator
from typing import Any

from django.contrib.admin.options import IncorrectLookupParameters
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import path
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from content import dated, tables
from content.downloads import pdf_response
from content.languages import in_language
from dues import papers
from dues.cabinet_views import day_asked
from dues.statement import statement_of
from dues.templatetags.dues_tags import state_words
from dues.totals import totals
from members.models import Member


class AccountViews:
    """For the admin of invoices: pages about all of them."""

    def account_urls(self, own: Callable) -> list:
        return [
            path("totals/", own(self.totals_view), name="dues_invoice_totals"),
            path("totals.<str:ending>", own(self.totals_file), name="dues_invoice_totals_file"),
            path("list.<str:ending>", own(self.list_file), name="dues_invoice_list_file"),
            path(
                "statement/<int:member_pk>/", own(self.statement_view),
                name="dues_invoice_statement",
            ),
            path(
                "statement/<int:member_pk>/statement.pdf", own(self.statement_file),
                name="dues_invoice_statement_file",
            ),
        ]  # fmt: skip

    def _refuse_strangers(self, request: HttpRequest) -> None:
        if not self.has_view_permission(request):
            raise PermissionDenied

    def totals_view(self, request):
        """Issued, paid, open and overdue by year and currency."""
        self._refuse_strangers(request)
        context = {"title": _("Totals of dues"), "rows": totals(), "today": dated.today()}
        return self._account_page(request, "admin/dues/totals.html", context)

    def totals_file(self, request, ending: str):
        """The same as a table."""
        self._refuse_strangers(request)
        headings = [
            _("Year of the dues"), _("Currency"), _("Invoices"), _("Issued"), _("Paid"),
            _("Not due yet"), _("Overdue"), _("Invoices overdue"),
        ]  # fmt: skip
        rows = [
            [row.year, row.currency, row.count, row.issued, row.paid, row.open, row.overdue,
             row.late]
            for row in totals()
        ]  # fmt: skip
        return _table(ending, "dues-totals", _("Totals of dues"), headings, rows)

    def list_file(self, request, ending: str):
        """The invoices of the list, as it is filtered, as a table."""
        self._refuse_strangers(request)
        try:
            listed = self.get_changelist_instance(request).queryset
        except IncorrectLookupParameters:
            raise Http404 from None
        listed = listed.select_related("member__country")
        headings = [
            _("Number"), _("Member"), _("Country"), _("Year of the dues"), _("Issued on"),
            _("To be paid by"), _("Currency"), _("Amount"), _("Paid"), _("Left to pay"), _("State"),
        ]  # fmt: skip
        return _table(ending, "dues-invoices", _("Invoices"), headings, _rows(listed))

    def statement_view(self, request, member_pk: int):
        """The account of one member at the end of a day."""
        self._refuse_strangers(request)
        member = get_object_or_404(Member, pk=member_pk)
        context = {
            "title": _("Statement: %(member)s") % {"member": member},
            "member": member,
            "statement": statement_of(member, day_asked(request)),
            "today": dated.today(),
        }
        return self._account_page(request, "admin/dues/statement.html", context)

    def statement_file(self, request, member_pk: int):
        """The same as PDF."""
        self._refuse_strangers(request)
        member = get_object_or_404(Member, pk=member_pk)
        until = day_asked(request)
        data = papers.statement_pdf(member, until, get_language())
        return pdf_response(data, f"statement-{member.slug}-{until}.pdf")

    def _account_page(self, request, template: str, context: dict) -> HttpResponse:
        shared = {**self.admin_site.each_context(request), "opts": self.opts}
        return TemplateResponse(request, template, {**shared, **context})


def _rows(invoices) -> Iterator[list[Any]]:
    for one in invoices:
        yield [
            one.number, in_language(one, "member_name")[0],
            in_language(one.member.country, "name")[0], one.year, one.issued_on, one.due_on,
            one.currency, one.amount, one.paid, one.rest, str(state_words(one.state)),
        ]  # fmt: skip


def _table(ending: str, name: str, title: str, headings: list, rows) -> HttpResponse:
    if ending == "csv":
        return tables.csv_response(name, headings, rows)
    if ending == "xlsx":
        return tables.xlsx_response(name, title, headings, rows)
    raise Http404
