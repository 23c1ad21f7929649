"""Who a row of a report is: a participant, a city, nobody we know, or nobody to be counted.

Everything it may be is loaded once, in a handful of queries, however many rows there are.
"""

import datetime
import re
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field

from accounts.models import User
from attendance.importing_file import Line
from attendance.matching_names import likeness, name_parts, place_key
from attendance.models import Attendee
from events.columns import country_code
from events.models import Event, Participant
from members.models import Member

MOST_GUESSES = 5
SURE, LIKELY, BY_CITY = 100, 80, 40
OFFERED_FROM = 55
How, Outcome = Attendee.How, Attendee.Outcome
TEST = re.compile(
    r"(?:(?:тест|test|проба|проверка)(?:[\s\d_-].*)?|zoom ?user|recorder|запись|otter\.ai.*|"
    r"(?:meeting )?notetaker.*|test user.*)",
    re.IGNORECASE,
)
BRACKETS = re.compile(r"[(\[{<]([^)\]}>]*)[)\]}>]")
SEPARATORS = re.compile(r"\s*[,;/|•]\s*|\s+[-–—]\s+|_+")
CITY_WORDS = re.compile(
    r"^(?:г\.|город|city of|city|администрация|мэрия|акимат|хокимият|мэрия г\.|"
    r"администрация г\.|администрация города)\s*|\s+(?:city|шаары|қаласы)$",
    re.IGNORECASE,
)


@dataclass
class Person:
    """Rows of a report that are one person's."""

    lines: list[Line] = field(default_factory=list)
    name: str = ""
    names: list[str] = field(default_factory=list)  # without cities and brackets
    emails: set[str] = field(default_factory=set)
    places: list[str] = field(default_factory=list)  # what may be a city

    @property
    def parts(self) -> list[tuple[str, ...]]:
        return [name_parts(name) for name in self.names]

    @property
    def joined_at(self) -> datetime.datetime | None:
        return min((line.joined_at for line in self.lines if line.joined_at), default=None)

    @property
    def left_at(self) -> datetime.datetime | None:
        return max((line.left_at for line in self.lines if line.left_at), default=None)

    @property
    def minutes(self) -> int | None:
        known = [line.minutes for line in self.lines if line.minutes is not None]
        return sum(known) if known else None


@dataclass(frozen=True)
class Verdict:
    """What is found out about a person of a report."""

    outcome: str
    how: str = How.NOBODY
    participant: Participant | None = None
    member: Member | None = None
    country: str = ""
    guesses: tuple[dict, ...] = ()


def people_of(lines: Iterable[Line], is_city) -> list[Person]:
    """The rows, those of one person merged, in the order of their first rows.

    One person: the same full name, a short one with the same address or none, or the same address
    where one of the names is not a full one.
    """
    found: list[Person] = []
    by_name: dict[tuple, Person] = {}
    by_email: dict[str, list[Person]] = defaultdict(list)
    for line in lines:
        one = _split(line, is_city)
        is_full = any(len(parts) >= 2 for parts in one.parts)
        address = "" if is_full else line.email
        key = (frozenset(one.parts), frozenset(map(place_key, one.places)), address)
        same = by_name.get(key) or _same_address(one, by_email.get(line.email, []))
        if same is None:
            found.append(one)
            same = one
        else:
            same.lines.append(line)
            same.emails |= one.emails
        by_name.setdefault(key, same)
        if line.email and same not in by_email[line.email]:
            by_email[line.email].append(same)
    return found


def _same_address(one: Person, others: list[Person]) -> Person | None:
    """Two full names that differ share an address at most."""
    for other in others:
        pairs = [(mine, theirs) for mine in one.parts for theirs in other.parts]
        is_partial = any(len(mine) < 2 or len(theirs) < 2 for mine, theirs in pairs)
        if not pairs or is_partial or any(likeness(*pair) >= LIKELY for pair in pairs):
            return other
    return None


def _split(line: Line, is_city) -> Person:
    """Name, other names in brackets, cities: whatever way they were typed into one field."""
    inside = BRACKETS.findall(line.name)
    outside = BRACKETS.sub(" ", line.name)
    pieces = [one.strip() for one in [*SEPARATORS.split(outside), *inside] if one.strip()]
    places = [one for one in pieces if is_city(one)]
    if line.city:
        places.append(line.city)
    names = [one for one in pieces if one not in places and name_parts(one)]
    emails = {line.email} if line.email else set()
    shown = line.name or line.email
    return Person([line], shown, names or ([] if places else [shown]), emails, places)


