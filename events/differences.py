"""What a request after the deadline would change: person by person, field by field, old and new."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from content.languages import in_language
from events import change_requests, part_places, registration
from events.models import ChangeRequest, Delegation, Event, Participant
from events.people import Person

KINDS = ("added", "removed", "changed")
LANGUAGES: dict[str, str] = dict(Participant._meta.get_field("language").choices)


@dataclass(frozen=True)
class Difference:
    """One person: `kind` is one of KINDS; `lines` are (label, old, new), "" for nothing."""

    name: str
    kind: str
    lines: list[tuple[str, str, str]]

    @property
    def kind_words(self) -> str:
        return {"added": _("new"), "removed": _("leaves")}.get(self.kind, _("changed"))


def of(request: ChangeRequest, delegation: Delegation) -> list[Difference]:
    """The difference between what is stored now and what was asked for, in the wanted order."""
    present = list(registration.own_people(delegation))
    wanted = change_requests.shall_be(request, delegation)
    parts, titles = part_places.taken_by(present), _titles(delegation.event)
    by_pk = {row.pk: row for row in present}
    named = {person.pk for person in wanted}
    orders = {pk: number for number, pk in enumerate([p for p in by_pk if p in named], 1)}
    found, number = [], 0
    for person in wanted:
        old = by_pk.get(person.pk)
        number += old is not None
        here = {one.event_id for one in parts.get(person.pk, [])}
        order = (orders.get(person.pk, number), number)
        found.append(_of_person(person, old, here, titles, order))
    found += [Difference(str(row), "removed", []) for pk, row in by_pk.items() if pk not in named]
    return [one for one in found if one.lines or one.kind != "changed"] + _of_whole(
        request, delegation
    )


def _of_person(person: Person, old: Participant | None, here, titles, order) -> Difference:
    name = person.name_cyrillic or person.name_latin
    if old is None:
        lines = [
            (label, "", new) for label, _old, new in _lines(person, None, set(), titles) if new
        ]
        return Difference(name, "added", lines)
    lines = [line for line in _lines(person, old, here, titles) if line[1] != line[2]]
    if order[0] != order[1]:
        lines.append((_("Number in the list"), str(order[0]), str(order[1])))
    return Difference(str(old), "changed", lines)


def _lines(person: Person, old: Participant | None, here: set[int], titles: dict[int, str]):
    for name in Person.FIELDS:
        before = (getattr(old, name) or "") if old else ""
        yield _label(name), _in_words(name, before), _in_words(name, getattr(person, name))
    yield _label("is_head"), _yes(old is not None and old.is_head), _yes(person.is_head)
    for name in Person.KEPT_UNLESS_SAID:
        value = getattr(person, name)
        if value is not None:
            yield _label(name), _shown(old, name) if old else "", _said(name, value)
    if person.parts is not None:
        yield _("Takes part in"), _named(here, titles), _named(person.parts, titles)


def _of_whole(request: ChangeRequest, delegation: Delegation) -> list[Difference]:
    note = request.wanted.get("note")
    if note is None or note == delegation.note:
        return []
    line = (_("Note for the secretariat"), delegation.note, note)
    return [Difference(_("The delegation as a whole"), "changed", [line])]


def _titles(event: Event) -> dict[int, str]:
    return {part.pk: in_language(part, "title")[0] for part in part_places.announced(event)}


def _named(keys, titles: dict[int, str]) -> str:
    return ", ".join(title for pk, title in titles.items() if pk in keys)


def _label(name: str) -> str:
    text = str(Participant._meta.get_field(name).verbose_name)
    return text[:1].upper() + text[1:]


def _in_words(name: str, value: str) -> str:
    """A language by its name, everything else as it was typed."""
    return LANGUAGES.get(value, value) if name == "language" else value


def _yes(value: bool) -> str:
    return _("yes") if value else ""


def _shown(row: Participant, name: str) -> str:
    return _said(name, getattr(row, name))


def _said(name: str, value) -> str:
    if name == "is_listed":
        return _yes(value)
    kinds = Participant.Rank if name == "rank" else Participant.Mode
    return str(kinds(value).label)
