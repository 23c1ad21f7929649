"""The working page of one record: source beside target, what changed, what the glossary says."""

from dataclasses import dataclass

from django import forms
from django.contrib.contenttypes.models import ContentType
from django.db import models, transaction
from django.utils.translation import gettext_lazy as _

from content import translation_state
from content.editing import VersionedFormMixin
from content.models import AuditEntry, TranslationState
from content.record_admin import RichTextWidget
from content.records import PublicRecord
from translating import glossary
from translating.differences import Passage, passages
from translating.pairs import blocks, fields_in_order, is_rich, words

SMALL_EDITS = ("translation.small_edit", "translation.stands")
SHOWN_ENTRIES = 5


@dataclass(frozen=True)
class Row:
    """A paragraph of the source with what became of it, and the one that stands for it now.

    `number` is None for a paragraph that was taken away.
    """

    number: int | None
    passage: Passage
    target: str


@dataclass(frozen=True)
class Field:
    """One field of the page. `editor` is the bound field, or None when it is closed to the user."""

    name: str
    label: str
    rows: list[Row]
    editor: forms.BoundField | None
    target: str
    warnings: list[glossary.Warning]
    is_changed: bool


class TranslationForm(VersionedFormMixin):
    """The target of a record, field by field."""

    stands = forms.BooleanField(
        label=_("Small edit: the translation stands"),
        required=False,
        help_text=_("The change of the source needs no new translation. The log says who said so."),
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            field.required = False


def form_class(model: type[PublicRecord], fields: list[str], language: str):
    """The form for these fields of a model in one language."""
    names = [f"{field}_{language}" for field in fields]
    rich = [f"{field}_{language}" for field in fields if is_rich(model, field)]
    widgets = {name: RichTextWidget() for name in rich}
    return forms.modelform_factory(model, form=TranslationForm, fields=names, widgets=widgets)


def save(form: TranslationForm, language: str, by) -> PublicRecord:
    """Save the target through the record's own save; in the transaction that judged the form."""
    with transaction.atomic():
        record = form.save(commit=False)
        record.save(by=by)
        if form.cleaned_data["stands"]:
            translation_state.stands(record, language, by=by)
    return record


def fields_of(entry: TranslationState, form: TranslationForm | None) -> list[Field]:
    """All fields of a record that have words in the source, with their rows."""
    record = entry.record
    stale = translation_state.outdated_paragraphs(record, entry.language)
    found = []
    for name in fields_in_order(record):
        source = _text(record, name, record.source_language)
        target = _text(record, name, entry.language)
        if not source and not target:
            continue
        column = f"{name}_{entry.language}"
        found.append(
            Field(
                name=name,
                label=record._meta.get_field(name).verbose_name,
                rows=_rows(entry, record, name, stale),
                editor=form[column] if form is not None and column in form.fields else None,
                target=target,
                warnings=glossary.warnings(source, target, record.source_language, entry.language),
                is_changed=name in stale,
            )
        )
    return found


def _rows(entry, record, name: str, stale: dict[str, list[str]]) -> list[Row]:
    rich = is_rich(record, name)
    after = _paragraphs(_text(record, name, record.source_language), rich)
    targets = _paragraphs(_text(record, name, entry.language), rich)
    rows, place = [], 0
    for passage in _passages(entry, name, after, rich, stale):
        if passage.kind == "removed":
            rows.append(Row(None, passage, ""))
            continue
        target = targets[place] if place < len(targets) else ""
        place += 1
        rows.append(Row(place, passage, target))
    return rows


def _passages(entry, name: str, after: list[str], rich: bool, stale: dict) -> list[Passage]:
    if name not in stale:
        return passages(after, after)
    if (before := entry.made_from_texts.get(name)) is not None:
        return passages([words(one, rich) for one in before if words(one, rich)], after)
    # Translated before the texts were kept: the hashes still tell which paragraphs are new.
    fresh = {words(one, rich) for one in stale[name]}
    return [
        Passage("added", (("ins", text),)) if text in fresh else Passage("same", (("same", text),))
        for text in after
    ]


def _paragraphs(text: str, rich: bool) -> list[str]:
    return [words(block, rich) for block in blocks(text, rich)]


def _text(record: models.Model, field: str, language: str) -> str:
    return getattr(record, f"{field}_{language}") or ""


def small_edits(record: PublicRecord) -> list[AuditEntry]:
    """Who said lately that a change of this record needs no new translation."""
    entries = AuditEntry.objects.filter(
        content_type=ContentType.objects.get_for_model(record),
        object_id=record.pk,
        verb__in=SMALL_EDITS,
    )
    return list(entries.select_related("actor")[:SHOWN_ENTRIES])
