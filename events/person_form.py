"""One row of a delegation's form: what is asked about a person."""

import re

from django import forms
from django.utils.translation import gettext_lazy as _

from content.languages import in_language
from events.models import Event, Participant
from events.people import Person
from events.question_form import QuestionsMixin
from mailing.cleaning import one_line

PREFIX = "people"

LATIN = re.compile(r"[A-Za-z]")
CYRILLIC = re.compile(r"[\u0400-\u04ff]")


class LineField(forms.CharField):
    """One line of text, without control characters and spare spaces."""

    def to_python(self, value):
        return one_line(super().to_python(value))


class HeadRadio(forms.CheckboxInput):
    """One radio button a row, all of one name: its value is the prefix of the row."""

    input_type = "radio"

    def get_context(self, name, value, attrs):
        context = super().get_context(name, value, attrs)
        row = name.rpartition("-")[0]
        context["widget"] |= {"name": f"{PREFIX}-head", "value": row, "type": "radio"}
        return context

    def value_from_datadict(self, data, files, name):
        return data.get(f"{PREFIX}-head") == name.rpartition("-")[0]


class ShownMixin:
    """Says None where the browser was not shown the box: what nobody saw is not taken off."""

    def value_from_datadict(self, data, files, name):
        if f"{name}-shown" not in data and name not in data:
            return None
        return super().value_from_datadict(data, files, name)


class Tick(ShownMixin, forms.CheckboxInput):
    template_name = "events/widgets/tick.html"


class Ticks(ShownMixin, forms.CheckboxSelectMultiple):
    template_name = "events/widgets/ticks.html"


class TickField(forms.Field):
    """True, False, or None where the box was not shown."""

    widget = Tick

    def has_changed(self, initial, data):
        return bool(data) and not initial


class PartsField(forms.TypedMultipleChoiceField):
    """Keys of the parts; None where they were not shown."""

    widget = Ticks

    def clean(self, value):
        return None if value is None else frozenset(super().clean(value))

    def has_changed(self, initial, data):
        return False


class PersonForm(QuestionsMixin):
    """One row, with the event's own questions. A row without anything in it is no person."""

    pk = forms.IntegerField(required=False, widget=forms.HiddenInput)
    order = forms.IntegerField(label=_("Number in the list"), required=False, min_value=1)
    is_head = forms.BooleanField(label=_("Head of the delegation"), required=False,
                                 widget=HeadRadio)  # fmt: skip
    name_cyrillic = LineField(
        label=_("Name in Cyrillic letters"), max_length=150, required=False,
        help_text=_("As it should appear on the badge."),
    )  # fmt: skip
    name_latin = LineField(
        label=_("Name in Latin letters"), max_length=150, required=False,
        help_text=_("As in the passport."),
    )  # fmt: skip
    position_ru = LineField(label=_("Position"), max_length=200, required=False)
    position_en = LineField(label=_("Position"), max_length=200, required=False)
    rank = forms.TypedChoiceField(
        label=_("Rank of the office"), required=False, coerce=int, empty_value=None,
        choices=Participant.Rank.choices, help_text=_("For seating and lists of protocol."),
    )  # fmt: skip
    email = forms.EmailField(
        label=_("E-mail"), required=False,
        help_text=_("For confirmations and reminders. Without it they come to you."),
    )  # fmt: skip
    language = forms.ChoiceField(
        label=_("Language of mails"), required=False,
        choices=Participant._meta.get_field("language").choices,
    )  # fmt: skip
    mode = forms.TypedChoiceField(
        label=_("Takes part"), required=False, empty_value=None, choices=Participant.Mode.choices
    )
    parts = PartsField(label=_("Comes to these parts"), required=False, coerce=int)
    is_listed = TickField(
        label=_("May be shown in the public list of participants"), required=False,
        help_text=_("Only with this person's consent. It can be given and taken back later."),
    )  # fmt: skip
    remove = forms.BooleanField(label=_("This person does not come"), required=False)

    use_required_attribute = False

    def __init__(
        self,
        *args,
        event: Event | None = None,
        parts=(),
        asks=False,
        sent=None,
        too_large=(),
        **kwargs,
    ):
        super().__init__(*args, **kwargs)
        if event is None or event.mode != Event.Mode.HYBRID:
            del self.fields["mode"]
        if parts:
            titles = [(part.pk, in_language(part, "title")[0]) for part in parts]
            self.fields["parts"].choices = titles
        else:
            del self.fields["parts"]
        self.fields["rank"].initial = Participant.Rank.NONE
        if event is not None and asks:
            known = (sent or {}).get(str(self["pk"].value()), {})
            self.ask(event, too_large=too_large, sent=known)

    def full_clean(self):
        """Nobody answers for a row that is empty, or of somebody who does not come."""
        super().full_clean()
        if self.is_bound and hasattr(self, "cleaned_data") and (self.is_blank or self.is_removed):
            for name in getattr(self, "question_names", []):
                self._errors.pop(name, None)

    def clean_name_cyrillic(self):
        name = self.cleaned_data["name_cyrillic"]
        if LATIN.search(name):
            raise forms.ValidationError(_("Write this name in Cyrillic letters only."))
        return name

    def clean_name_latin(self):
        name = self.cleaned_data["name_latin"]
        if CYRILLIC.search(name):
            raise forms.ValidationError(_("Write this name in Latin letters only."))
        return name

    def clean_language(self):
        return self.cleaned_data["language"] or "ru"

    def clean_email(self):
        return self.cleaned_data["email"].lower()

    @property
    def is_blank(self) -> bool:
        """Whether nobody stands in this row; known once the form was checked."""
        names = ("name_cyrillic", "name_latin", "position_ru", "position_en", "email", "pk")
        return not any(self.cleaned_data.get(name) for name in names)

    @property
    def is_removed(self) -> bool:
        return bool(self.cleaned_data.get("remove"))

    def person(self) -> Person:
        """The person of a row that was checked."""
        said = {name: self.cleaned_data.get(name) for name in (*Person.KEPT_UNLESS_SAID, "parts")}
        values = {name: self.cleaned_data[name] for name in (*Person.FIELDS, "is_head", "pk")}
        return Person(**values, **said)
