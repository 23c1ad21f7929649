"""The inputs of an entry form, one by one: what each is called, what it holds, how it is written.

A value is always text: a choice is the key of its row, several choices are keys with commas. So a
draft keeps whatever was typed, and is judged when it is sent.
"""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.translation import gettext as _

from awards.models import Author, Category, EntrantKind, Entry, EntryAnswer, EntryField, Round
from content.keys import as_key
from content.texts import tidy
from members.models import Member

Kind = EntryField.Kind
FILES = (Kind.FILE, Kind.PICTURE)
TEXTS = (Kind.LINE, Kind.TEXT)
CHOSEN = (Kind.CHOICE, Kind.CHOICES)
# More than any answer may have; what goes beyond it is no answer but a flood.
MOST = 100_000
OWN = {"title_ru": 300, "title_en": 300, "category": 0, "language": 0}
NOMINEE = {"nominee_kind": 0, "nominee_member": 0, "nominee_ru": 300, "nominee_en": 300}
# Of the first author: what stands in the column, and its length.
AUTHOR = {
    "given_name_ru": 100, "given_name_en": 100, "family_name_ru": 100, "family_name_en": 100,
    "age": 3, "institution_ru": 300, "institution_en": 300, "teacher_ru": 200, "teacher_en": 200,
}  # fmt: skip


class NotKept(Exception):
    """Why a value cannot be kept even in a draft, as a sentence."""


@dataclass(frozen=True)
class Slot:
    """One input: `field` is the question it belongs to, `language` where it is asked in two."""

    name: str
    field: EntryField | None = None
    language: str = ""


def slots_of(round: Round) -> list[Slot]:
    """All inputs of a round but its files, in the order of the form; one query for the questions.

    The work of a child has an author: their columns come before the questions.
    """
    own = [Slot("category"), Slot("language"), Slot("title_ru"), Slot("title_en")]
    if round.nominated_by != Round.NominatedBy.THEMSELVES:
        own += [Slot(name) for name in NOMINEE]
    if round.is_for_children:
        own += [Slot(f"author_{name}") for name in AUTHOR]
    return own + [slot for field in questions_of(round) for slot in _asked(field)]


def questions_of(round: Round) -> list[EntryField]:
    """The questions of a round with their choices, in order; kept on the round."""
    if not hasattr(round, "entry_questions"):
        fields = round.fields.select_related("category").prefetch_related("choices")
        round.entry_questions = list(fields)
    return round.entry_questions


def file_name(field: EntryField | None) -> str:
    """What the file input of a question is called; `None` is the work itself."""
    return f"file_{field.pk}" if field else "file_work"


def _asked(field: EntryField) -> list[Slot]:
    if field.kind in FILES:
        return []
    if field.in_both_languages and field.kind in TEXTS:
        return [Slot(f"q{field.pk}_{code}", field, code) for code in ("ru", "en")]
    return [Slot(f"q{field.pk}", field)]


def read(entry: Entry) -> dict[str, str]:
    """What an entry holds by the names of its inputs; three queries beyond the questions.

    One that is not saved, as in the preview of a form, holds nothing yet.
    """
    answers, author = {}, None
    if entry.pk:
        rows = entry.answers.prefetch_related("choices")
        answers = {(one.field_id, one.language): one for one in rows}
        author = entry.authors.order_by("pk").first() if entry.round.is_for_children else None
    return {slot.name: _value(slot, entry, answers, author) for slot in slots_of(entry.round)}


def _value(slot: Slot, entry: Entry, answers: dict, author: Author | None) -> str:
    if slot.field is not None:
        answer = answers.get((slot.field.pk, slot.language))
        if answer is None:
            return ""
        if slot.field.kind not in CHOSEN:
            return answer.text
        return joined(one.pk for one in answer.choices.all())
    if slot.name.startswith("author_"):
        value = getattr(author, slot.name.removeprefix("author_")) if author else ""
    elif slot.name in ("category", "nominee_member"):
        value = getattr(entry, f"{slot.name}_id")
    else:
        value = getattr(entry, slot.name)
    return "" if value is None else str(value)


def joined(keys: Iterable[int]) -> str:
    """Several choices as a value: their keys in order, with commas."""
    return ",".join(str(key) for key in sorted(keys))


def fingerprint(value: str) -> str:
    """What a page remembers of a value it has seen: the server tells by it who was first."""
    return hashlib.sha256(normal(value).encode()).hexdigest()[:16]


def normal(value: str) -> str:
    """Text as it is kept: one kind of line ends, nothing around it, nothing that nobody sees."""
    return tidy(value.replace("\r\n", "\n").replace("\r", "\n")).strip()


EMPTY = fingerprint("")


def write(entry: Entry, slot: Slot, value: str) -> None:
    """Keep the value of one input in a draft, right or wrong; NotKept: it cannot be kept at all.

    `entry` is locked. Columns of the entry are set, not saved: the caller saves them together.
    """
    value = normal(value)
    if len(value) > MOST:
        raise NotKept(_("This is far too long to be kept. Make it shorter."))
    if slot.field is not None:
        _write_answer(entry, slot, value)
    elif slot.name.startswith("author_"):
        _write_author(entry, slot.name.removeprefix("author_"), value)
    elif slot.name in ("category", "nominee_member"):
        setattr(entry, f"{slot.name}_id", _key_of(entry, slot.name, value))
    else:
        _write_column(entry, slot.name, value)


def _write_answer(entry: Entry, slot: Slot, value: str) -> None:
    field = slot.field
    row = {"entry": entry, "field": field, "language": slot.language}
    if field.kind not in CHOSEN:
        EntryAnswer.objects.update_or_create(**row, defaults={"text": value})
        return
    keys = {as_key(word) for word in value.split(",")}
    answer, _is_new = EntryAnswer.objects.get_or_create(**row)
    answer.choices.set(one for one in field.choices.all() if one.pk in keys)


def _write_author(entry: Entry, column: str, value: str) -> None:
    author = entry.authors.order_by("pk").first() or Author(entry=entry)
    if column == "age":
        age = as_key(value)
        if value and (age is None or not 1 <= age <= 120):
            raise NotKept(_("An age is a number of years from 1 to 120."))
        author.age = age
    else:
        _refuse_long(value, AUTHOR[column])
        setattr(author, column, value)
    if not (author.given_name_ru or author.given_name_en):
        raise NotKept(_("Write the given name first: without it nothing about an author is kept."))
    author.save()


def _write_column(entry: Entry, name: str, value: str) -> None:
    if name == "language" and value not in (entry.round.languages or ("ru", "en")):
        raise NotKept(_("Choose one of the languages of the call."))
    if name == "nominee_kind" and value not in ("", *EntrantKind.values):
        raise NotKept(_("Choose one of the answers."))
    _refuse_long(value, {**OWN, **NOMINEE}[name])
    setattr(entry, name, value)


def _refuse_long(value: str, most: int) -> None:
    if most and len(value) > most:
        raise NotKept(
            _("At most %(most)d characters; there are %(count)d.")
            % {"most": most, "count": len(value)}
        )


def _key_of(entry: Entry, name: str, value: str) -> int | None:
    if not value:
        return None
    own = Category.objects.filter(round=entry.round_id) if name == "category" else choosable()
    found = own.filter(pk=as_key(value) or 0).values_list("pk", flat=True).first()
    if found is None:
        raise NotKept(_("Choose one of the answers."))
    return found


def choosable():
    """The cities of the public records: whoever enters names theirs, or the one they nominate."""
    return Member.objects.members()
