"""What somebody without an account says of themselves before they enter a call."""

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from awards import eligibility, entry_slots
from awards.entering import Outsider
from awards.models import Entrant, EntrantKind, Round
from content.editing import OneTimeKeyMixin
from content.languages import in_language
from events.guest_form import plain
from events.person_form import LineField
from mailing.models import normalised_address
from partnerships.sides import country_choices


class LinkForm(forms.Form):
    """The address to which a lost link is sent again."""

    email = forms.EmailField(
        label=gettext_lazy("E-mail"), widget=forms.EmailInput(attrs={"autocomplete": "email"})
    )
    use_required_attribute = False

    def clean_email(self):
        return normalised_address(self.cleaned_data["email"])


class EnterForm(OneTimeKeyMixin, LinkForm):
    """Who enters: a city that is no member, an institution or a person."""

    field_order = ["kind", "name", "home", "home_text", "country", "contact_name", "email"]

    kind = forms.ChoiceField(label=gettext_lazy("Who enters"))
    name = LineField(
        label=gettext_lazy("Name of the city, the institution or the person"), max_length=300
    )
    home = forms.ModelChoiceField(
        label=gettext_lazy("City, where it is a member of the association"),
        queryset=entry_slots.choosable().none(), required=False,
        empty_label=gettext_lazy("Another city"),
    )  # fmt: skip
    home_text = LineField(
        label=gettext_lazy("City in words"), max_length=200, required=False,
        help_text=gettext_lazy("Only where it is not in the list."),
    )  # fmt: skip
    country = forms.ChoiceField(label=pgettext_lazy("of an entrant", "Country"), required=False)
    contact_name = LineField(label=gettext_lazy("Contact person"), max_length=200)
    language = forms.ChoiceField(
        label=gettext_lazy("Language of letters"),
        choices=Entrant._meta.get_field("language").choices,
    )

    def __init__(self, *args, round: Round, language: str, **kwargs):
        super().__init__(*args, **kwargs)
        labels = dict(EntrantKind.choices)
        kinds = eligibility.kinds_of_outsiders(round)
        self.fields["kind"].choices = [(kind, labels[kind]) for kind in kinds]
        self.fields["home"].queryset = entry_slots.choosable().in_alphabetical_order()
        self.fields["home"].label_from_instance = lambda one: in_language(one, "name")[0]
        self.fields["country"].choices = [("", _("Choose a country")), *country_choices()]
        self.fields["email"].help_text = _(
            "We send a link there: it opens your own page, with the form of the entry."
        )
        self.initial["language"] = language

    def clean_name(self):
        return plain(self.cleaned_data["name"])

    def clean_home_text(self):
        return plain(self.cleaned_data["home_text"])

    def clean_contact_name(self):
        return plain(self.cleaned_data["contact_name"])

    def clean(self):
        cleaned = super().clean()
        if not cleaned.get("home"):
            if not cleaned.get("home_text") and "home_text" not in self.errors:
                self.add_error("home_text", _("Choose the city, or write its name."))
            if not cleaned.get("country") and "country" not in self.errors:
                self.add_error("country", _("Choose a country."))
        return cleaned

    def outsider(self) -> Outsider:
        """The cleaned values; a city of the records says itself where it is."""
        names = ("kind", "name", "home", "home_text", "country", "contact_name", "email",
                 "language")  # fmt: skip
        values = {name: self.cleaned_data[name] for name in names}
        if values["home"]:
            values["home_text"] = ""
        return Outsider(**values)
