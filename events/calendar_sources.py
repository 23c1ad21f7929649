"""What stands in calendars beside events: deadlines of registration, nominations, contests.

Apps register sources in `AppConfig.ready()`; the yearly plan, the month, the feeds and the
personal feed ask them all. A public source takes two moments and yields what lies between them:

    @calendar_sources.register
    def deadlines(first, last):
        yield Entry(key="contest-7", kind=_("contest deadline"), moment=…, title_ru=…, title_en=…)

A personal one takes the user first (`register_personal`): what concerns this user alone.
"""

import datetime
import zoneinfo
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

from django.conf import settings

from content.languages import reading_order


def _no_address() -> str:
    return ""


@dataclass(frozen=True)
class Entry:
    """One further thing of a calendar: a moment, or a whole day (`moment` is a date then).

    `key` is unique and lasting: calendars know the entry by it. `kind` is a word, lazily
    translated. `address` gives the path of its page in the current language. `zone` is the IANA
    zone that the moment was set in. `topics` are slugs, `country` a code of the country it is
    about, `event_kind` a kind of events: for the filters. `updated_at` is when it last changed.
    Needs a title in one language at least.
    """

    key: str
    kind: str
    moment: datetime.datetime | datetime.date
    title_ru: str = ""
    title_en: str = ""
    address: Callable[[], str] = _no_address
    zone: str = settings.ASSOCIATION_TIME_ZONE
    topics: frozenset[str] = field(default_factory=frozenset)
    country: str = ""
    event_kind: str = ""
    updated_at: datetime.datetime | None = None

    @property
    def day(self) -> datetime.date:
        """The day by the clock of its zone."""
        if isinstance(self.moment, datetime.datetime):
            return self.moment.astimezone(self.time_zone).date()
        return self.moment

    @property
    def time_zone(self) -> zoneinfo.ZoneInfo:
        return zoneinfo.ZoneInfo(self.zone)

    @property
    def sort_moment(self) -> datetime.datetime:
        """When it stands in a list; whole days at their end."""
        if isinstance(self.moment, datetime.datetime):
            return self.moment
        return datetime.datetime.combine(self.moment, datetime.time(23, 59), self.time_zone)

    def title_in(self, language: str | None = None) -> tuple[str, str]:
        """The title for a reader, and the language it is in."""
        for code in reading_order(language):
            if title := getattr(self, f"title_{code}"):
                return title, code
        return "", reading_order(language)[0]


Source = Callable[[datetime.datetime, datetime.datetime], Iterable[Entry]]
PersonalSource = Callable[..., Iterable[Entry]]
_public: list[Source] = []
_personal: list[PersonalSource] = []


def register(source: Source) -> Source:
    """Register a public source: takes two moments, yields the entries between them."""
    if source not in _public:
        _public.append(source)
    return source


def register_personal(source: PersonalSource) -> PersonalSource:
    """Register a source for one user: takes the user and two moments."""
    if source not in _personal:
        _personal.append(source)
    return source


def entries(first: datetime.datetime, last: datetime.datetime) -> list[Entry]:
    """All public entries from `first` to before `last`, in their order."""
    return _sorted(entry for source in _public for entry in source(first, last))


def personal_entries(user, first: datetime.datetime, last: datetime.datetime) -> list[Entry]:
    """All entries that concern one user, from `first` to before `last`, in their order."""
    return _sorted(entry for source in _personal for entry in source(user, first, last))


def _sorted(found: Iterable[Entry]) -> list[Entry]:
    return sorted(found, key=lambda entry: (entry.sort_moment, entry.key))
