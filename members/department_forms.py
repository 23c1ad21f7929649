"""The form of a department: its mailbox, and the people in it row by row."""

from django import forms
from django.utils.translation import gettext_lazy as _

from content.editing import CONFLICT
from members import departments
from members.cabinet_forms import CabinetForm
from members.models import Department
from members.profile_forms import TELEPHONE

MOST_CONTACTS = 12
ONE_LANGUAGE = _("Give the name in one language at least.")


def _word(label, length: int, language: str) -> forms.CharField:
    return forms.CharField(
        label=label, max_length=length, required=False,
        widget=forms.TextInput(attrs={"lang": language}),
    )  # fmt: skip


def _phone() -> forms.CharField:
    return forms.CharField(
        label=_("Telephone"), max_length=40, required=False, validators=[TELEPHONE],
        widget=forms.TextInput(attrs={"type": "tel"}),
    )  # fmt: skip


class DepartmentForm(CabinetForm):
    """One department; `token` is what was there when the form was opened."""

    token = forms.CharField(widget=forms.HiddenInput, required=False)
    name_ru = _word(_("Name of the department"), 200, "ru")
    name_en = _word(_("Name of the department"), 200, "en")
    email = forms.EmailField(
        label=_("Shared mailbox"), required=False, help_text=_("Stands on the public page.")
    )
    phone = _phone()

    def __init__(self, *args, department: Department | None, **kwargs):
        self.department = department
        super().__init__(*args, **kwargs)
        self.initial |= departments.values_of(department) if department else {}
        self.initial["token"] = departments.token(self.member, department)

    def clean(self):
        cleaned = super().clean()
        if not (cleaned.get("name_ru") or cleaned.get("name_en")):
            self.add_error("name_ru", ONE_LANGUAGE)
        if cleaned.get("token") != self.initial["token"]:
            self.add_error(None, forms.ValidationError(CONFLICT, code="conflict"))
            self.data = self.data.copy()
            self.data["token"] = self.initial["token"]
        return cleaned


class ContactForm(forms.Form):
    """One person. Only with their consent the public sees them."""

    use_required_attribute = False

    full_name_ru = _word(_("Name"), 150, "ru")
    full_name_en = _word(_("Name"), 150, "en")
    job_ru = _word(_("Position"), 200, "ru")
    job_en = _word(_("Position"), 200, "en")
    email = forms.EmailField(label=_("E-mail"), required=False)
    phone = _phone()
    is_head = forms.BooleanField(label=_("Heads the department"), required=False)
    is_public = forms.BooleanField(
        label=_("The person agrees to stand on the public page"), required=False
    )

    def clean(self):
        cleaned = super().clean()
        is_named = cleaned.get("full_name_ru") or cleaned.get("full_name_en")
        if self.has_changed() and not cleaned.get("DELETE") and not is_named:
            self.add_error("full_name_ru", ONE_LANGUAGE)
        return cleaned


class ContactRows(forms.BaseFormSet):
    def clean(self):
        super().clean()
        if not any(self.errors) and sum(one["is_head"] for one in self.people()) > 1:
            raise forms.ValidationError(_("Only one person heads a department."))

    def people(self) -> list[dict]:
        """The contacts that stay, as `departments.save` takes them."""
        rows = [form.cleaned_data for form in self.forms if form not in self.deleted_forms]
        return [
            {name: row[name] for name in departments.CONTACT_FIELDS}
            for row in rows
            if row.get("full_name_ru") or row.get("full_name_en")
        ]


ContactFormSet = forms.formset_factory(
    ContactForm, formset=ContactRows, extra=2, can_delete=True, max_num=MOST_CONTACTS,
    absolute_max=MOST_CONTACTS * 2, validate_max=True,
)  # fmt: skip
