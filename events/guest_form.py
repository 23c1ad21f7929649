"""What guests type about themselves."""

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from content.editing import OneTimeKeyMixin
from events.models import Event, Participant
from events.people import Person
from events.person_form import CYRILLIC, LATIN, LineField
from events.question_form import QuestionsMixin
from mailing.models import normalised_address
from members.application_form import WEB_ADDRESS
from partnerships.sides import country_choices

LISTED = gettext_lazy("Show me in the public list of participants")
LISTED_WHY = gettext_lazy(
    "The page of the event then names you, your position and your city: so that participants can "
    "find each other. You can change this at any time by the link in your letters."
)


class OwnWordsForm(forms.Form):
    """Names, positions and the consent of one person, as they say it themselves."""

    name_cyrillic = LineField(
        label=gettext_lazy("Name in Cyrillic letters"), max_length=150, required=False,
        help_text=gettext_lazy("As it should appear on the badge."),
    )  # fmt: skip
    name_latin = LineField(
        label=gettext_lazy("Name in Latin letters"), max_length=150, required=False,
        help_text=gettext_lazy("As in the passport."),
    )  # fmt: skip
    position_ru = LineField(label=gettext_lazy("Position"), max_length=200, required=False)
    position_en = LineField(label=gettext_lazy("Position"), max_length=200, required=False)

    use_required_attribute = False

    def clean_name_cyrillic(self):
        name = plain(self.cleaned_data["name_cyrillic"])
        if LATIN.search(name):
            raise forms.ValidationError(_("Write this name in Cyrillic letters only."))
        return name

    def clean_name_latin(self):
        name = plain(self.cleaned_data["name_latin"])
        if CYRILLIC.search(name):
            raise forms.ValidationError(_("Write this name in Latin letters only."))
        return name

    def clean(self):
        cleaned = super().clean()
        names = ("name_cyrillic", "name_latin")
        if not any(cleaned.get(name) or name in self.errors for name in names):
            self.add_error("name_cyrillic", _("Give the name in Cyrillic or in Latin letters."))
        return cleaned


class GuestForm(OneTimeKeyMixin, QuestionsMixin, OwnWordsForm):
    """One page. Files are asked for later, once the address is known to be the guest's."""

    guest_of = LineField(
        label=gettext_lazy("City or organisation"), max_length=200,
        help_text=gettext_lazy("Which one you come for. Individuals: where you live."),
    )  # fmt: skip
    guest_country = forms.ChoiceField(label=pgettext_lazy("of a guest", "Country"))
    email = forms.EmailField(
        label=gettext_lazy("E-mail"),
        help_text=gettext_lazy("We send a link there: you are registered once you have opened it."),
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
    )  # fmt: skip
    language = forms.ChoiceField(
        label=gettext_lazy("Language of mails"),
        choices=Participant._meta.get_field("language").choices,
    )
    is_listed = forms.BooleanField(label=LISTED, help_text=LISTED_WHY, required=False)

    def __init__(self, *args, event: Event, language: str, **kwargs):
        super().__init__(*args, **kwargs)
        first = ("", _("Choose a country"))
        self.fields["guest_country"].choices = [first, *country_choices()]
        self.initial["language"] = language
        self.ask(event, with_files=False)

    def clean_email(self):
        return normalised_address(self.cleaned_data["email"])

    def clean_guest_of(self):
        return plain(self.cleaned_data["guest_of"])

    def clean_position_ru(self):
        return plain(self.cleaned_data["position_ru"])

    def clean_position_en(self):
        return plain(self.cleaned_data["position_en"])

    def person(self) -> Person:
        names = (*Person.FIELDS, "is_listed")
        return Person(**{name: self.cleaned_data[name] for name in names})


def plain(text: str) -> str:
    """A name without addresses: it stands in a letter to whatever address was typed."""
    if WEB_ADDRESS.search(text):
        raise forms.ValidationError(_("Write the name alone, without an address."))
    return text


class PlaceForm(QuestionsMixin, OwnWordsForm):
    """What a participant keeps on the page of their place: guests themselves, all their answers.

    `person` is asked about; who belongs to a member's delegation is named by its representative.
    """

    is_listed = forms.BooleanField(label=LISTED, help_text=LISTED_WHY, required=False)

    def __init__(self, *args, person: Participant, is_open: bool, too_large=(), **kwargs):
        super().__init__(*args, **kwargs)
        self.person = person
        names = list(OwnWordsForm.base_fields)
        self.own_names = names if is_open and person.delegation.is_of_guests else []
        for name in set(names) - set(self.own_names):
            del self.fields[name]
        self.initial |= {name: getattr(person, name) or "" for name in self.own_names}
        self.initial["is_listed"] = person.is_listed
        if is_open:
            self.ask(person.event, person, too_large=too_large)

    def clean(self):
        return super().clean() if self.own_names else self.cleaned_data

    def own(self) -> dict:
        """The columns of the participant that this form may write."""
        return {name: self.cleaned_data[name] for name in (*self.own_names, "is_listed")}

    def answers(self) -> dict:
        return super().answers() if hasattr(self, "question_names") else {}
