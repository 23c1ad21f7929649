"""An event's own questions: which fields a form shows for them, and keeping what was answered.

A form takes `fields_for(event)` into its fields and hands its `cleaned_data` to `save`. Nothing
here asks the database twice for the questions of one event.
"""

import datetime
from collections.abc import Iterable, Mapping
from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.db.models import prefetch_related_objects
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from content import privatefiles
from content.dates import day_text
from content.languages import in_language
from content.models import PrivateFile
from events import columns
from events.models import Answer, Event, Participant, Question, QuestionChoice

Kind = Question.Kind
PURPOSE = privatefiles.reserve("event-answer", "events.view_answer")
ENDINGS = (".pdf", ".docx", ".xlsx", ".jpg", ".jpeg", ".png")
PREFIX = "question"
YES_NO = [("yes", _("yes")), ("no", _("no"))]
# The column of an answer that each kind fills.
COLUMNS = {
    Kind.TEXT: "text",
    Kind.CHOICE: "choice",
    Kind.DATE: "day",
    Kind.FILE: "file",
    Kind.YES_NO: "yes",
}


def asked(event: Event) -> list[Question]:
    """The questions of an event in their order, with their choices; asked for once."""
    prefetch_related_objects([event], "questions__choices")
    return list(event.questions.all())


def name_of(question: Question, prefix: str = PREFIX) -> str:
    """The name of the field of a question."""
    return f"{prefix}_{question.pk}"


def fields_for(
    event: Event,
    prefix: str = PREFIX,
    participant: Participant | None = None,
    *,
    with_files: bool = True,
) -> dict[str, forms.Field]:
    """Name -> field for every question, in the reader's language, in order.

    With a participant the fields begin with what they answered; a file that was sent need not be
    sent again. `with_files=False` leaves out the questions that ask for a file.
    """  # fmt: skip
    known = given([participant])[participant.pk] if participant and participant.pk else {}
    return {
        name_of(question, prefix): _field(question, known.get(question.pk))
        for question in asked(event)
        if with_files or question.kind != Kind.FILE
    }


def given(people: Iterable[Participant]) -> dict[int, dict[int, Answer]]:
    """Primary key of a participant -> that of a question -> the answer; one query for all."""
    found: dict[int, dict[int, Answer]] = {person.pk: {} for person in people}
    rows = Answer.objects.filter(participant__in=found).select_related("choice", "file")
    for answer in rows:
        found[answer.participant_id][answer.question_id] = answer
    return found


def in_words(answer: Answer | None) -> str:
    """An answer as the reader of a table sees it; nothing for no answer."""
    if answer is None:
        return ""
    match answer.kind:
        case Kind.CHOICE:
            return in_language(answer.choice, "wording")[0]
        case Kind.DATE:
            return day_text(answer.day)
        case Kind.FILE:
            return answer.file.name
        case Kind.YES_NO:
            return str(dict(YES_NO)["yes" if answer.yes else "no"])
    return answer.text


def unanswered(participant: Participant) -> list[Question]:
    """The required questions that this person has not answered."""
    known = given([participant])[participant.pk]
    needed = [question for question in asked(participant.event) if question.is_required]
    return [question for question in needed if question.pk not in known]


@privatefiles.all_or_nothing()
def save(
    participant: Participant, cleaned: Mapping[str, Any], by=None, prefix: str = PREFIX
) -> None:
    """Keep what was answered: `cleaned` holds the values of the fields by their names.

    What is not in it stays as it is; an empty value takes the answer back, of a file it keeps the
    one there is; a new file takes the old one's place, which is erased. All of it or nothing;
    ValidationError for a file that is not taken.
    """
    known = given([participant])[participant.pk]
    for question in asked(participant.event):
        name = name_of(question, prefix)
        if name in cleaned:
            _save_one(participant, question, cleaned[name], known.get(question.pk), by)


def _save_one(participant, question: Question, value: Any, old: Answer | None, by) -> None:
    if question.kind == Kind.FILE:
        if not isinstance(value, UploadedFile):
            return
        value = privatefiles.store(value, PURPOSE, by, endings=ENDINGS)
    value = _stored(question.kind, value)
    if value in ("", None):
        if old:
            old.delete()
        return
    column = COLUMNS[question.kind]
    if old is None or getattr(old, column) != value:
        Answer.objects.update_or_create(
            question=question, participant=participant,
            defaults={"kind": question.kind, column: value},
        )  # fmt: skip
    if old and old.file_id and question.kind == Kind.FILE:
        _erase(old.file)


def _erase(kept: PrivateFile) -> None:
    """The row at once, the bytes when that is sure."""
    kept.delete()
    transaction.on_commit(lambda: kept.file.storage.delete(kept.file.name))


def _stored(kind: str, value: Any) -> Any:
    if kind == Kind.YES_NO:
        return {"yes": True, "no": False}.get(value)
    return value


def initial_of(people: Iterable[Participant]) -> dict[int, dict[str, Any]]:
    """Primary key of a participant -> the answers as initial values of the fields; one query."""
    return {
        pk: {f"{PREFIX}_{key}": _initial(answer) for key, answer in answers.items()}
        for pk, answers in given(people).items()
    }


