"""The invoices in the admin: the list with its sums, one invoice, money in and back, the end."""

from collections.abc import Callable

from django import forms
from django.contrib import admin, messages
from django.contrib.admin.helpers import AdminForm
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from content import dated
from content.downloads import pdf_response
from content.editing import answered, once
from content.sortkeys import search_fold
from dues import account_admin, issuing, papers, payments, totals
from dues.models import Invoice, Payment, State
from dues.money import money_text
from dues.staff_forms import InvoiceForm, PaymentForm, ReasonForm
from dues.templatetags.dues_tags import state_words
from members.models import Country

FORM = "admin/dues/form.html"


class StateFilter(admin.SimpleListFilter):
    """By the state of today, which is derived: see `InvoiceQuerySet.with_state`."""

    title = _("state")
    parameter_name = "state"

    def lookups(self, request, model_admin):
        return [("unpaid", _("not paid in full")), *State.choices]

    def queryset(self, request, queryset):
        if self.value() == "unpaid":
            return queryset.filter(rest__gt=0)
        return queryset.filter(state=self.value()) if self.value() else queryset


class CountryFilter(admin.SimpleListFilter):
    """By the country of the member, among those that have invoices."""

    title = _("country")
    parameter_name = "country"

    def lookups(self, request, model_admin):
        countries = Country.objects.filter(members__invoices__isnull=False).distinct()
        return sorted(
            ((country.code, str(country)) for country in countries), key=lambda row: row[1]
        )

    def queryset(self, request, queryset):
        return queryset.filter(member__country__code=self.value()) if self.value() else queryset


