"""Dated names: what a member was called on a day, and what it is called today.

`Member.name_ru` and `name_en` always hold the name of today. Whoever writes a `MemberName` through
`save` or `delete` needs to do nothing else; after a bulk write call `refresh_current` or
`refresh_stale`. The nightly task does the same when a name begins or ends with the day.
"""

import datetime
import itertools
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Case, CharField, Exists, F, OuterRef, Q, QuerySet, Subquery, When
from django.db.models.functions import TruncDate
from django.utils import timezone
from django.utils.translation import gettext as _

from content import dated
from content.dates import day_text
from content.languages import LANGUAGE_CODES, in_language
from members.models import Member, MemberName
from members.models.member import DERIVED_FROM_NAMES

ONE_DAY = datetime.timedelta(days=1)


@dataclass(frozen=True)
class FormerName:
    """A name of the past as a page shows it: "2019–2022", the name and its language."""

    years: str
    text: str
    language: str


def _names(member: Member) -> list[MemberName]:
    """The borne names, aliases apart, first to last."""
    rows = [row for row in member.names.all() if row.kind == MemberName.Kind.NAME]
    return sorted(rows, key=lambda row: (row.starts_on or datetime.date.min, row.pk or 0))


def native_name(member: Member, day: datetime.date | None = None) -> tuple[str, str]:
    """The name in the member's own language on that day, and that language ("" for unknown)."""
    row = next((row for row in _names(member) if row.is_valid_on(day)), None)
    return (row.native, row.native_language) if row else ("", "")


def name_on(
    member: Member, day: datetime.date | None = None, language: str | None = None
) -> tuple[str, str]:
    """The name borne on that day (today when not given) and the language it is in.

    For everything that bears a date: a diploma, a minute, a list of an event. Reads `member.names`
    (prefetch them for a list); where no name is valid on that day, the present one.
    """
    row = next((row for row in _names(member) if row.is_valid_on(day)), None)
    return in_language(row or member, "name", language)


def with_names_then(rows: QuerySet, member: str, day: str) -> QuerySet:
    """Rows with `name_then_ru` and `name_then_en`: what a member was called on the day of a row.

    `member` is the path to the member, `day` that to a moment: "delegation__member",
    "event__starts_at". No query per row; without a name of that day the present one.
    """
    borne = MemberName.objects.filter(
        Q(starts_on__isnull=True) | Q(starts_on__lte=OuterRef("_day_then")),
        Q(ends_on__isnull=True) | Q(ends_on__gte=OuterRef("_day_then")),
        member=OuterRef(member), kind=MemberName.Kind.NAME,
    )  # fmt: skip
    zone = timezone.get_default_timezone()
    return rows.alias(_day_then=TruncDate(day, tzinfo=zone)).annotate(
        **{
            f"name_then_{code}": Case(
                When(Exists(borne), then=Subquery(borne.values(f"name_{code}")[:1])),
                default=F(f"{member}__name_{code}"),
                output_field=CharField(),
            )
            for code in LANGUAGE_CODES
        }
    )


def former_names(member: Member, day: datetime.date | None = None) -> list[FormerName]:
    """Names that are over on that day and differ from the one of the day, the latest first."""
    day = day or dated.today()
    present = {member.name_ru, member.name_en}
    found = []
    for row in reversed(_names(member)):
        text, language = in_language(row, "name")
        if row.ends_on and row.ends_on < day and not {row.name_ru, row.name_en} & present:
            found.append(FormerName(_years(row), text, language))
    return found


def _years(row: MemberName) -> str:
    if row.starts_on is None:
        return _("until %(year)d") % {"year": row.ends_on.year}
    if row.starts_on.year == row.ends_on.year:
        return str(row.starts_on.year)
    return f"{row.starts_on.year}–{row.ends_on.year}"


def give_first_name(member: Member) -> MemberName | None:
    """Write the name that a new member was made with as its first dated one, without days.

    A member that has names already keeps them: None.
    """
    if MemberName.objects.filter(member=member).exists():
        return None
    return MemberName.objects.create(member=member, name_ru=member.name_ru, name_en=member.name_en)


def refresh_current(member: Member) -> bool:
    """Bring one member's derived names up to date; says whether anything changed."""
    fresh = Member.objects.get(pk=member.pk)
    changed = fresh.take_names(MemberName.objects.filter(member=fresh))
    if changed:
        fresh.save(update_fields=DERIVED_FROM_NAMES)
    return changed


def refresh_stale() -> int:
    """Bring every member up to date whose name changed with the day; says how many there were.

    Two queries however many members there are, and a few for each one that changes.
    """
    columns = ["pk", "slug", *DERIVED_FROM_NAMES]
    stale = [
        member
        for member in Member.objects.only(*columns).prefetch_related("names")
        if member.take_names(member.names.all())
    ]
    for member in stale:
        refresh_current(member)
    return len(stale)


def gaps_and_overlaps(rows: Iterable[MemberName]) -> list[str]:
    """What is wrong with the days of one member's names, in sentences; nothing when they join.

    Aliases may overlap with anything and are left out.
    """
    names = [row for row in rows if row.kind == MemberName.Kind.NAME]
    names.sort(key=lambda row: (row.starts_on or datetime.date.min, row.pk or 0))
    return [
        problem
        for earlier, later in itertools.pairwise(names)
        if (problem := _seam(earlier, later))
    ]


def _seam(earlier: MemberName, later: MemberName) -> str:
    """What is wrong between two names that follow one another; empty when the seam is tight."""
    if later.starts_on is None:
        return _("Two names have no first day: “%(earlier)s” and “%(later)s”. Only one may.") % {
            "earlier": earlier,
            "later": later,
        }
    last_day = later.starts_on - ONE_DAY
    words = {
        "earlier": earlier,
        "later": later,
        "start": day_text(later.starts_on),
        "needed": day_text(last_day),
    }
    if earlier.ends_on is None or earlier.ends_on > last_day:
        return (
            _(
                "“%(earlier)s” and “%(later)s” overlap: “%(later)s” begins on %(start)s, so the "
                "last valid day of “%(earlier)s” is %(needed)s."
            )
            % words
        )
    if earlier.ends_on < last_day:
        return (
            _(
                "Between “%(earlier)s” and “%(later)s” there are days without a name: "
                "“%(later)s” begins on %(start)s, so the last valid day of “%(earlier)s” is "
                "%(needed)s."
            )
            % words
        )
    return ""
