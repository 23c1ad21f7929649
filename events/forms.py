"""What representatives type about their delegation: the rows, and the whole."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from content.editing import OneTimeKeyMixin
from events import change_requests, deadlines, part_places, questions, registration
from events.models import Delegation, Event, Participant
from events.people import Person
from events.person_form import CYRILLIC, LATIN, PREFIX, LineField, PersonForm

__all__ = [
    "CYRILLIC", "LATIN", "PREFIX", "DelegationForm", "FormFrame", "LineField", "PeopleFormSet",
    "PersonForm",
]  # fmt: skip

FIRST_ROWS = 3
MORE_ROWS = 3
MOST_ROWS = 500
EVERY_FIELD = [name for name in PersonForm.base_fields if name != "remove"]


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
    reason = forms.CharField(
        label=_("Why the delegation changes"), required=False, max_length=500,
        help_text=_("The secretariat reads it when it decides."),
    )  # fmt: skip


@dataclass(frozen=True)
class FormFrame:
    """Builds the forms of one event: which fields a row has depends on the event.

    `asks`: whether the rows have the event's own questions; after the deadline they have not.
    `sent`: by the key of a participant, the files they have answered with.
    """

    event: Event
    parts: list[Event] = field(default_factory=list)
    asks: bool = True
    sent: dict[str, dict[str, str]] = field(default_factory=dict)

    @classmethod
    def of(cls, event: Event, member, delegation: Delegation | None = None) -> "FormFrame":
        late = delegation and deadlines.why_no_change(event, timezone.now())
        files = questions.files_of(registration.own_people(delegation)) if delegation else {}
        sent = {str(pk): names for pk, names in files.items()}
        return cls(event, part_places.on_offer(event, member), not late, sent)

    def people(self, data=None, files=None, too_large=(), **kwargs) -> forms.BaseFormSet:
        """The rows, bound to `data` where it is given; `too_large`: names of cut off files."""
        own = {
            "event": self.event, "parts": self.parts, "asks": self.asks, "sent": self.sent,
            "too_large": too_large,
        }  # fmt: skip
        return PeopleFormSet(data, files, prefix=PREFIX, form_kwargs=own, **kwargs)

    def empty(self, delegation: Delegation | None) -> tuple[DelegationForm, forms.BaseFormSet]:
        """The forms as they are first shown: filled from the delegation where there is one.

        Where a change was asked for, the form shows what was asked.
        """
        if delegation is None:
            return DelegationForm(), self.people(initial=[])
        request = change_requests.open_request(delegation)
        people = rows_of(registration.own_people(delegation))
        whole = {"version": delegation.version, "note": delegation.note}
        if request is not None:
            people = _as_wanted(request, delegation, people)
            whole |= {"note": request.wanted.get("note", delegation.note), "reason": request.reason}
        formset = self.people(initial=people)
        formset.extra = 1
        return DelegationForm(initial=whole), formset

    def typed(
        self, data, added: Iterable[dict] = (), more: int = MORE_ROWS
    ) -> tuple[DelegationForm, forms.BaseFormSet]:
        """The forms as they were typed, unchecked, with rows added and some empty ones more.

        Empty rows make room for the rows that are added.
        """
        total = min(_number(data.get(f"{PREFIX}-TOTAL_FORMS")), MOST_ROWS)
        asked = questions.fields_for(self.event, with_files=False) if self.asks else {}
        rows = [_typed_row(data, number) | _typed(asked, data, number) for number in range(total)]
        added = list(added)
        if added:
            rows = [row for row in rows if not _is_blank(row)]
            rows += [{**row, "order": len(rows) + n} for n, row in enumerate(added, 1)]
        rows = rows[:MOST_ROWS]
        whole = {name: data.get(name, "") for name in ("version", "note", "reason", "form_key")}
        formset = self.people(initial=rows)
        formset.extra = min(more, MOST_ROWS - len(rows))
        return DelegationForm(initial=whole), formset


def rows_of(people: Iterable[Participant]) -> list[dict]:
    """Registered people as initial values of the rows."""
    people = list(people)
    taken = part_places.taken_by(people)
    answers = questions.initial_of(people)
    return [
        {
            "pk": person.pk,
            "is_head": person.is_head,
            **{name: getattr(person, name) or "" for name in Person.FIELDS},
            **{name: getattr(person, name) for name in Person.KEPT_UNLESS_SAID},
            "parts": [row.event_id for row in taken.get(person.pk, [])],
            **answers[person.pk],
        }
        for person in people
    ]


def _as_wanted(request, delegation: Delegation, stored: list[dict]) -> list[dict]:
    by_pk = {row["pk"]: row for row in stored}
    return [
        {
            **by_pk.get(person.pk, {}),
            **{name: getattr(person, name) for name in ("pk", "is_head")},
            **person.values(),
            **({} if person.parts is None else {"parts": sorted(person.parts)}),
        }
        for person in change_requests.shall_be(request, delegation)
    ]


def _typed_row(data, number: int) -> dict:
    """One row as it was typed, whatever is in it."""
    prefix = f"{PREFIX}-{number}"
    row = {
        name: PersonForm.base_fields[name].widget.value_from_datadict(data, {}, f"{prefix}-{name}")
        for name in EVERY_FIELD
    }
    texts = {name: "" if row[name] is None else row[name] for name in Person.FIELDS}
    return {**row, **texts, "remove": f"{prefix}-remove" in data}


def _typed(fields: dict[str, forms.Field], data, number: int) -> dict:
    """The answers of one row as they were typed; browsers send files anew."""
    return {
        name: one.widget.value_from_datadict(data, {}, f"{PREFIX}-{number}-{name}")
        for name, one in fields.items()
    }


def _is_blank(row: dict) -> bool:
    names = ("name_cyrillic", "name_latin", "position_ru", "position_en", "email", "pk")
    return not any(row.get(name) for name in names)


def _number(text: str | None) -> int:
    return int(text) if text and text.isascii() and text.isdecimal() and len(text) < 4 else 0