class InvoiceAdmin(account_admin.AccountViews, admin.ModelAdmin):
    """Invoices are issued, paid and cancelled here, never changed."""

    change_list_template = "admin/dues/invoice_list.html"
    list_display = [
        "number", "member_of", "year", "money", "paid_money", "rest_money", "due_on", "state_of",
    ]  # fmt: skip
    list_filter = [StateFilter, "year", "currency", CountryFilter]
    extra_lookups = ("run",)  # the page of an issue leads to its invoices
    list_select_related = ["member"]
    search_fields = ["member__name_search"]
    search_help_text = _("Search by member or number")
    show_full_result_count = False
    actions = None

    def get_queryset(self, request):
        return super().get_queryset(request).with_state()

    def get_search_results(self, request, queryset, search_term):
        series_year, _dash, serial = search_term.strip().partition("-")
        if series_year.isdecimal() and serial.isdecimal() and len(search_term) < 15:
            return queryset.filter(series_year=series_year, serial=serial), False
        return super().get_search_results(request, queryset, search_fold(search_term))

    def has_change_permission(self, request, obj=None):
        return False

    def has_delete_permission(self, request, obj=None):
        return False

    def may_cancel(self, request: HttpRequest) -> bool:
        return request.user.has_perm("dues.change_invoice")

    def may_take_money(self, request: HttpRequest) -> bool:
        return request.user.has_perm("dues.add_payment")

    @admin.display(description=_("number"), ordering=("series_year"))
    def number(self, invoice):
        return invoice.number

    @admin.display(description=_("member"), ordering="member__sort_key_ru")
    def member_of(self, invoice):
        return invoice.member

    @admin.display(description=_("amount"), ordering="amount")
    def money(self, invoice):
        return money_text(invoice.amount, invoice.currency)

    @admin.display(description=_("paid"), ordering="paid")
    def paid_money(self, invoice):
        return money_text(invoice.paid, invoice.currency) if invoice.paid else "—"

    @admin.display(description=_("left to pay"), ordering="rest")
    def rest_money(self, invoice):
        return money_text(invoice.rest, invoice.currency) if invoice.rest else "—"

    @admin.display(description=_("state"), ordering="state")
    def state_of(self, invoice):
        return state_words(invoice.state)

    def changelist_view(self, request, extra_context=None):
        response = super().changelist_view(request, extra_context)
        listed = getattr(response, "context_data", {}).get("cl")
        if listed is not None:
            response.context_data |= {
                "open_sums": totals.open_sums(listed.queryset),
                "filters": request.GET.urlencode(),
            }
        return response

    def get_urls(self):
        own = self.admin_site.admin_view
        return [
            path("<int:pk>/invoice.pdf", own(self.pdf_view), name="dues_invoice_pdf"),
            path("<int:pk>/pay/", own(self.pay_view), name="dues_invoice_pay"),
            path("<int:pk>/cancel/", own(self.cancel_view), name="dues_invoice_cancel"),
            path("payments/<int:pk>/reverse/", own(self.reverse_view), name="dues_payment_reverse"),
            *self.account_urls(own),
            *super().get_urls(),
        ]

    def add_view(self, request, form_url="", extra_context=None):
        """Issue the invoice of one member."""
        if not self.has_add_permission(request):
            raise PermissionDenied
        form = InvoiceForm(request.POST or None, admin_site=self.admin_site)
        lead = _("For one member: who joined within the year, or whose due was decided otherwise.")
        return self._form(request, form, _("Issue an invoice"), _("Issue the invoice"),
                          lambda: self._issue(request, form), lead)  # fmt: skip

    def _issue(self, request: HttpRequest, form: InvoiceForm) -> str:
        typed = form.cleaned_data
        invoice = issuing.issue_one(typed["member"], typed["year"], request.user, **form.wanted())
        self._say(request, _("Invoice %(number)s is issued.") % {"number": invoice.number})
        return self.address(invoice.pk)

    def change_view(self, request, object_id, form_url="", extra_context=None):
        """One invoice with its payments and reminders, and what may be done with it."""
        if request.method == "POST":
            raise PermissionDenied
        invoice = self._found(request, object_id)
        context = {
            **self.admin_site.each_context(request),
            "opts": self.opts,
            "title": _("Invoice %(number)s") % {"number": invoice.number},
            "invoice": invoice,
            "payments": invoice.payments.select_related("entered_by", "reverses", "reversal"),
            "reminders": invoice.reminders.select_related("posted_by"),
            "may_pay": self.may_take_money(request) and invoice.rest > 0,
            "may_reverse": self.may_take_money(request),
            "may_cancel": self.may_cancel(request) and not invoice.is_cancelled,
        }
        return TemplateResponse(request, "admin/dues/invoice_page.html", context)

    def pdf_view(self, request, pk: int):
        """The invoice as it was issued, in both languages."""
        invoice = self._found(request, pk)
        data = papers.invoice_pdf(invoice, get_language())
        return pdf_response(data, f"invoice-{invoice.number}.pdf")

    def pay_view(self, request, pk: int):
        """Enter money that came in."""
        if not self.may_take_money(request):
            raise PermissionDenied
        invoice = self._found(request, pk)
        initial = {"amount": invoice.rest or "", "received_on": dated.today()}
        form = PaymentForm(request.POST or None, invoice=invoice, initial=initial)
        title = _("Payment for invoice %(number)s") % {"number": invoice.number}
        lead = _("%(member)s: %(rest)s is left to pay.") % {
            "member": invoice.member, "rest": money_text(invoice.rest, invoice.currency),
        }  # fmt: skip
        return self._form(request, form, title, _("Record the payment"),
                          lambda: self._pay(request, invoice, form), lead)  # fmt: skip

    def _pay(self, request: HttpRequest, invoice: Invoice, form: PaymentForm) -> str:
        typed = form.cleaned_data
        payments.record(
            invoice, typed["amount"], typed["received_on"], request.user, typed["reference"]
        )
        self._say(request, _("The payment is recorded."))
        return self.address(invoice.pk)

    def reverse_view(self, request, pk: int):
        """Take a payment back, with a reason."""
        if not self.may_take_money(request):
            raise PermissionDenied
        payment = get_object_or_404(Payment.objects.select_related("invoice"), pk=pk)
        form = ReasonForm(request.POST or None)
        lead = _("%(amount)s will count as not received. Both entries stay visible.") % {
            "amount": money_text(payment.amount, payment.invoice.currency)
        }

        def deed() -> str:
            payments.reverse(payment, form.cleaned_data["reason"], request.user)
            self._say(request, _("The payment is taken back."))
            return self.address(payment.invoice_id)

        return self._form(request, form, _("Take a payment back"), _("Take the payment back"),
                          deed, lead)  # fmt: skip

    def cancel_view(self, request, pk: int):
        """Cancel an invoice by a credit note, with a reason."""
        if not self.may_cancel(request):
            raise PermissionDenied
        invoice = self._found(request, pk)
        form = ReasonForm(request.POST or None)
        title = _("Cancel invoice %(number)s") % {"number": invoice.number}
        lead = _("A credit note is written. The number stays taken; a new invoice gets its own.")

        def deed() -> str:
            note = issuing.cancel(invoice, form.cleaned_data["reason"], request.user)
            words = _("The invoice is cancelled by credit note %(number)s.")
            self._say(request, words % {"number": note.number})
            return self.address(invoice.pk)

        return self._form(request, form, title, _("Cancel the invoice"), deed, lead)

    def _form(
        self, request: HttpRequest, form: forms.Form, title, button, deed: Callable[[], str], lead
    ) -> HttpResponse:
        """A page with one form; what the deed refuses is said beside the field."""
        if request.method == "POST":
            if first := answered(request.POST.get("form_key", "")):
                return first
            if form.is_valid():
                try:
                    return once(form.cleaned_data["form_key"], deed)
                except ValidationError as error:
                    form.add_error(None, error)
        names = [field.name for field in form.visible_fields()]
        context = {
            **self.admin_site.each_context(request),
            "adminform": AdminForm(form, [(None, {"fields": names})], {}, model_admin=self),
            "button": button,
            "lead": lead,
            "media": self.media + form.media,
            "opts": self.opts,
            "title": title,
        }
        return TemplateResponse(request, FORM, context)

    def _found(self, request: HttpRequest, pk: int | str) -> Invoice:
        """The invoice with its state; 403 for those who see none, 404 where there is none."""
        if not self.has_view_permission(request):
            raise PermissionDenied
        invoices = self.get_queryset(request).select_related("member", "credit_note", "issued_by")
        invoice = invoices.filter(pk=pk).first() if str(pk).isdecimal() else None
        if invoice is None:
            raise Http404
        return invoice

    def address(self, pk: int) -> str:
        return reverse("admin:dues_invoice_change", args=[pk])

    def _say(self, request: HttpRequest, words) -> None:
        self.message_user(request, words, messages.SUCCESS)
