"""The public application for membership: what is asked, and how it is judged."""

import re

from django import forms
from django.core.validators import URLValidator
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from content import privatefiles
from content.editing import OneTimeKeyMixin
from content.languages import in_language
from content.sortkeys import sort_key
from mailing.cleaning import one_line
from members import applications
from members.models import ApplicationFile, Country, Member, MembershipApplication
from members.models.facts import MOST_INHABITANTS
from members.profile_forms import TELEPHONE

# Kinds whose due depends on the number of inhabitants.
WITH_INHABITANTS = ("city", "metropolis", "district", "region")
FILES = (ApplicationFile.Kind.LETTER, ApplicationFile.Kind.CHARTER)
THOUSANDS = re.compile(r"(?<=\d)[\s,.'](?=\d{3}(?:\D|$))")
# The name stands in a letter to the address that was typed, whosever it is: it advertises nothing.
WEB_ADDRESS = re.compile(r"://|www\.|@|[\w-]{3,}\.[a-z]{2,}\b", re.IGNORECASE)
TOO_LARGE = _("The file is larger than 20 MB. Send a smaller scan, for example in grey.")


class WholeNumber(forms.IntegerField):
    """Thousands may stand apart: 561 165, 561,165, 561.165."""

    def to_python(self, value):
        return super().to_python(THOUSANDS.sub("", value) if isinstance(value, str) else value)


class CountryField(forms.ModelChoiceField):
    """The countries of the region as of today, by name."""

    def __init__(self, **options):
        super().__init__(
            Country.objects.none(), label=_("Country"), error_messages={"invalid_choice": _(
                "Choose a country of the region from the list. If yours is not there, write to the "
                "secretariat."
            )}, **options,
        )  # fmt: skip

    def offer(self) -> None:
        self.queryset = Country.objects.on().filter(is_in_region=True)
        named = [(row.pk, in_language(row, "name")[0]) for row in self.queryset]
        self.choices = [
            ("", _("Choose a country")),
            *sorted(named, key=lambda one: sort_key(one[1])),
        ]


def _file(label: str) -> forms.FileField:
    return forms.FileField(
        label=label, required=False, widget=forms.FileInput(attrs={"accept": ",".join(
            applications.ENDINGS
        )}), help_text=_("PDF, DOCX, JPEG or PNG, up to 20 MB. It may also follow later by mail."),
    )  # fmt: skip


