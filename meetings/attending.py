"""The attendance list: who is on it, who was there, who may vote, whether there is a quorum."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db import transaction
from django.utils.translation import gettext as _

from content import audit
from content.languages import in_language
from governance.composition import composition
from meetings import eligibility
from meetings.models import Attendance, Meeting
from meetings.refusals import Refused

Role = Attendance.Role
# What a row of the list takes over from who is named: the person and the mandate.
NAMED = ("person_id", "name_ru", "name_en", "has_mandate")


@dataclass(frozen=True)
class Row:
    """One person of the list. `why_not` says why a vote is missing; empty for voters."""

    attendance: Attendance
    name: str
    stands_for: str
    may_vote: bool
    why_not: str


@dataclass(frozen=True)
class Quorum:
    """How many are entitled, how many of them are there, how many it takes."""

    entitled: int
    needed: int
    present: int

    @property
    def is_reached(self) -> bool:
        return self.entitled > 0 and self.present >= self.needed

    @property
    def words(self) -> str:
        """ "Entitled to vote: 15, present: 9, quorum: 8. There is a quorum." """
        numbers = _("Entitled to vote: %(entitled)d, present: %(present)d, quorum: %(needed)d.")
        verdict = _("There is a quorum.") if self.is_reached else _("There is no quorum.")
        return f"{numbers} {verdict}" % vars(self)


def refuse_when_closed(meeting: Meeting) -> None:
    """Raise Refused when minutes are approved: what they say is changed no more."""
    if meeting.is_closed:
        raise Refused(_("The minutes are approved: the meeting is changed no more."))


@transaction.atomic
def prepare(meeting: Meeting, by) -> int:
    """Put everybody on the list who is named for the meeting; how many rows were added or changed.

    Rows of who is marked present stay as they are. The others follow the delegates of now: another
    person or mandate is taken over, who is named no more is taken off.
    """
    meeting = Meeting.objects.select_for_update().get(pk=meeting.pk)
    refuse_when_closed(meeting)
    wanted = _of_assembly(meeting) if meeting.is_general_assembly else _of_body(meeting)
    there = {_place(row): row for row in meeting.attendances.exclude(role=Role.GUEST)}
    new = [row for row in wanted if _place(row) not in there]
    Attendance.objects.bulk_create(new)
    number = len(new) + _refresh(wanted, there)
    if number:
        audit.record("meetings.attendance.prepared", meeting, by, f"{number} rows")
    return number


def _place(row: Attendance) -> tuple[int | None, int | None, str]:
    return row.seat_term_id, row.member_id, row.role


def _refresh(wanted: list[Attendance], there: dict[tuple, Attendance]) -> int:
    """Bring the rows that nobody has marked up to date; how many were changed or taken off."""
    unmarked = {place: row for place, row in there.items() if not row.is_present}
    number = 0
    for row in wanted:
        old = unmarked.pop(_place(row), None)
        if old and _named(old) != _named(row):
            for name, value in zip(NAMED, _named(row), strict=True):
                setattr(old, name, value)
            old.save()
            number += 1
    for gone in unmarked.values():
        gone.delete()
    return number + len(unmarked)


def _named(row: Attendance) -> tuple:
    return tuple(getattr(row, name) for name in NAMED)


def _of_assembly(meeting: Meeting) -> list[Attendance]:
    return [
        Attendance(
            meeting=meeting, member_id=row.member_id, role=row.role, person_id=row.person_id,
            name_ru=row.name_ru, name_en=row.name_en, has_mandate=row.has_mandate,
        )
        for row in meeting.delegates.all()
    ]  # fmt: skip


def _of_body(meeting: Meeting) -> list[Attendance]:
    rows = []
    for one in composition(meeting.body, meeting.day):
        if one.term and one.term.person_id:
            rows.append(_seated(meeting, one.term, one.term.person_id, Role.DELEGATE, True))
        for filling in filter(None, (one.delegate, one.substitute)):
            rows.append(
                _seated(meeting, one.term, filling.person_id, filling.role, filling.has_mandate)
            )
    return rows


def _seated(meeting, term, person_id: int, role: str, has_mandate: bool) -> Attendance:
    return Attendance(
        meeting=meeting, seat_term=term, person_id=person_id, role=role, has_mandate=has_mandate
    )


@transaction.atomic
def take(
    meeting: Meeting,
    present: Iterable[int],
    online: Iterable[int],
    by,
    listed: Iterable[int] | None = None,
) -> None:
    """Write down who of the list was there (numbers of rows), and who of them online.

    `listed` are the rows that were looked at, all when not given: who was put on the list by
    somebody else meanwhile stays as they are.
    """
    meeting = Meeting.objects.select_for_update().get(pk=meeting.pk)
    refuse_when_closed(meeting)
    rows, present, online = meeting.attendances, set(present), set(online)
    if listed is not None:
        rows = rows.filter(pk__in=set(listed))
    rows.exclude(pk__in=present).update(is_present=False)
    rows.filter(pk__in=present).update(is_present=True)
    rows.exclude(pk__in=online).update(mode=Attendance.Mode.IN_PERSON)
    rows.filter(pk__in=online).update(mode=Attendance.Mode.ONLINE)
    audit.record("meetings.attendance.taken", meeting, by, f"{len(present)} present")


@transaction.atomic
def add_guest(meeting: Meeting, *, name_ru: str, name_en: str, by) -> Attendance:
    """Put a guest who is there on the list; a name in one language at least.

    Raises Refused when the minutes are approved.
    """
    meeting = Meeting.objects.select_for_update(of=("self",)).get(pk=meeting.pk)
    refuse_when_closed(meeting)
    guest = Attendance(
        meeting=meeting, role=Role.GUEST, is_present=True, name_ru=name_ru, name_en=name_en
    )
    guest.save()
    audit.record("meetings.guest.added", meeting, by, guest.name_in("en"))
    return guest


def votes_there(meeting: Meeting) -> int | None:
    """How many of those marked present may vote; None while the list names nobody who was there."""
    if not meeting.attendances.exclude(role=Role.GUEST).filter(is_present=True).exists():
        return None
    found = eligibility.sheet(meeting)
    return quorum(meeting, rows(meeting, found), found).present


def rows(meeting: Meeting, sheet: eligibility.Sheet | None = None) -> list[Row]:
    """The list, those of one seat or member together, guests last; a fixed number of queries."""
    sheet = sheet or eligibility.sheet(meeting)
    found = meeting.attendances.select_related(
        "person", "member", "seat_term__seat", "seat_term__member", "seat_term__person"
    )
    listed = list(found)
    delegated = {
        _key(row) for row in listed if row.role == Role.DELEGATE and row.is_present
    }  # fmt: skip
    made = [_row(row, sheet, delegated) for row in listed]
    return sorted(made, key=lambda row: (row.attendance.role == Role.GUEST, row.stands_for,
                                         row.attendance.role, row.name))  # fmt: skip


def _key(row: Attendance) -> int | None:
    return row.member_id or row.seat_term_id


def _row(row: Attendance, sheet: eligibility.Sheet, delegated: set) -> Row:
    why_not = _why_not(row, sheet, delegated)
    return Row(
        attendance=row,
        name=row.name_in(),
        stands_for=_stands_for(row),
        may_vote=not why_not,
        why_not=why_not,
    )


def _stands_for(row: Attendance) -> str:
    if row.member_id:
        return in_language(row.member, "name")[0]
    if row.seat_term_id:
        owner = row.seat_term.member or row.seat_term.person
        field = "name" if row.seat_term.member_id else "full_name"
        return in_language(owner, field)[0]
    return ""


def _why_not(row: Attendance, sheet: eligibility.Sheet, delegated: set) -> str:
    if row.role == Role.GUEST:
        return _("Guest")
    if _key(row) not in sheet.keys:
        line = next((line for line in sheet.missing if line.key == _key(row)), None)
        return " ".join(line.missing) if line else _("Not entitled on the day of the meeting.")
    if row.role == Role.SUBSTITUTE and not row.has_mandate:
        return eligibility.no_mandate()
    if row.role == Role.SUBSTITUTE and _key(row) in delegated:
        return _("The delegate is there and votes.")
    return ""


def quorum(meeting: Meeting, listed: list[Row], sheet: eligibility.Sheet) -> Quorum:
    """The quorum of a meeting, from its attendance list: one vote a seat or a member."""
    voting = {_key(row.attendance) for row in listed if row.may_vote and row.attendance.is_present}
    return Quorum(entitled=len(sheet.eligible), needed=sheet.needed, present=len(voting))