class Known:
    """The participants of one event and all members, ready to be compared with."""

    def __init__(self, event: Event):
        self.members = {one.pk: one for one in Member.objects.select_related("country")}
        self.by_place: dict[str, set[int]] = defaultdict(set)
        for one in self.members.values():
            for name in one.name_search.split("\n"):
                self.by_place[place_key(name)].add(one.pk)
        self.by_place.pop("", None)
        people = event.participants.active().select_related("delegation__member__country")
        self.people = list(people.order_by("pk"))
        self.by_email = {one.email.lower(): one for one in self.people if one.email}
        self.spelled = {
            one.pk: [name_parts(name) for name in (one.name_cyrillic, one.name_latin) if name]
            for one in self.people
        }
        self.sitting = self._representatives()

    def _representatives(self) -> dict[str, int]:
        """Addresses of representatives -> their member, where it is one alone."""
        rows = User.objects.filter(mandates__isnull=False).values_list("email", "mandates__member")
        found: dict[str, set[int]] = defaultdict(set)
        for email, member in rows:
            found[email.lower()].add(member)
        return {email: members.pop() for email, members in found.items() if len(members) == 1}

    def cities(self, text: str) -> set[int]:
        """The members that bear this name or alias, today or once."""
        plain = CITY_WORDS.sub("", text.strip()).strip()
        for one in (text, plain):
            if found := self.by_place.get(place_key(one)):
                return found
        return set()

    def is_city(self, text: str) -> bool:
        return bool(self.cities(text))


def judge(person: Person, known: Known, hosts: frozenset[str]) -> Verdict:
    """What one person of a report is. `hosts`: addresses and folded names not to be counted."""
    if why := _ignored(person, hosts):
        return Verdict(Outcome.IGNORED, why)
    for email in sorted(person.emails):
        if found := known.by_email.get(email):
            return _matched(found, How.EMAIL)
    cities = set().union(*(known.cities(place) for place in person.places))
    scored = _scored(person, known)
    best = [one for points, one in scored if points >= SURE]
    likely = [one for points, one in scored if points >= LIKELY]
    at_home = [one for one in likely if one.delegation.member_id in cities]
    if len(best) == 1 and (not cities or best[0].delegation.member_id in cities):
        return _matched(best[0], How.NAME)
    if len(at_home) == 1:
        return _matched(at_home[0], How.NAME_AND_CITY)
    if guesses := _guesses(scored, cities):
        return Verdict(Outcome.OFFERED, guesses=guesses)
    return _by_city(person, cities, known)


def _by_city(person: Person, cities: set[int], known: Known) -> Verdict:
    """Nobody of that name: the city alone, or a representative's address."""
    for email in sorted(person.emails):
        if pk := known.sitting.get(email):
            return _of_member(known.members[pk], How.EMAIL)
    if len(cities) == 1:
        return _of_member(known.members[next(iter(cities))], How.CITY)
    if cities:
        rows = tuple(
            {"participant": None, "member": pk, "points": BY_CITY} for pk in sorted(cities)
        )
        return Verdict(Outcome.OFFERED, guesses=rows[:MOST_GUESSES])
    return Verdict(Outcome.UNKNOWN)


def _ignored(person: Person, hosts: frozenset[str]) -> str:
    if any(email in hosts for email in person.emails):
        return How.HOST
    if any(" ".join(parts) in hosts for parts in person.parts):
        return How.HOST
    if TEST.fullmatch(person.name.strip()):
        return How.TEST
    return ""


def _scored(person: Person, known: Known) -> list[tuple[int, Participant]]:
    """Participants who may be meant, the likeliest first."""
    found = []
    for one in known.people:
        points = max(
            (likeness(mine, theirs) for mine in person.parts for theirs in known.spelled[one.pk]),
            default=0,
        )
        if points >= OFFERED_FROM:
            found.append((points, one))
    return sorted(found, key=lambda row: (-row[0], row[1].pk))


def _guesses(scored: list, cities: set[int]) -> tuple[dict, ...]:
    """The likeliest people, those of the city named first, and the city itself behind them."""
    rows = [
        {
            "participant": one.pk,
            "member": one.delegation.member_id,
            "points": min(99, points + (10 if one.delegation.member_id in cities else 0)),
        }
        for points, one in scored
    ]
    rows.sort(key=lambda row: (-row["points"], row["participant"]))
    if rows:
        rows = rows[: MOST_GUESSES - 1]
        rows += [{"participant": None, "member": pk, "points": BY_CITY} for pk in sorted(cities)]
    return tuple(rows[:MOST_GUESSES])


def _matched(one: Participant, how: str) -> Verdict:
    return Verdict(Outcome.MATCHED, how, one, one.delegation.member, country_code(one))


def _of_member(member: Member, how: str) -> Verdict:
    return Verdict(Outcome.MATCHED, how, None, member, member.country.code)
