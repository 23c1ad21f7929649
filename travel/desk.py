"""The visa desk of one event: who has given data, who has a letter, which letters are out."""

from dataclasses import dataclass, field

from django.utils.translation import gettext as _

from events.models import Delegation, Event, Participant
from travel import passports
from travel.models import VisaLetter


@dataclass(frozen=True)
class DeskPerson:
    """One person: `state` in words, `marks` what staff should look at; nothing of the passport."""

    person: Participant
    state: str
    has_passport: bool
    marks: list[str]


@dataclass(frozen=True)
class DeskDelegation:
    """One delegation with its people and the letters made for it."""

    delegation: Delegation
    sender: str
    people: list[DeskPerson]
    letters: list[VisaLetter] = field(default_factory=list)

    @property
    def given(self) -> int:
        return sum(one.has_passport for one in self.people)


def delegations(event: Event) -> list[DeskDelegation]:
    """All delegations of an event, by the names of their members; five queries."""
    grouped: dict[Delegation, list[DeskPerson]] = {}
    for person in passports.people_of(event):
        person.delegation.event = event
        grouped.setdefault(person.delegation, []).append(_desk_person(person))
    letters: dict[int, list[VisaLetter]] = {}
    for letter in VisaLetter.objects.filter(delegation__in=grouped).select_related("made_by"):
        letters.setdefault(letter.delegation_id, []).append(letter)
    return [
        DeskDelegation(delegation, delegation.sender_in(), people, letters.get(delegation.pk, []))
        for delegation, people in grouped.items()
    ]


def _desk_person(person: Participant) -> DeskPerson:
    passport = getattr(person, "passport", None)
    letters = person.visa_letters.all()
    if passport is None:
        online = person.mode == Participant.Mode.ONLINE
        state = _("takes part online") if online else _("asked, nothing given")
        return DeskPerson(person, state, False, [])
    if any(letter.sent_at for letter in letters):
        state = _("letter sent")
    else:
        state = _("letter made") if letters else _("data received")
    marks = [_("expires within six months after the event")] * passports.expires_soon(passport)
    if letters and passport.changed_at > max(letter.made_at for letter in letters):
        marks.append(_("data were given anew after the letter"))
    return DeskPerson(person, state, True, marks)
