"""The page on which a representative registers a delegation and changes it: one post, judged."""

from dataclasses import dataclass

from django.forms import BaseFormSet
from django.utils.translation import gettext as _

from content.editing import NOW_STORED, once
from events import registration
from events.forms import PREFIX, DelegationForm, PeopleFormSet, PersonForm, rows_of
from events.models import Delegation, Event
from events.registration import DelegationChanged, Person, RegistrationRefused


@dataclass
class Submission:
    """What was posted, with the forms that show it again when it is refused."""

    event: Event
    member: object
    delegation: Delegation | None
    user: object
    form: DelegationForm
    people: BaseFormSet

    @classmethod
    def of(cls, event: Event, member, delegation: Delegation | None, user, data) -> "Submission":
        form, people = DelegationForm(data), PeopleFormSet(data, prefix=PREFIX)
        return cls(event, member, delegation, user, form, people)

    def take(self, address: str):
        """The redirect to `address` once everything is written; None when something is wrong.

        Then `form` and `people` say what, in the fields where it stands.
        """
        if not all([self.form.is_valid(), self.people.is_valid()]):
            return None
        rows = self.people.rows()
        try:
            return once(self.form.cleaned_data["form_key"], lambda: self._write(rows, address))
        except DelegationChanged as conflict:
            self._show_conflict(conflict)
        except RegistrationRefused as refused:
            self._show_problems(refused, rows)
        return None

    def _write(self, rows: list[PersonForm], address: str) -> str:
        people, note = [row.person() for row in rows], self.form.cleaned_data["note"]
        if self.delegation is None:
            registration.register(self.event, self.member, people, self.user, note)
        elif people:
            version = self.form.cleaned_data["version"]
            registration.change(self.delegation, people, self.user, version, note)
        else:
            registration.cancel_delegation(self.delegation, self.user)
        return address

    def _show_problems(self, refused: RegistrationRefused, rows: list[PersonForm]) -> None:
        for problem in refused.problems:
            if problem.row is None:
                self.form.add_error(None, problem.message)
            else:
                rows[problem.row].add_error(problem.field, problem.message)

    def _show_conflict(self, conflict: DelegationChanged) -> None:
        """Both values beside each other, whoever was added meanwhile, and the newer version."""
        stored = {person.pk: person for person in conflict.delegation.participants.active()}
        data = self.form.data.copy()
        data["version"] = conflict.delegation.version
        notes = _merge(data, self.people, stored)
        self.form, self.people = DelegationForm(data), PeopleFormSet(data, prefix=PREFIX)
        self.form.is_valid()
        self.people.is_valid()
        for problem in conflict.problems:
            self.form.add_error(None, problem.message)
        for row, field, text in notes:
            self.people.forms[row].add_error(field, text)


def _merge(data, people: BaseFormSet, stored: dict) -> list[tuple[int, str, str]]:
    """Make the posted data fit what is stored now; returns notes as row, field and text."""
    notes, seen = [], set()
    for number, form in enumerate(people.forms):
        if form.is_blank:
            continue
        pk = form.cleaned_data.get("pk")
        if pk in stored:
            seen.add(pk)
            notes += _differences(number, form, rows_of([stored[pk]])[0])
        elif pk:
            data[f"{PREFIX}-{number}-pk"] = ""
            notes.append((number, _name_field(form), _("This person has left the delegation.")))
    for values in rows_of(person for pk, person in stored.items() if pk not in seen):
        number = int(data[f"{PREFIX}-TOTAL_FORMS"])
        data[f"{PREFIX}-TOTAL_FORMS"] = number + 1
        for name in ("pk", *Person.FIELDS):
            data[f"{PREFIX}-{number}-{name}"] = values[name]
        field = "name_cyrillic" if values["name_cyrillic"] else "name_latin"
        notes.append((number, field, _("Somebody has added this person meanwhile.")))
    return notes


def _differences(number: int, form: PersonForm, values: dict) -> list[tuple[int, str, str]]:
    return [
        (number, name, NOW_STORED % (values[name] or "—"))
        for name in Person.FIELDS
        if form.cleaned_data.get(name, "") != values[name]
    ]


def _name_field(form: PersonForm) -> str:
    return "name_cyrillic" if form.cleaned_data.get("name_cyrillic") else "name_latin"
