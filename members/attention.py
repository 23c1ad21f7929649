"""What a representative should do next: apps register providers, the cabinet's front page asks.

A provider takes the member and the user and yields `Attention`s:

    @attention.register
    def open_registrations(member, user):
        yield Attention(title=…, deadline=…, url=…, action=…)
"""

import datetime
import zoneinfo
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from django.conf import settings


@dataclass(frozen=True)
class Attention:
    """One thing to do. `action` is the text of its button: a verb and an object.

    `deadline` is a day or an aware moment (None: no deadline); a moment is shown by the clock of
    `zone`, the IANA name of the zone it was set in. `is_hot` marks it as pressing.
    """

    title: str
    url: str
    action: str
    deadline: datetime.date | datetime.datetime | None = None
    note: str = ""
    zone: str = ""
    is_hot: bool = False

    @property
    def time_zone(self) -> zoneinfo.ZoneInfo:
        return zoneinfo.ZoneInfo(self.zone or settings.ASSOCIATION_TIME_ZONE)

    @property
    def day(self) -> datetime.date | None:
        """The day of the deadline; of a moment, by the clock of its zone."""
        if isinstance(self.deadline, datetime.datetime):
            return self.deadline.astimezone(self.time_zone).date()
        return self.deadline


def last_moment(day: datetime.date, zone: str) -> datetime.datetime:
    """The last minute of a day by the clock of a zone: the deadline that a whole day means."""
    return datetime.datetime.combine(day, datetime.time(23, 59), zoneinfo.ZoneInfo(zone))


Provider = Callable[..., Iterable[Attention]]
_providers: list[Provider] = []


def register(provider: Provider) -> Provider:
    """Register a function that takes a member and a user and yields what waits for them."""
    if provider not in _providers:
        _providers.append(provider)
    return provider


def attention_for(member, user) -> list[Attention]:
    """All that waits for this user in this member's cabinet: hot first, then by deadline."""
    found = [one for provider in _providers for one in provider(member, user)]
    return sorted(found, key=lambda one: (not one.is_hot, one.day or datetime.date.max, one.title))
