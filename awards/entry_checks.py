"""Whether an entry is complete and right: judged when it is sent, by what its draft holds."""

import datetime
import re
from decimal import Decimal, InvalidOperation

from django.core.exceptions import ValidationError
from django.core.validators import URLValidator
from django.utils.translation import gettext as _

from awards.entry_slots import FILES, Kind, Slot, file_name, questions_of, read, slots_of
from awards.models import Entry, EntryField, Round

LINK = URLValidator(schemes=["http", "https"])
NUMBER = re.compile(r"^-?\d{1,15}([.,]\d{1,6})?\Z")
NEEDED = "required"


def problems(entry: Entry) -> dict[str, str]:
    """What is wrong by the name of the input, "" for the whole; empty when it can be sent."""
    values = read(entry)
    found = {**_own(entry, values), **_nominee(entry), **_author(entry, values)}
    asked = [one for one in slots_of(entry.round) if one.field and concerns(one.field, entry)]
    answers = {slot.name: _answer(slot, values[slot.name]) for slot in asked}
    found |= {name: problem for name, problem in answers.items() if problem}
    return {**found, **_files(entry)}


def missing(entry: Entry) -> int:
    """How many inputs still have to be filled in or put right before it can be sent."""
    return len(problems(entry))


def concerns(field: EntryField, entry: Entry) -> bool:
    """Whether a question is asked in the category of an entry."""
    return field.category_id is None or field.category_id == entry.category_id


def too_long(slot: Slot, value: str) -> str:
    """Why a text is too long, as a sentence; empty when it is not. Said while it is typed, too."""
    most = slot.field.max_length if slot.field else None
    if not most or len(value) <= most:
        return ""
    return _("At most %(most)d characters; there are %(count)d. Nothing of it is lost.") % {
        "most": most, "count": len(value),
    }  # fmt: skip


def _own(entry: Entry, values: dict[str, str]) -> dict[str, str]:
    found = {}
    if not (values["title_ru"] or values["title_en"]):
        name = "title_en" if entry.language == "en" else "title_ru"
        found[name] = _("Give a title, in Russian or in English.")
    if entry.category_id is None and entry.round.categories.exists():
        found["category"] = _("Choose a category.")
    return found


def _nominee(entry: Entry) -> dict[str, str]:
    if entry.round.nominated_by == Round.NominatedBy.THEMSELVES:
        return {}
    is_named = entry.nominee_member_id or entry.nominee_ru or entry.nominee_en
    if not is_named:
        if entry.round.nominated_by == Round.NominatedBy.EITHER:
            return {}
        return {"nominee_ru": _("Name whom you nominate.")}
    own = entry.entrant.home_id
    if own and entry.nominee_member_id == own and entry.round.nominated_by == "others":
        return {"nominee_member": _("In this call nobody nominates themselves. Choose another.")}
    return {}


def _author(entry: Entry, values: dict[str, str]) -> dict[str, str]:
    """Of a child: given name, and an age that the category takes."""
    if not entry.round.is_for_children:
        return {}
    if not (values["author_given_name_ru"] or values["author_given_name_en"]):
        return {"author_given_name_ru": _("Give the first name of the author.")}
    age, category = values["author_age"], entry.category
    if not age:
        return {"author_age": _("Give the age of the author.")}
    if category and category.min_age and not category.min_age <= int(age) <= category.max_age:
        return {
            "author_age": _("This category is for ages from %(from)d to %(to)d.")
            % {"from": category.min_age, "to": category.max_age}
        }
    return {}


def _answer(slot: Slot, value: str) -> str:
    if not value or (slot.field.kind == Kind.YES_NO and slot.field.is_required and value != "yes"):
        return _("This must be answered.") if slot.field.is_required else ""
    return too_long(slot, value) or _malformed(slot.field.kind, value)


def _malformed(kind: str, value: str) -> str:
    if kind == Kind.NUMBER and not _is_number(value):
        return _("Write a number, such as 12 or 12.5.")
    if kind == Kind.DATE and not _is_day(value):
        return _("Write a date, such as 2026-03-31.")
    if kind == Kind.LINK:
        try:
            LINK(value)
        except ValidationError:
            return _("Write a whole web address that begins with https://.")
    return ""


def _is_number(value: str) -> bool:
    try:
        Decimal(value.replace(",", "."))
    except InvalidOperation:
        return False
    return bool(NUMBER.match(value))


def _is_day(value: str) -> bool:
    try:
        datetime.date.fromisoformat(value)
    except ValueError:
        return False
    return True


def _files(entry: Entry) -> dict[str, str]:
    """Questions that need a file and have none; the work itself in a contest of children."""
    sent = set(entry.files.values_list("field_id", flat=True))
    found = {
        file_name(field): _("Upload a picture.") if field.kind == "picture" else _("Upload a file.")
        for field in questions_of(entry.round)
        if field.kind in FILES and field.is_required and concerns(field, entry)
        and field.pk not in sent
    }  # fmt: skip
    if entry.round.is_for_children and None not in sent:
        found[file_name(None)] = _("Upload the picture of the work.")
    return found
