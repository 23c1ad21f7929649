"""People as a delegation names them, and what is wrong with a list of them."""

import re
import unicodedata
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from django.db.models.functions import Lower
from django.utils.translation import gettext as _

from content.editing import CONFLICT
from events.models import Delegation, Event, Participant
from events.models.registration import ACTIVE


@dataclass(frozen=True)
class Person:
    """One person as a delegation names them; `pk` for somebody who is registered already.

    None in `rank`, `mode`, `is_listed` or `parts` leaves what is stored as it is. `parts` are keys
    of events: the parts of the event that the person takes part in.
    """

    name_cyrillic: str = ""
    name_latin: str = ""
    position_ru: str = ""
    position_en: str = ""
    email: str = ""
    language: str = "ru"
    is_head: bool = False
    pk: int | None = None
    rank: int | None = None
    mode: str | None = None
    is_listed: bool | None = None
    parts: frozenset[int] | None = None

    FIELDS = (
        "name_cyrillic", "name_latin", "position_ru", "position_en", "email", "language"
    )  # fmt: skip
    KEPT_UNLESS_SAID = ("rank", "mode", "is_listed")

    def values(self) -> dict:
        """Columns of a participant that shall be written; what was not said is not among them."""
        said = {
            name: getattr(self, name)
            for name in self.KEPT_UNLESS_SAID
            if getattr(self, name) is not None
        }
        return {**{name: getattr(self, name) for name in self.FIELDS}, **said}


@dataclass(frozen=True)
class Problem:
    """What is wrong: with a row of the form (from 0) and its field, or with the whole."""

    message: str
    row: int | None = None
    field: str | None = None


class RegistrationRefused(Exception):
    """Nothing was written."""

    def __init__(self, *problems: Problem):
        super().__init__("; ".join(problem.message for problem in problems))
        self.problems = list(problems)


class DelegationChanged(RegistrationRefused):
    """Somebody saved the delegation meanwhile: `delegation` is what is stored now."""

    def __init__(self, delegation: Delegation):
        super().__init__(Problem(str(CONFLICT)))
        self.delegation = delegation


class TooLate(RegistrationRefused):
    """The deadline is over: the secretariat may still be asked, see `events.changes`."""


Check = Callable[[Event, Delegation, Sequence[Person]], Iterable[Problem]]
_checks: list[Check] = []


def register_check(check: Check) -> Check:
    """Register what an app above refuses in a delegation, such as one passport in two rows.

    `check` takes event, delegation and people in order; it yields problems with their rows.
    """
    if check not in _checks:
        _checks.append(check)
    return check


def refuse_bad_rows(event: Event, delegation: Delegation, people: Sequence[Person]) -> None:
    """RegistrationRefused with every problem there is; the event is locked."""
    if not people:
        raise RegistrationRefused(Problem(_("Name at least one person.")))
    problems = [*_too_many_heads(people), *_nameless(people), *doubles(people)]
    problems += _registered_elsewhere(event, delegation, people)
    for check in _checks:
        problems += check(event, delegation, people)
    if problems:
        raise RegistrationRefused(*problems)


def _too_many_heads(people: Sequence[Person]):
    heads = [row for row, person in enumerate(people) if person.is_head]
    for row in heads[1:]:
        yield Problem(_("A delegation has one head."), row, "is_head")


def _nameless(people: Sequence[Person]):
    for row, person in enumerate(people):
        if not (person.name_cyrillic or person.name_latin):
            message = _("Give the name in Cyrillic or in Latin letters.")
            yield Problem(message, row, "name_cyrillic")


def _row_words() -> dict[str, Callable[[int], str]]:
    return {
        "email": lambda row: _("The same e-mail as person %(number)d.") % {"number": row + 1},
        "name": lambda row: _("The same name as person %(number)d.") % {"number": row + 1},
    }


def doubles(people: Sequence[Person], words: dict[str, Callable[[int], str]] | None = None):
    """The same person twice: one address, or one name unless two addresses tell them apart.

    Yields problems; `words` says "the same as row …" of an "email" and of a "name".
    """
    words = words or _row_words()
    addresses: dict[str, int] = {}
    names: dict[tuple[str, str], list[int]] = {}
    for row, person in enumerate(people):
        if person.email and (first := addresses.setdefault(person.email.lower(), row)) != row:
            yield Problem(words["email"](first), row, "email")
        elif (twin := _twin(person, people, names)) is not None:
            yield Problem(words["name"](twin), row, name_field(person))
        for key in _name_keys(person):
            names.setdefault(key, []).append(row)


def _name_keys(person: Person) -> list[tuple[str, str]]:
    found = [("cyrillic", folded(person.name_cyrillic)), ("latin", folded(person.name_latin))]
    return [key for key in found if key[1]]


def _twin(person: Person, people: Sequence[Person], names) -> int | None:
    """The first row before with the same name that no two addresses tell apart."""
    rows = sorted({row for key in _name_keys(person) for row in names.get(key, [])})
    return next((row for row in rows if not (person.email and people[row].email)), None)


def name_field(person: Person) -> str:
    """The field in which the name of this person stands."""
    return "name_cyrillic" if person.name_cyrillic else "name_latin"


def folded(name: str) -> str:
    """A name as it is compared: without case, spare spaces, and the dots of ё."""
    text = unicodedata.normalize("NFC", name).casefold().replace("ё", "е")
    return re.sub(r"\s+", " ", text).strip()


def _registered_elsewhere(event: Event, delegation: Delegation, people: Sequence[Person]):
    """Addresses that others have registered for this event."""
    wanted = {person.email.lower() for person in people if person.email}
    if not wanted:
        return
    found = set(
        Participant.objects.filter(event=event, status__in=ACTIVE)
        .exclude(delegation=delegation, whole__isnull=True)
        .annotate(address=Lower("email"))
        .filter(address__in=wanted)
        .values_list("address", flat=True)
    )
    for row, person in enumerate(people):
        if person.email.lower() in found:
            message = _("Somebody with this e-mail is registered for this event already.")
            yield Problem(message, row, "email")
