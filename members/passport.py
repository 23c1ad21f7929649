"""The passport of a member: all that its public page shows from the records of this app.

Everything is as of a day; what the upper apps know stands in blocks of their own.
"""

import datetime
import zoneinfo
from dataclasses import dataclass, field
from urllib.parse import urlsplit

from django.db.models import OuterRef, QuerySet, Subquery, prefetch_related_objects
from django.utils import timezone
from django.utils.translation import gettext as _

from content import cacheversion, dated
from content.dates import local_day, since_text
from content.languages import in_language
from content.models import Picture
from content.timezones import zone_words
from members import (
    activity,
    composition,
    confirmation,
    departments,
    figures,
    lifecycle,
    membership,
    naming,
)
from members.models import (
    Confirmation,
    Department,
    Member,
    MemberFigure,
    MemberName,
    SizeCategory,
    StatusChange,
)

# The chronicle shows so many years at once; earlier ones are folded away.
YEARS_AT_ONCE = 6
A_YEAR = datetime.timedelta(days=365)


@dataclass(frozen=True)
class Population:
    """Inhabitants in a year, who says so (with the language of that), and the size category."""

    value: int
    year: int
    source: str
    source_language: str
    size: SizeCategory | None


@dataclass(frozen=True)
class Kept:
    """Who keeps the page: `confirmed_on` by the city, or None; `letter_of` the day of a letter on
    paper by which it was; `review_on` the day by which it is asked again."""

    confirmed_on: datetime.date | None
    letter_of: datetime.date | None
    review_on: datetime.date | None


@dataclass(frozen=True)
class Passport:
    """A member as of a day. `day` is None for today; `member` bears the name of that day."""

    member: Member
    day: datetime.date | None
    native: str
    native_language: str
    former_names: list[naming.FormerName]
    membership: str
    suspended_since: str
    population: Population | None
    figures: list[figures.Series]
    composition: composition.Made | None
    clock: str
    kept: Kept
    departments: list[Department] = field(default_factory=list)
    pictures: list[Picture] = field(default_factory=list)
    chronicle: list[activity.Year] = field(default_factory=list)

    @property
    def has_figures(self) -> bool:
        """Whether there is more to tell than the one population among the facts."""
        return any(len(row.rows) > 1 or row.kind != "population" for row in self.figures)

    @property
    def own_email(self) -> str:
        """The address of the member, unless a department shows the same one."""
        told = {row.email for row in self.departments}
        return "" if self.member.email in told else self.member.email

    @property
    def website_host(self) -> str:
        return urlsplit(self.member.website).hostname or ""

    @property
    def recent_years(self) -> list[activity.Year]:
        return self.chronicle[:YEARS_AT_ONCE]

    @property
    def earlier_years(self) -> list[activity.Year]:
        return self.chronicle[YEARS_AT_ONCE:]

    @property
    def span_of_earlier_years(self) -> str:
        """The first and the last of the years that are folded away: "1996–2014", "2004"."""
        years = [str(year.number) for year in self.earlier_years]
        return "–".join(dict.fromkeys([years[-1], years[0]])) if years else ""


def find(slug: str) -> Member | None:
    """The member of that address with all that its passport reads, in a fixed number of queries."""
    members = _with_confirmation(Member.objects.filter(slug=slug))
    member = (
        members.select_related("country", "photo", "emblem")
        .prefetch_related("names", "periods", "figures", "status_changes", "photos__picture")
        .prefetch_related(departments.public_departments())
        .first()
    )
    if member is not None:
        prefetch_related_objects(_pictures(member), "renditions")
    return member


def _with_confirmation(members: QuerySet[Member]) -> QuerySet[Member]:
    """Adds `confirmed_at` and `letter_of` of the last answer, and the deadline of an open one."""
    answered = Confirmation.objects.filter(member=OuterRef("pk"), answered_at__isnull=False)
    answered = answered.order_by("-answered_at")
    asked = confirmation.open_questions().filter(member=OuterRef("pk")).order_by("-deadline")
    return members.annotate(
        confirmed_at=Subquery(answered.values("answered_at")[:1]),
        letter_of=Subquery(answered.values("letter__dated")[:1]),
        asked_by=Subquery(asked.values("deadline")[:1]),
    )


def _pictures(member: Member) -> list[Picture]:
    own = [member.photo, member.emblem, *(row.picture for row in member.photos.all())]
    return [picture for picture in own if picture is not None]


def of(member: Member, day: datetime.date | None = None) -> Passport:
    """The passport of a member from `find`, as of `day` (today when not given).

    On an earlier day the member given takes the name of that day; it is not for saving.
    """
    if day:
        _take_name_of(member, day)
    native, native_language = naming.native_name(member, day)
    return Passport(
        member=member,
        day=day,
        native=native,
        native_language=native_language,
        former_names=naming.former_names(member, day),
        membership=membership.membership_words(member, day),
        suspended_since=suspended_since(member, day),
        population=population(member, day),
        figures=figures.series_of(member, day),
        composition=composition.composition_of(member, day),
        clock=zone_words(timezone.now(), zoneinfo.ZoneInfo(member.time_zone)),
        kept=_kept(member),
        departments=_open_departments(member),
        pictures=[row.picture for row in member.photos.all() if row.picture_id != member.photo_id],
        chronicle=activity.chronicle(member, day),
    )


def _take_name_of(member: Member, day: datetime.date) -> None:
    borne = [row for row in member.names.all() if row.kind == MemberName.Kind.NAME]
    row = next((row for row in borne if row.is_valid_on(day)), None)
    if row:
        member.name_ru, member.name_en = row.name_ru, row.name_en


def _open_departments(member: Member) -> list[Department]:
    """Departments with anything to read: a mailbox, a telephone, or people who agreed."""
    return [row for row in member.departments.all() if row.email or row.phone or row.contacts.all()]


def _kept(member: Member) -> Kept:
    zone = timezone.get_default_timezone()
    confirmed_on = member.confirmed_at and local_day(member.confirmed_at, zone)
    review_on = member.asked_by or (confirmed_on and confirmed_on + A_YEAR)
    return Kept(confirmed_on, member.letter_of, review_on)


def suspended_since(member: Member, day: datetime.date | None = None) -> str:
    """ "Suspended since March 2020" where the membership is on that day; else empty."""
    status, step = lifecycle.step_on(member, day)
    if status != StatusChange.Status.SUSPENDED or step is None:
        return ""
    since = since_text(step.happened_on, step.precision)
    return _("Membership suspended since %(date)s") % {"date": since}


def size_categories(day: datetime.date | None = None) -> list[SizeCategory]:
    """The size categories of a day, smallest first; today's are remembered: every page asks."""
    if day:
        return list(SizeCategory.objects.on(day))
    return cacheversion.remembered("size-categories", lambda: list(SizeCategory.objects.on()))


def population(member: Member, day: datetime.date | None = None) -> Population | None:
    """The latest figure up to `day` (today when not given), from prefetched rows, or None."""
    known = [
        row
        for row in member.figures.all()
        if row.kind == MemberFigure.Kind.POPULATION and row.year <= (day or dated.today()).year
    ]
    if not known:
        return None
    latest = max(known, key=lambda row: row.year)
    source, language = in_language(latest, "source")
    size = next((row for row in size_categories(day) if row.holds(latest.value)), None)
    return Population(latest.value, latest.year, source, language, size)
