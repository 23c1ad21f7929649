"""What representatives type about their delegation."""

import re
from collections.abc import Iterable

from django import forms
from django.utils.translation import gettext_lazy as _

from content.editing import OneTimeKeyMixin
from events.models import Delegation, Participant
from events.registration import Person
from mailing.cleaning import one_line

PREFIX = "people"
FIRST_ROWS = 3
MORE_ROWS = 3
MOST_ROWS = 60

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


class PersonForm(forms.Form):
    """One row. A row without anything in it is no person."""

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
    email = forms.EmailField(
        label=_("E-mail"), required=False,
        help_text=_("For confirmations and reminders. Without it they come to you."),
    )  # fmt: skip
    language = forms.ChoiceField(
        label=_("Language of mails"), required=False,
        choices=Participant._meta.get_field("language").choices,
    )  # fmt: skip
    remove = forms.BooleanField(label=_("This person does not come"), required=False)

    use_required_attribute = False

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
        values = {name: self.cleaned_data[name] for name in (*Person.FIELDS, "is_head", "pk")}
        return Person(**values)


class BasePeopleFormSet(forms.BaseFormSet):
    """The rows of a delegation, in the order in which they were shown."""

    def _construct_form(self, i, **kwargs):
        form = super()._construct_form(i, **{"empty_permitted": True, **kwargs})
        form.initial.setdefault("order", i + 1)
        return form

    def rows(self) -> list[PersonForm]:
        """The rows with somebody who comes, in the order the representative asks for."""
        filled = [form for form in self.forms if not form.is_blank and not form.is_removed]
        return sorted(filled, key=_wanted_order)


def _wanted_order(form: PersonForm) -> float:
    """A row that was given the number of another goes before it when it moves up, else after."""
    shown = form.initial["order"]
    wanted = form.cleaned_data.get("order") or shown
    return wanted if wanted == shown else wanted + (0.5 if wanted > shown else -0.5)


PeopleFormSet = forms.formset_factory(
    PersonForm, formset=BasePeopleFormSet, extra=FIRST_ROWS, max_num=MOST_ROWS,
    absolute_max=MOST_ROWS, validate_max=True,
)  # fmt: skip


class DelegationForm(OneTimeKeyMixin):
    """What concerns the delegation as a whole; `version` is the one the form was opened with."""

    version = forms.IntegerField(required=False, widget=forms.HiddenInput)
    note = forms.CharField(
        label=_("Note for the secretariat"), required=False, max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )  # fmt: skip


def rows_of(people: Iterable[Participant]) -> list[dict]:
    """Registered people as initial values of the rows."""
    return [
        {
            "pk": person.pk,
            "is_head": person.is_head,
            **{name: getattr(person, name) or "" for name in Person.FIELDS},
        }
        for person in people
    ]


def empty_forms(delegation: Delegation | None) -> tuple[DelegationForm, forms.BaseFormSet]:
    """The forms as they are first shown: filled from the delegation where there is one."""
    if delegation is None:
        return DelegationForm(), PeopleFormSet(prefix=PREFIX, initial=[])
    people = rows_of(delegation.participants.active())
    form = DelegationForm(initial={"version": delegation.version, "note": delegation.note})
    formset = PeopleFormSet(prefix=PREFIX, initial=people)
    formset.extra = 1
    return form, formset


def with_more_rows(data) -> tuple[DelegationForm, forms.BaseFormSet]:
    """The forms as they were typed, unchecked, with some empty rows more."""
    total = _number(data.get(f"{PREFIX}-TOTAL_FORMS"))
    fields = [name for name in PersonForm.base_fields if name not in ("is_head", "remove")]
    typed = [
        {
            **{name: data.get(f"{PREFIX}-{row}-{name}", "") for name in fields},
            "is_head": data.get(f"{PREFIX}-head") == f"{PREFIX}-{row}",
            "remove": f"{PREFIX}-{row}-remove" in data,
        }
        for row in range(min(total, MOST_ROWS))
    ]
    whole = {name: data.get(name, "") for name in ("version", "note", "form_key")}
    formset = PeopleFormSet(prefix=PREFIX, initial=typed)
    formset.extra = min(MORE_ROWS, MOST_ROWS - len(typed))
    return DelegationForm(initial=whole), formset


def _number(text: str | None) -> int:
    return int(text) if text and text.isascii() and text.isdecimal() and len(text) < 4 else 0
