"""The eligibility sheet: who may vote at a meeting, and what the others lack."""

from collections import defaultdict
from dataclasses import dataclass, field

from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from content.languages import in_language, reading_order
from dues import standing
from governance.composition import Row, composition
from meetings.models import AssemblyDelegate, Meeting
from members.models import Member


@dataclass(frozen=True)
class Line:
    """One member of an assembly, or one seat of a body.

    `key` is the member's number in an assembly, that of the term of the seat elsewhere; `marks`
    say what a reader of the list must know; `missing` what bars from voting: sentences.
    """

    key: int
    name: str
    delegate: str
    substitute: str
    seat: str = ""
    marks: list[str] = field(default_factory=list)
    missing: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class Sheet:
    """Both tables. Quorum is counted of the first one alone."""

    eligible: list[Line]
    missing: list[Line]
    needed: int

    @cached_property
    def keys(self) -> set[int]:
        return {line.key for line in self.eligible}

    @property
    def quorum_line(self) -> str:
        """ "Entitled to vote: 41. Quorum: 21." """
        number = len(self.eligible)
        words = ngettext(
            "Entitled to vote: %(number)d. Quorum: %(needed)d.",
            "Entitled to vote: %(number)d. Quorum: %(needed)d.",
            number,
        )
        return words % {"number": number, "needed": self.needed}


def no_mandate() -> str:
    """What is said of a substitute without a mandate, wherever one is named."""
    return _("The substitute has no mandate: may speak, may not vote.")


def needed_of(share, number: int) -> int:
    """The smallest number of votes that is more than this share of so many; 0 of none."""
    return int(share * number) + 1 if number else 0


def sheet(meeting: Meeting) -> Sheet:
    """The sheet of a meeting in the reader's language: seats, names and dues of its day.

    The number of queries does not grow with the members.
    """
    lines = _of_members(meeting) if meeting.is_general_assembly else _of_seats(meeting)
    eligible = [line for line in lines if not line.missing]
    return Sheet(
        eligible=eligible,
        missing=[line for line in lines if line.missing],
        needed=needed_of(meeting.body.quorum_share, len(eligible)),
    )


def _of_members(meeting: Meeting) -> list[Line]:
    language = reading_order()[0]
    members = list(
        Member.objects.members(meeting.day)
        .with_name_on(meeting.day)
        .order_by(f"sort_key_{language}", "pk")
    )
    paid = standing.paid_up([member.pk for member in members], meeting.day)
    named: dict[int, dict[str, AssemblyDelegate]] = defaultdict(dict)
    for row in meeting.delegates.select_related("person"):
        named[row.member_id][row.role] = row
    return [_member_line(member, named[member.pk], member.pk in paid) for member in members]


def _member_line(member: Member, named: dict[str, AssemblyDelegate], has_paid: bool) -> Line:
    delegate, substitute = named.get("delegate"), named.get("substitute")
    marks, missing = [], [] if has_paid else [_("The due is not paid.")]
    may_replace = substitute is not None and substitute.is_coming and substitute.has_mandate
    if substitute is not None and not substitute.has_mandate:
        marks.append(no_mandate())
    if substitute is None:
        marks.append(_("No substitute is named."))
    if delegate is None and not may_replace:
        missing.append(_("No delegate is named."))
    elif delegate is not None and not delegate.is_coming:
        marks.append(_("The delegate cannot come."))
        if not may_replace:
            missing.append(_("Nobody who comes may vote."))
    elif delegate is not None and not delegate.has_mandate:
        marks.append(_("The mandate of the delegate is not there yet."))
    return Line(
        key=member.pk,
        name=_dated_name(member),
        delegate=delegate.name_in() if delegate else "",
        substitute=substitute.name_in() if substitute else "",
        marks=marks,
        missing=missing,
    )


def _dated_name(member: Member) -> str:
    """The name that the member bore on the day of the meeting."""
    found = (getattr(member, f"dated_name_{code}") for code in reading_order())
    return next(filter(None, found), str(member))


def owner_name(row: Row) -> str:
    """Whom the seat belongs to, as it was called on the day of the composition."""
    if row.term.member_id:
        return _dated_name(row.owner)
    return in_language(row.owner, "full_name")[0]


def _of_seats(meeting: Meeting) -> list[Line]:
    return [_seat_line(row) for row in composition(meeting.body, meeting.day) if row.term]


def _seat_line(row: Row) -> Line:
    marks, missing = [], []
    if row.substitute is not None and not row.substitute_may_vote:
        marks.append(no_mandate())
    if row.person is None and not row.substitute_may_vote:
        missing.append(_("The seat is to be filled: no delegate is named."))
    return Line(
        key=row.term.pk,
        name=owner_name(row),
        delegate=in_language(row.person, "full_name")[0] if row.person else "",
        substitute=in_language(row.substitute.person, "full_name")[0] if row.substitute else "",
        seat=in_language(row.seat, "title")[0],
        marks=marks,
        missing=missing,
    )
