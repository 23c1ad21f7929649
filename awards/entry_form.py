"""The form of an entry, built from the questions of its round; it judges nothing by itself."""

from collections.abc import Mapping

from django import forms
from django.forms.utils import ErrorDict
from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from awards import consent_slip, entry_slots
from awards.entry_slots import CHOSEN, FILES, Kind, Slot
from awards.models import EntrantKind, Entry, EntryField
from content.keys import as_key
from content.languages import in_language

ROWS = 8
LISTED_AT_MOST = 7  # longer lists of choices are drawn as a menu
LANGUAGES = {"ru": "Русский", "en": "English"}


class EntryForm(forms.Form):
    """All inputs of an entry, filled with what is stored or what was typed.

    `problems` maps names to sentences; those of no field stand above the form.
    """

    use_required_attribute = False

    def __init__(
        self, entry: Entry, data: QueryDict | None = None, problems: Mapping[str, str] | None = None
    ):
        super().__init__(data, auto_id="id_%s")
        self.entry = entry
        self.stored = entry_slots.read(entry)
        self.slots = {slot.name: slot for slot in entry_slots.slots_of(entry.round)}
        for name, slot in self.slots.items():
            self.fields[name] = _field(slot, entry)
            self.initial[name] = _initial(slot, self.stored[name])
        for question in _file_questions(entry):
            self.fields[entry_slots.file_name(question)] = _file_field(question)
        if entry.round.is_for_children:
            self.fields[consent_slip.NAME] = _sheet()
        for name, text in (problems or {}).items():
            self.add_error(name if name in self.fields else None, text)

    def full_clean(self):
        """Nothing is judged here: drafts keep what is wrong; see `awards.entry_checks`."""
        self._errors, self.cleaned_data = ErrorDict(), {}

    @property
    def seen(self) -> dict[str, str]:
        """What the page remembers of each stored value."""
        return {f"seen.{name}": entry_slots.fingerprint(text) for name, text in self.stored.items()}


def values_of(entry: Entry, data: QueryDict, only: str = "") -> dict[str, str]:
    """What was posted, by the names of the inputs: the whole form, or one input (`only`).

    Choices and boxes that a whole form does not send are empty; texts it does not send are not
    touched.
    """
    found = {}
    for slot in entry_slots.slots_of(entry.round):
        if only and slot.name != only:
            continue
        kind = slot.field.kind if slot.field else ""
        if kind in CHOSEN:
            keys = {as_key(word) for word in data.getlist(slot.name)} - {None}
            found[slot.name] = entry_slots.joined(keys)
        elif kind == Kind.YES_NO:
            found[slot.name] = "yes" if data.get(slot.name) else ""
        elif slot.name in data:
            found[slot.name] = data[slot.name]
    return found


def seen_of(data: QueryDict) -> dict[str, str]:
    """The fingerprints a page sends along, by the names of the inputs."""
    return {
        name.removeprefix("seen."): data[name] for name in data if name.startswith("seen.")
    }  # fmt: skip


def _initial(slot: Slot, value: str):
    kind = slot.field.kind if slot.field else ""
    if kind == Kind.CHOICES:
        return value.split(",") if value else []
    return value == "yes" if kind == Kind.YES_NO else value


def _field(slot: Slot, entry: Entry) -> forms.Field:
    if slot.field is not None:
        return _asked(slot)
    if slot.name.startswith("author_"):
        return forms.CharField(
            label=_author_label(slot.name.removeprefix("author_")), required=False,
            widget=forms.TextInput(attrs={"autocomplete": "off"}),
        )  # fmt: skip
    return _own(slot.name, entry)


def _own(name: str, entry: Entry) -> forms.Field:
    round = entry.round
    if name == "category":
        rows = [(str(one.pk), in_language(one, "title")[0]) for one in round.categories.all()]
        return _menu(_("Category"), [("", _("Choose a category")), *rows])
    if name == "language":
        codes = round.languages or ["ru", "en"]
        return _menu(_("The entry is written in"), [(code, LANGUAGES[code]) for code in codes])
    if name == "nominee_kind":
        rows = [(kind.value, kind.label) for kind in EntrantKind]
        return _menu(_("Whom do you nominate"), [("", "—"), *rows])
    if name == "nominee_member":
        cities = entry_slots.choosable().in_alphabetical_order()
        rows = [(str(one.pk), in_language(one, "name")[0]) for one in cities]
        label = _("Nominated city, where it is a member")
        return _menu(label, [("", _("None of these")), *rows])
    label = _("Title of the entry") if name.startswith("title") else _("Who is nominated")
    return forms.CharField(label=label, required=False)


