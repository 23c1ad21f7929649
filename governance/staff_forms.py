"""Forms of the desk: appoint, end a term, give a seat, fill it, confirm a delegate."""

from django import forms
from django.contrib import admin
from django.contrib.admin.widgets import AutocompleteSelect
from django.utils.translation import gettext_lazy as _

from content import privatefiles
from content.dated import Precision, today
from content.editing import OneTimeKeyMixin
from governance.models import EndReason, OfficeTerm, Person, SeatFilling, SeatTerm
from members.models import Member


def _chosen(model, name: str, label: str, **options) -> forms.ModelChoiceField:
    """A record chosen by typing a part of its name."""
    field = model._meta.get_field(name)
    widget = AutocompleteSelect(field, admin.site)
    records = field.related_model._default_manager.all()
    return forms.ModelChoiceField(records, label=label, widget=widget, **options)


def _day(label: str, **options) -> forms.DateField:
    widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    return forms.DateField(label=label, widget=widget, **options)


def _precision() -> forms.ChoiceField:
    return forms.ChoiceField(label=_("known to the"), choices=Precision, initial=Precision.DAY)


class DeskForm(OneTimeKeyMixin, forms.Form):
    """The base: a one-time key; `values` is what the capability takes."""

    def values(self) -> dict:
        return {name: value for name, value in self.cleaned_data.items() if name != "form_key"}


class AppointForm(DeskForm):
    starts_on = _day(_("First day in office"))
    starts_precision = _precision()
    is_acting = forms.BooleanField(label=_("Acting"), required=False)
    closes_predecessor = forms.BooleanField(
        label=_("End the term of the predecessor the day before"), required=False, initial=True
    )
    fills_seats = forms.BooleanField(
        label=_("Also takes the seats of the member that go with the office"), required=False,
        initial=True,
    )  # fmt: skip
    note_ru = forms.CharField(label=_("Note in Russian"), max_length=300, required=False)
    note_en = forms.CharField(label=_("Note in English"), max_length=300, required=False)

    def __init__(self, *args, is_head: bool, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["person"] = _chosen(OfficeTerm, "person", _("Person"))
        self.order_fields(["form_key", "person"])
        if not is_head:
            del self.fields["fills_seats"]


class EndForm(DeskForm):
    """The end of a term of office or of a seat."""

    day = _day(_("Last day"), initial=today)
    precision = _precision()
    reason = forms.ChoiceField(label=_("Reason"), choices=EndReason)
    note_ru = forms.CharField(label=_("Note in Russian"), max_length=300, required=False)
    note_en = forms.CharField(label=_("Note in English"), max_length=300, required=False)


class GiveSeatForm(DeskForm):
    starts_on = _day(_("From"))
    starts_precision = _precision()
    closes_predecessor = forms.BooleanField(
        label=_("End the running term the day before"), required=False, initial=True
    )
    note_ru = forms.CharField(label=_("Note in Russian"), max_length=300, required=False)
    note_en = forms.CharField(label=_("Note in English"), max_length=300, required=False)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["member"] = _chosen(SeatTerm, "member", _("Member"), required=False)
        self.fields["person"] = _chosen(SeatTerm, "person", _("Or a person"), required=False)
        self.order_fields(["form_key", "member", "person"])

    def clean(self):
        cleaned = super().clean()
        if bool(cleaned.get("member")) == bool(cleaned.get("person")):
            self.add_error("member", _("Choose either a member or a person."))
        return cleaned

    @property
    def owner(self) -> Member | Person:
        return self.cleaned_data["member"] or self.cleaned_data["person"]

    def values(self) -> dict:
        return {
            name: value
            for name, value in super().values().items()
            if name not in ("member", "person")
        }


class FillForm(DeskForm):
    role = forms.ChoiceField(label=_("Comes as"), choices=SeatFilling.Role)
    starts_on = _day(_("From"), initial=today)
    ends_on = _day(_("Last day"), required=False)
    has_mandate = forms.BooleanField(
        label=_("Has a mandate"), required=False,
        help_text=_("A substitute without a mandate may speak, may not vote."),
    )  # fmt: skip
    scan = forms.FileField(label=_("Mandate as a file"), required=False)
    closes_predecessor = forms.BooleanField(
        label=_("Takes the place of whoever sits there"), required=False, initial=True
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["person"] = _chosen(SeatFilling, "person", _("Person"))
        self.order_fields(["form_key", "person"])

    def clean_scan(self):
        if scan := self.cleaned_data.get("scan"):
            privatefiles.refuse(scan)
        return scan


class ConfirmForm(forms.Form):
    """Which record of the register a proposed person is; none: a new one is made."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["person"] = _chosen(
            SeatFilling, "person", _("Person in the register"), required=False,
            help_text=_("Left empty, a new record is made of the name."),
        )  # fmt: skip
