"""What staff type about dues: rates, payments, reasons, years."""

import datetime

from django import forms
from django.contrib.admin.widgets import AutocompleteSelect
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from content import dated
from content.editing import OneTimeKeyMixin, VersionedFormMixin
from dues.models import Currency, Invoice
from dues.money import AmountField
from dues.plan import scales_of
from members.models import Member

EARLIEST, LATEST = 2004, 2100
TEXT = {"class": "vTextField"}


def day_field(label, **options) -> forms.DateField:
    """A day, chosen or typed: 2026-03-31, 31.03.2026."""
    return forms.DateField(
        label=label, widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"), **options
    )


class BilingualForm(VersionedFormMixin):
    """Either language will do; the constraint of the model demands one of them."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for name, field in self.fields.items():
            if name.endswith(("_ru", "_en")):
                field.required = False


class RateFormSet(forms.BaseInlineFormSet):
    """No two rows for one case: an empty size or group counts as a value here."""

    def clean(self):
        super().clean()
        seen = set()
        for form in self.forms:
            typed = form.cleaned_data if form.is_valid() else {}
            if not typed or typed.get("DELETE"):
                continue
            case = typed.get("kind"), typed.get("size_category"), typed.get("country_group")
            if case in seen:
                form.add_error(
                    None, _("The scale has a rate for this kind, size and group already.")
                )
            seen.add(case)


class CountriesFormSet(forms.BaseInlineFormSet):
    """One country does not stand twice on the same days."""

    def clean(self):
        super().clean()
        seen = []
        for form in self.forms:
            typed = form.cleaned_data if form.is_valid() else {}
            if not typed or typed.get("DELETE"):
                continue
            span = (
                typed["country"],
                typed.get("starts_on") or datetime.date.min,
                typed.get("ends_on") or datetime.date.max,
            )
            if any(_overlap(span, other) for other in seen):
                form.add_error("country", _("This country stands here on the same days already."))
            seen.append(span)


def _overlap(one: tuple, other: tuple) -> bool:
    return one[0] == other[0] and one[1] <= other[2] and other[1] <= one[2]


class PaymentForm(OneTimeKeyMixin):
    amount = AmountField(label=_("Amount"))
    received_on = day_field(_("Received on"))
    reference = forms.CharField(
        label=_("Payment order or reference"), max_length=120, required=False,
        widget=forms.TextInput(attrs=TEXT),
    )  # fmt: skip

    def __init__(self, *args, invoice: Invoice, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["amount"].help_text = _("In %(currency)s, for example 1 500,00.") % {
            "currency": invoice.currency
        }


class ReasonForm(OneTimeKeyMixin):
    reason = forms.CharField(
        label=_("Reason"), max_length=500,
        widget=forms.Textarea(attrs={"rows": 3, "class": "vLargeTextField"}),
    )  # fmt: skip


class RunForm(forms.Form):
    """The year to issue; the day to pay only where it is not that of the scales."""

    year = forms.IntegerField(
        label=_("Year of the dues"), min_value=EARLIEST, max_value=LATEST,
        widget=forms.NumberInput(attrs={"class": "vIntegerField"}),
    )  # fmt: skip
    due_on = day_field(
        _("To be paid by"), required=False,
        help_text=_("Empty: the day that stands in the scale."),
    )  # fmt: skip

    def clean(self):
        typed = super().clean()
        year, due_on, today = typed.get("year"), typed.get("due_on"), dated.today()
        if due_on and due_on < today:
            self.add_error("due_on", _("The last day to pay is past. Give another one."))
        if year and not scales_of(year).exists():
            self.add_error("year", _("This year has no fee scale. Enter one first."))
        elif year and not due_on and scales_of(year).filter(due_on__lt=today).exists():
            self.add_error(
                "due_on", _("The day that stands in the scale is past. Give another one here.")
            )
        return typed


class ConfirmForm(OneTimeKeyMixin, RunForm):
    """What was seen is confirmed: `seen` is the digest of the preview."""

    seen = forms.CharField(widget=forms.HiddenInput, max_length=64)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for name in ("year", "due_on"):
            self.fields[name].widget = forms.HiddenInput()


class InvoiceForm(OneTimeKeyMixin):
    """One invoice: by the scale, or with an amount that a body decided otherwise."""

    member = forms.ModelChoiceField(label=_("Member"), queryset=Member.objects.all())
    year = forms.IntegerField(
        label=_("Year of the dues"), min_value=EARLIEST, max_value=LATEST,
        widget=forms.NumberInput(attrs={"class": "vIntegerField"}),
    )  # fmt: skip
    due_on = day_field(
        _("To be paid by"), required=False,
        help_text=_("Empty: the day that stands in the scale."),
    )  # fmt: skip
    amount = AmountField(
        label=_("Amount"), required=False,
        help_text=_("Empty: by the scale. Otherwise say below who decided so."),
    )  # fmt: skip
    currency = forms.ChoiceField(
        label=_("Currency"), required=False, choices=[("", "—"), *Currency.choices]
    )
    note_ru = forms.CharField(
        label=_("Who decided so, in Russian"), max_length=400, required=False,
        widget=forms.TextInput(attrs=TEXT),
    )  # fmt: skip
    note_en = forms.CharField(
        label=_("Who decided so, in English"), max_length=400, required=False,
        widget=forms.TextInput(attrs=TEXT),
    )  # fmt: skip

    def __init__(self, *args, admin_site, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["year"].initial = dated.today().year
        self.fields["member"].widget = AutocompleteSelect(
            Invoice._meta.get_field("member"), admin_site
        )
        self.fields["member"].widget.choices = self.fields["member"].choices

    def clean_due_on(self):
        day = self.cleaned_data["due_on"]
        if day and day < dated.today():
            raise ValidationError(_("The last day to pay is past. Give another one."))
        return day

    def clean(self):
        typed = super().clean()
        if typed.get("amount") is None:
            return typed
        if not typed.get("currency"):
            self.add_error("currency", _("Choose the currency of the amount."))
        if not typed.get("due_on") and "due_on" not in self.errors:
            self.add_error("due_on", _("An amount of its own needs its own day."))
        if not (typed.get("note_ru") or typed.get("note_en")):
            self.add_error("note_ru", _("Say who decided so, in Russian or in English."))
        return typed

    def wanted(self) -> dict:
        """The arguments of `issuing.issue_one` besides member, year and person."""
        typed = self.cleaned_data
        return {
            "amount": typed["amount"],
            "currency": typed["currency"],
            "due_on": typed["due_on"],
            "note": {"ru": typed["note_ru"], "en": typed["note_en"]},
        }
