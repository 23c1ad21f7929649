"""The page on which a representative registers a delegation and changes it: one post, judged."""

from dataclasses import dataclass

from django.forms import BaseFormSet
from django.utils import timezone
from django.utils.translation import gettext as _

from content import privatefiles
from content.editing import NOW_STORED, once
from events import change_requests, deadlines, questions, registration
from events.forms import PREFIX, DelegationForm, FormFrame, PersonForm, rows_of
from events.models import Delegation, Event
from events.people import DelegationChanged, Person, RegistrationRefused, TooLate


@dataclass
class Submission:
    """What was posted, with the forms that show it again when it is refused.

    `asked` says whether the secretariat was asked instead of anything being changed.
    """

    event: Event
    member: object
    delegation: Delegation | None
    user: object
    frame: FormFrame
    form: DelegationForm
    people: BaseFormSet
    asked: bool = False

    @classmethod
    def of(
        cls,
        event: Event,
        member,
        delegation: Delegation | None,
        user,
        data,
        files=None,
        too_large=(),
    ) -> "Submission":
        frame = FormFrame.of(event, member, delegation)
        form, people = DelegationForm(data), frame.people(data, files, too_large)
        return cls(event, member, delegation, user, frame, form, people)

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

    @privatefiles.all_or_nothing()
    def _write(self, rows: list[PersonForm], address: str) -> str:
        people, note = [row.person() for row in rows], self.form.cleaned_data["note"]
        if self.delegation is None:
            delegation = registration.register(self.event, self.member, people, self.user, note)
            self._keep_answers(delegation, rows)
        elif self._is_late(people):
            self._ask(people, note)
        elif people:
            version = self.form.cleaned_data["version"]
            registration.change(self.delegation, people, self.user, version, note)
            self._keep_answers(self.delegation, rows)
        else:
            registration.cancel_delegation(self.delegation, self.user)
        return address

    def _keep_answers(self, delegation: Delegation, rows: list[PersonForm]) -> None:
        """The answers of each row, for the person who was written from it: in the same order."""
        if not (self.frame.asks and questions.asked(self.event)):
            return
        people = registration.own_people(delegation).order_by("order")
        for row, person in zip(rows, people, strict=True):
            person.event = self.event
            questions.save(person, row.answers(), self.user)

    def _is_late(self, people: list[Person]) -> bool:
        """Whether this has to be asked for: changes, or leaving, after their deadlines."""
        now = timezone.now()
        stored = {row.pk for row in registration.own_people(self.delegation)}
        someone_leaves = bool(stored - {person.pk for person in people})
        if people and deadlines.why_no_change(self.event, now):
            return True
        return someone_leaves and bool(deadlines.why_no_withdrawal(self.event, now))

    def _ask(self, people: list[Person], note: str) -> None:
        change_requests.ask(
            self.delegation, self.user, people=people, note=note,
            seen_version=self.form.cleaned_data["version"] or 0,
            reason=self.form.cleaned_data["reason"],
        )  # fmt: skip
        self.asked = True

    def _show_problems(self, refused: RegistrationRefused, rows: list[PersonForm]) -> None:
        for problem in refused.problems:
            if problem.row is None:
                self.form.add_error(None, problem.message)
            else:
                field = problem.field if problem.field in rows[problem.row].fields else None
                rows[problem.row].add_error(field, problem.message)
        if isinstance(refused, TooLate):
            self.form.add_error(None, _("Save again to ask the secretariat for this change."))

    def _show_conflict(self, conflict: DelegationChanged) -> None:
        """Both values beside each other, whoever was added meanwhile, and the newer version."""
        stored = {person.pk: person for person in registration.own_people(conflict.delegation)}
        data = self.form.data.copy()
        data["version"] = conflict.delegation.version
        notes = _merge(data, self.people, stored)
        self.form, self.people = DelegationForm(data), self.frame.people(data)
        self.form.is_valid()
        self.people.is_valid()
        for problem in conflict.problems:
            self.form.add_error(None, problem.message)
        for row, field, text in notes:
            self.people.forms[row].add_error(field, text)


def _merge(data, people: BaseFormSet, stored: dict) -> list[tuple[int, str, str]]:
    """Make the posted data fit what is stored now; returns notes as row, field and text."""
    notes, seen = [], set()
    now = {values["pk"]: values for values in rows_of(stored.values())}
    for number, form in enumerate(people.forms):
        if form.is_blank:
            continue
        pk = form.cleaned_data.get("pk")
        if pk in stored:
            seen.add(pk)
            notes += _differences(number, form, now[pk])
        elif pk:
            data[f"{PREFIX}-{number}-pk"] = ""
            notes.append((number, _name_field(form), _("This person has left the delegation.")))
    for values in [values for pk, values in now.items() if pk not in seen]:
        number = int(data[f"{PREFIX}-TOTAL_FORMS"])
        data[f"{PREFIX}-TOTAL_FORMS"] = number + 1
        for name in ("pk", *Person.FIELDS, "rank", "mode"):
            data[f"{PREFIX}-{number}-{name}"] = values[name]
        if values["is_listed"]:
            data[f"{PREFIX}-{number}-is_listed"] = "on"
        field = "name_cyrillic" if values["name_cyrillic"] else "name_latin"
        notes.append((number, field, _("Somebody has added this person meanwhile.")))
    return notes


def _differences(number: int, form: PersonForm, values: dict) -> list[tuple[int, str, str]]:
    texts = [
        (number, name, NOW_STORED % (values[name] or "—"))
        for name in Person.FIELDS
        if form.cleaned_data.get(name, "") != values[name]
    ]
    said = [name for name in Person.KEPT_UNLESS_SAID if form.cleaned_data.get(name) is not None]
    return texts + [
        (number, name, NOW_STORED % _in_words(form, name, values[name]))
        for name in said
        if form.cleaned_data[name] != values[name]
    ]


def _in_words(form: PersonForm, name: str, value) -> str:
    if name == "is_listed":
        return _("yes") if value else _("no")
    return str(dict(form.fields[name].choices)[value])


def _name_field(form: PersonForm) -> str:
    return "name_cyrillic" if form.cleaned_data.get("name_cyrillic") else "name_latin"