class ApplicationForm(OneTimeKeyMixin, forms.ModelForm):
    """One page; after a refusal everything typed is still there and the first fault is focused."""

    kind = forms.ChoiceField(label=_("Who is applying"), choices=[
        ("", _("Choose")), *((kind.value, capfirst(str(kind.label))) for kind in Member.Kind)
    ])  # fmt: skip
    country = CountryField()
    population = WholeNumber(
        label=_("Population"), required=False, min_value=1, max_value=MOST_INHABITANTS,
        widget=forms.TextInput(attrs={"inputmode": "numeric"}),
        help_text=_("Cities, districts and regions: the due depends on it."),
        error_messages={"invalid": _("Enter a whole number, for example 561165.")},
    )  # fmt: skip
    website = forms.URLField(
        label=_("Website"), max_length=200, required=False, assume_scheme="https",
        widget=forms.TextInput(attrs={"inputmode": "url", "autocomplete": "url"}),
        error_messages={"invalid": _("Enter an address such as https://city.example")},
    )  # fmt: skip
    phone = forms.CharField(
        label=_("Telephone"), max_length=40, required=False, validators=[TELEPHONE],
        widget=forms.TextInput(attrs={"type": "tel", "autocomplete": "tel"}),
    )  # fmt: skip
    letter = _file(_("Signed letter of application"))
    charter = _file(_("Charter of the municipality or association"))
    charter_consent = forms.BooleanField(
        label=_("We accept the charter of the association"),
        error_messages={"required": _("Without this consent the application cannot be taken.")},
    )
    data_consent = forms.BooleanField(
        label=_("The persons named agree that their data are kept to consider the application"),
        error_messages={"required": _("Without this consent the application cannot be taken.")},
    )
    # Nobody sees it; programs that fill in everything do.
    company = forms.CharField(label=_("Leave this empty"), required=False, widget=forms.TextInput(
        attrs={"tabindex": "-1", "autocomplete": "off"}
    ))  # fmt: skip

    class Meta:
        model = MembershipApplication
        fields = [
            "kind", "name_ru", "name_en", "country", "population", "website", "head_name",
            "head_position", "contact_name", "contact_position", "email", "phone", "statement",
        ]  # fmt: skip
        labels = {
            "name_ru": pgettext_lazy("member name", "Name in Russian"),
            "name_en": pgettext_lazy("member name", "Name in English"),
            "head_name": _("Head: name"), "head_position": _("Head: office"),
            "contact_name": _("Contact person: name"),
            "contact_position": _("Contact person: position"), "email": _("E-mail"),
            "statement": _("Why you want to join"),
        }  # fmt: skip
        help_texts = {
            "name_ru": _("One of the two languages is enough."),
            "email": _("The number of the application and the decision go to this address."),
        }
        widgets = {"statement": forms.Textarea(attrs={"rows": 5, "maxlength": 3000})}

    def __init__(self, *args, too_large=(), **kwargs):
        """`too_large`: names of file fields whose uploads were cut off for their size."""
        self.too_large = too_large
        super().__init__(*args, **kwargs)
        self.fields["country"].offer()
        self.fields["website"].validators = [
            URLValidator(
                schemes=["http", "https"], message=self.fields["website"].error_messages["invalid"]
            )
        ]

    def clean_name_ru(self):
        return self._plain_name("name_ru")

    def clean_name_en(self):
        return self._plain_name("name_en")

    def _plain_name(self, name: str) -> str:
        text = one_line(self.cleaned_data[name] or "")
        if WEB_ADDRESS.search(text):
            raise forms.ValidationError(_("Write the name alone, without an address."))
        return text

    def clean_letter(self):
        return self._judged("letter")

    def clean_charter(self):
        return self._judged("charter")

    def _judged(self, name: str):
        if name in self.too_large:
            raise forms.ValidationError(TOO_LARGE)
        if upload := self.cleaned_data.get(name):
            privatefiles.refuse(upload, endings=applications.ENDINGS)
        return upload

    def clean_company(self):
        if self.cleaned_data["company"]:
            raise forms.ValidationError(_("Leave this empty."))
        return ""

    def clean(self):
        cleaned = super().clean()
        if not (self.data.get("name_ru", "").strip() or self.data.get("name_en", "").strip()):
            self.add_error("name_ru", _("Give the name in Russian or in English."))
        needs = cleaned.get("kind") in WITH_INHABITANTS
        if needs and "population" not in self.errors and not cleaned.get("population"):
            self.add_error("population", _("Say how many people live there."))
        return cleaned

    def _post_clean(self):
        """Nothing: `applications.apply` makes the row, with what the applicant does not type."""

    def full_clean(self):
        super().full_clean()
        self._ask_for_files_again()
        self._focus_first_fault()

    def _ask_for_files_again(self) -> None:
        """A browser sends a file once: who has to correct something chooses it again."""
        if self.is_bound and self._errors:
            for name in FILES:
                if self.cleaned_data.get(name):
                    self.add_error(
                        str(name),
                        _("The file is fine, but browsers send a file once: choose it again."),
                    )

    def _focus_first_fault(self) -> None:
        for name in self.fields:
            if self.is_bound and name in self._errors:
                self.fields[name].widget.attrs["autofocus"] = True
                return

    def values(self) -> dict:
        """The fields of the application as `applications.apply` takes them."""
        data = self.cleaned_data
        values = {name: data[name] for name in self.Meta.fields}
        return values | {name: values[name] or "" for name in ("name_ru", "name_en")}

    def files_by_kind(self) -> dict:
        return {name: self.cleaned_data[name] for name in FILES if self.cleaned_data.get(name)}