def _menu(label: str, choices: list[tuple[str, str]]) -> forms.ChoiceField:
    return forms.ChoiceField(label=label, choices=choices, required=False)


def _asked(slot: Slot) -> forms.Field:
    question = slot.field
    label, hint = (in_language(question, name)[0] for name in ("label", "hint"))
    # Required is what the label says; judged is it by `awards.entry_checks` alone.
    options = {"label": label, "help_text": hint, "required": question.is_required}
    kind, most = question.kind, question.max_length
    if kind in CHOSEN:
        return _choice(question, options)
    if kind == Kind.YES_NO:
        return forms.BooleanField(widget=forms.CheckboxInput(attrs={"value": "yes"}), **options)
    limit = {"data-limit": most} if most else {}
    if kind == Kind.TEXT:
        widget = forms.Textarea(attrs={"rows": ROWS, **limit})
    elif kind == Kind.DATE:
        widget = forms.DateInput(attrs={"type": "date"})
    elif kind == Kind.NUMBER:
        widget = forms.TextInput(attrs={"inputmode": "decimal"})
    else:
        widget = forms.URLInput() if kind == Kind.LINK else forms.TextInput(attrs=limit)
    return forms.CharField(widget=widget, **options)


def _choice(question: EntryField, options: dict) -> forms.Field:
    rows = [(str(one.pk), in_language(one, "label")[0]) for one in question.choices.all()]
    if question.kind == Kind.CHOICES:
        return forms.MultipleChoiceField(
            choices=rows, widget=forms.CheckboxSelectMultiple, **options
        )
    if len(rows) > LISTED_AT_MOST:
        return forms.ChoiceField(choices=[("", _("Choose an answer")), *rows], **options)
    return forms.ChoiceField(choices=rows, widget=forms.RadioSelect, **options)


def _file_questions(entry: Entry) -> list[EntryField | None]:
    found = [one for one in entry_slots.questions_of(entry.round) if one.kind in FILES]
    return [None, *found] if entry.round.is_for_children else found


def _file_field(question: EntryField | None) -> forms.Field:
    pictures = question is None or question.kind == Kind.PICTURE
    attrs = {"accept": ".jpg,.jpeg,.png,.webp" if pictures else ".pdf,.docx,.xlsx,.jpg,.jpeg,.png"}
    several = question is not None and question.max_files > 1
    widget = SeveralFiles(attrs=attrs) if several else forms.FileInput(attrs=attrs)
    label = in_language(question, "label")[0] if question else _("Picture of the work")
    return forms.FileField(label=label, widget=widget,
                           required=question is None or question.is_required,
                           help_text=_file_hint(question, pictures))  # fmt: skip


def _sheet() -> forms.Field:
    return forms.FileField(
        label=_("Signed consent of a guardian"),
        required=False,
        widget=forms.FileInput(attrs={"accept": ".pdf,.jpg,.jpeg,.png"}),
        help_text=_("A PDF or a picture, up to 20 MB. Until it is here, the jury sees nothing."),
    )


class SeveralFiles(forms.FileInput):
    allow_multiple_selected = True

    def __init__(self, attrs=None):
        super().__init__({"multiple": True, **(attrs or {})})


def _file_hint(question: EntryField | None, pictures: bool) -> str:
    hint = in_language(question, "hint")[0] if question else ""
    kinds = (
        _("JPEG, PNG or WebP, 600 pixels or more on the shorter side, up to 20 MB.")
        if pictures
        else _("PDF best; Word, Excel and pictures are taken, too. Up to 20 MB each.")
    )
    return f"{hint} {kinds}".strip()


def _author_label(column: str) -> str:
    return {
        "given_name_ru": _("First name in Russian"), "given_name_en": _("First name in English"),
        "family_name_ru": _("Family name in Russian"),
        "family_name_en": _("Family name in English"),
        "age": pgettext("of an author", "Age"),
        "institution_ru": _("School in Russian"), "institution_en": _("School in English"),
        "teacher_ru": _("Teacher in Russian"), "teacher_en": _("Teacher in English"),
    }[column]  # fmt: skip
