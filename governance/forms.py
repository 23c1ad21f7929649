"""Forms of the cabinet: whom a member names for its seat."""

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from content.dated import today
from content.editing import OneTimeKeyMixin
from governance.models import DelegateProposal, SeatFilling


class ProposalForm(OneTimeKeyMixin, forms.Form):
    """A person for a seat: the name and the office in either language, and from when."""

    role = forms.ChoiceField(
        label=_("The person comes as"), choices=SeatFilling.Role, initial="delegate",
        widget=forms.RadioSelect,
    )  # fmt: skip
    full_name_ru = forms.CharField(label=_("Name in Russian"), max_length=150, required=False)
    full_name_en = forms.CharField(label=_("Name in English"), max_length=150, required=False)
    position_ru = forms.CharField(label=_("Office in Russian"), max_length=200, required=False)
    position_en = forms.CharField(label=_("Office in English"), max_length=200, required=False)
    starts_on = forms.DateField(
        label=_("From"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )
    has_mandate = forms.BooleanField(
        label=_("A substitute with a mandate to vote"), required=False,
        help_text=_("Without a mandate a substitute may speak, may not vote."),
    )  # fmt: skip

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["starts_on"].initial = today

    def clean(self):
        cleaned = super().clean()
        if not (cleaned.get("full_name_ru") or cleaned.get("full_name_en")):
            self.add_error("full_name_ru", _("Write the name in Russian or in English."))
        if not (cleaned.get("position_ru") or cleaned.get("position_en")):
            self.add_error("position_ru", _("Write the office in Russian or in English."))
        return cleaned

    def values(self) -> dict:
        """What `proposals.propose` takes."""
        return {name: self.cleaned_data[name] for name in self.cleaned_data if name != "form_key"}


class RefusalForm(forms.Form):
    """Why a proposed delegate is refused."""

    reason = forms.CharField(
        label=_("Reason"), max_length=DelegateProposal._meta.get_field("reason").max_length
    )


def add_errors(form: forms.Form, error: ValidationError) -> None:
    """Errors of a capability beside their fields, the others above the form."""
    if hasattr(error, "error_dict"):
        for name, errors in error.error_dict.items():
            form.add_error(name if name in form.fields else None, errors)
    else:
        form.add_error(None, error)
