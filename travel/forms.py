"""What delegations and participants type about the journey and for a visa."""

import re
import zoneinfo
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from content.timezones import zone_words
from events.models import Participant
from events.person_form import LineField
from partnerships.sides import country_choices
from travel import needs, passports, trips
from travel.models import TravelOffer, Trip
from travel.passports import PassportData

NOT_LATIN = re.compile(r"[^A-Za-z' \-]")


class DayField(forms.DateField):
    """A day, picked or typed."""

    widget = forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"})


class EventTimeField(forms.DateTimeField):
    """A moment by the clock of the event, whatever clock the reader has."""

    widget = forms.DateTimeInput(format="%Y-%m-%dT%H:%M", attrs={"type": "datetime-local"})

    def __init__(self, zone: zoneinfo.ZoneInfo, **kwargs):
        super().__init__(**kwargs)
        self.zone = zone

    def prepare_value(self, value):
        with timezone.override(self.zone):
            return super().prepare_value(value)

    def to_python(self, value):
        with timezone.override(self.zone):
            return super().to_python(value)


class TripForm(forms.Form):
    """The journey of one person: only what the event asks for."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    use_required_attribute = False

    def __init__(self, person: Participant, offer: TravelOffer, data=None):
        self.person, self.offer = person, offer
        trip = Trip.objects.filter(participant=person).first()
        self.trip = trip or Trip(participant=person)
        self.told = needs.of(person) if offer.asks_access else needs.Needs()
        super().__init__(data, initial=self._stored())
        self.fields |= {name: self._field(name) for name in trips.asked_fields(offer)}
        if offer.asks_access:
            self.fields |= _needs_fields()

    def _stored(self) -> dict[str, Any]:
        stored = {name: getattr(self.trip, name) for name in trips.asked_fields(self.offer)}
        return {**stored, **vars(self.told), "version": self.trip.version}

    def _field(self, name: str) -> forms.Field:
        label = capfirst(Trip._meta.get_field(name).verbose_name)
        if name == "hotel":
            return forms.ModelChoiceField(
                self.offer.hotels.all(), label=label, required=False,
                empty_label=_("I stay elsewhere"),
            )  # fmt: skip
        if name in trips.MOMENTS:
            zone = self.person.event.zone
            words = zone_words(self.person.event.starts_at, zone)
            return EventTimeField(zone, label=label, required=False, help_text=words)
        if name in trips.DAYS:
            return DayField(label=label, required=False)
        if name == "meals":
            choices = [("", _("Not chosen")), *Trip.Meals.choices]
            return forms.ChoiceField(choices=choices, label=label, required=False)
        length = Trip._meta.get_field(name).max_length
        return LineField(max_length=length, label=label, required=False)

    def clean(self):
        cleaned = super().clean()
        if wrong := _wrong_order(cleaned, "arrives_on", "leaves_on"):
            self.add_error(wrong, _("The stay ends after it begins."))
        if wrong := _wrong_order(cleaned, "arrival_at", "departure_at"):
            self.add_error(wrong, _("The departure is after the arrival."))
        if cleaned.get("hotel") and not cleaned.get("arrives_on"):
            self.add_error("arrives_on", _("Say from which day you need the room."))
        if cleaned.get("hotel") and not cleaned.get("leaves_on"):
            self.add_error("leaves_on", _("Say until which day you need the room."))
        told = any(cleaned.get(name) for name in vars(needs.Needs()))
        if told and not cleaned.get("needs_consent"):
            self.add_error("needs_consent", _("Without this consent the needs cannot be kept."))
        return cleaned

    def save(self, by: Any):
        """Write the needs, and the journey or the request for its change: see `trips.save`."""
        saved = trips.save(self.person, self.cleaned_data, self.cleaned_data["version"], by)
        if self.offer.asks_access:
            told = {name: self.cleaned_data[name] for name in vars(self.told)}
            if needs.Needs(**told) != self.told:
                needs.save(self.person, needs.Needs(**told), by)
        return saved


def _wrong_order(cleaned: dict, first: str, last: str) -> str:
    start, end = cleaned.get(first), cleaned.get(last)
    return last if start and end and end <= start else ""


def _needs_fields() -> dict[str, forms.Field]:
    return {
        "wheelchair": forms.BooleanField(
            label=_("A way without steps, for a wheelchair"), required=False
        ),
        "sign_language": forms.BooleanField(
            label=_("Interpretation into sign language"), required=False
        ),
        "hearing_loop": forms.BooleanField(label=_("A hearing loop"), required=False),
        "other": LineField(
            label=_("Something else"), max_length=300, required=False,
            help_text=_("Only what the organisers must know; no diagnosis is needed."),
        ),
        "needs_consent": forms.BooleanField(
            label=_("The person agrees that the secretariat keeps these needs"), required=False,
            help_text=_(
                "Only named people of the staff read them; erased 14 days after the event."
            ),
        ),
    }  # fmt: skip


class PassportForm(forms.Form):
    """Passport data, each field with the reason why it is asked. Nothing stored is shown in it."""

    surname = LineField(
        label=_("Surname in Latin letters"), max_length=80,
        help_text=_("As printed in the passport: the letter must show the same spelling."),
    )  # fmt: skip
    given_names = LineField(
        label=_("Given names in Latin letters"), max_length=80,
        help_text=_("All of them, as printed in the passport."),
    )  # fmt: skip
    nationality = forms.ChoiceField(
        label=_("Nationality"), help_text=_("It decides whether a visa is needed, and which.")
    )
    number = LineField(
        label=_("Passport number"), max_length=20,
        help_text=_("With its series. The consulate finds the application by it."),
    )  # fmt: skip
    issued_on = DayField(label=_("Issued on"), help_text=_("Stands in the letter of invitation."))
    expires_on = DayField(
        label=_("Expires on"),
        help_text=_("Many consulates ask for six months after the journey."),
    )
    birth_date = DayField(
        label=_("Date of birth"), help_text=_("Tells people of the same name apart.")
    )
    birth_place = LineField(
        label=_("Place of birth"), max_length=120,
        help_text=_("As in the passport; the form of the visa asks for it."),
    )  # fmt: skip
    consulate = LineField(
        label=_("City of the consulate"), max_length=120,
        help_text=_("Where the visa is asked for: the letter is addressed to it."),
    )  # fmt: skip
    consent = forms.BooleanField(
        label=_("The person agrees that these data are kept for the visa support letter"),
        help_text=_(
            "Encrypted; named people of the staff see them, and each look is written down. Erased "
            "14 days after the event, or as soon as the consent is taken back."
        ),
    )
    use_required_attribute = False

    def __init__(self, person: Participant, data=None):
        self.person = person
        super().__init__(data)
        choices = [("", _("Not chosen")), *country_choices()]
        self.fields["nationality"].choices = choices
        for name in ("surname", "given_names", "number", "birth_place", "birth_date"):
            self.fields[name].widget.attrs["autocomplete"] = "off"

    def clean_surname(self):
        return _latin(self.cleaned_data["surname"])

    def clean_given_names(self):
        return _latin(self.cleaned_data["given_names"])

    def clean_number(self):
        number = self.cleaned_data["number"].upper()
        if not re.fullmatch(r"[A-Z0-9][A-Z0-9 \-]{3,19}", number):
            raise forms.ValidationError(
                _("A passport number has Latin letters and digits only, four at least.")
            )
        return number

    def save(self, by: Any) -> bool:
        """Keep the data; False when they were refused, with the reason beside the field."""
        data = PassportData(**{name: self.cleaned_data[name] for name in passports.FIELDS})
        try:
            passports.save(self.person, data, self.cleaned_data["consulate"], by)
        except passports.PassportRefused as refused:
            for name, text in refused.problems.items():
                self.add_error(name or None, text)
            return False
        return True


def _latin(name: str) -> str:
    if NOT_LATIN.search(name):
        raise forms.ValidationError(_("Write it in Latin letters, as in the passport."))
    return name.upper()