def files_of(people: Iterable[Participant]) -> dict[int, dict[str, str]]:
    """Primary key of a participant -> names of fields whose files were sent, with their names."""
    rows = Answer.objects.filter(participant__in=list(people), kind=Kind.FILE)
    found: dict[int, dict[str, str]] = {}
    for pk, key, name in rows.values_list("participant_id", "question_id", "file__name"):
        found.setdefault(pk, {})[f"{PREFIX}_{key}"] = name
    return found


def to_json(event: Event, cleaned: Mapping[str, Any], prefix: str = PREFIX) -> dict[str, str]:
    """Answers without files as plain texts, to keep until somebody has confirmed them."""
    return {
        str(question.pk): _plain(cleaned.get(name_of(question, prefix)))
        for question in asked(event)
        if question.kind != Kind.FILE
    }


def _plain(value: Any) -> str:
    if isinstance(value, QuestionChoice):
        return str(value.pk)
    return value.isoformat() if isinstance(value, datetime.date) else str(value or "")


def from_json(event: Event, kept: Mapping[str, str]) -> dict[str, Any]:
    """What `to_json` kept, as `save` takes it; a question or choice that is gone is left out."""
    found = {}
    for question in asked(event):
        value = kept.get(str(question.pk))
        if value is not None and question.kind != Kind.FILE:
            found[name_of(question)] = _from_plain(question, value)
    return found


def _from_plain(question: Question, value: str) -> Any:
    if question.kind == Kind.CHOICE:
        return next((one for one in question.choices.all() if str(one.pk) == value), None)
    if question.kind == Kind.DATE:
        return datetime.date.fromisoformat(value) if value else None
    return value


def _field(question: Question, answer: Answer | None) -> forms.Field:
    wording, language = in_language(question, "wording")
    options = {
        "label": wording,
        "help_text": in_language(question, "hint")[0],
        "required": question.is_required,
    }
    field = FIELDS[question.kind](question, options)
    if answer is not None:
        field.initial = _initial(answer)
        if question.kind == Kind.FILE:
            field.is_sent(answer.file.name)
    if language and language != get_language():
        field.widget.attrs["lang"] = language
    return field


def _initial(answer: Answer) -> Any:
    value = getattr(answer, COLUMNS[answer.kind])
    if answer.kind == Kind.FILE:
        return value.name
    return ("yes" if value else "no") if answer.kind == Kind.YES_NO else value


def _text(_question: Question, options: dict) -> forms.Field:
    return forms.CharField(max_length=2000, widget=forms.Textarea(attrs={"rows": 2}), **options)


def _choice(question: Question, options: dict) -> forms.Field:
    return ChoiceOfQuestion(question, **options)


def _date(_question: Question, options: dict) -> forms.Field:
    return forms.DateField(widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
                           **options)  # fmt: skip


def _file(_question: Question, options: dict) -> forms.Field:
    return AnswerFile(**options)


def _yes_no(_question: Question, options: dict) -> forms.Field:
    first = [] if options["required"] else [("", _("no answer"))]
    return forms.ChoiceField(choices=[*first, *YES_NO], widget=forms.RadioSelect, **options)


class ChoiceOfQuestion(forms.ChoiceField):
    """One of the choices of a question; gives the `QuestionChoice` or None."""

    def __init__(self, question: Question, **options):
        self.by_key = {str(one.pk): one for one in question.choices.all()}
        named = [(key, in_language(one, "wording")[0]) for key, one in self.by_key.items()]
        super().__init__(choices=[("", _("Choose")), *named], **options)

    def prepare_value(self, value):
        return value.pk if isinstance(value, QuestionChoice) else value

    def clean(self, value):
        return self.by_key.get(super().clean(value))

    def has_changed(self, initial, data):
        return str(self.prepare_value(initial) or "") != str(data or "")


class AnswerFile(forms.FileField):
    """A file, judged as it is stored: by its name, its content and its size."""

    def __init__(self, **options):
        options["help_text"] = options.get("help_text") or _(
            "PDF, DOCX, XLSX, JPEG or PNG, up to 20 MB."
        )
        widget = forms.FileInput(attrs={"accept": ",".join(ENDINGS)})
        super().__init__(widget=widget, **options)

    def is_sent(self, name: str) -> None:
        """There is a file of this name already: it need not be sent again."""
        self.required = False
        self.help_text = _("You have sent: %(name)s. A new file replaces it.") % {"name": name}

    def clean(self, data, initial=None):
        upload = super().clean(data, None)
        if isinstance(upload, UploadedFile):
            privatefiles.refuse(upload, endings=ENDINGS)
        return upload


FIELDS = {
    Kind.TEXT: _text,
    Kind.CHOICE: _choice,
    Kind.DATE: _date,
    Kind.FILE: _file,
    Kind.YES_NO: _yes_no,
}


@columns.register
def answer_columns(event: Event):
    """A column for every question of the event, for tables of its participants."""
    for question in asked(event):
        yield columns.Column(f"{PREFIX}_{question.pk}", str(question), _answers_to(question))


def _answers_to(question: Question) -> columns.Values:
    def values(people, _language: str) -> dict[int, str]:
        rows = Answer.objects.filter(question=question, participant__in=people)
        return {row.participant_id: in_words(row) for row in rows.select_related("choice", "file")}

    return values
