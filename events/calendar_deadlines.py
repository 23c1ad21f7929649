"""Deadlines that stand in public calendars: of registrations and of nominations."""

import datetime
from collections.abc import Iterator

from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from content.languages import in_each, in_language
from events import calendar_sources
from events.calendar_sources import Entry
from events.models import Event
from meetings.models import Election

REGISTRATION = _("deadline of registration")
NOMINATIONS = pgettext_lazy("of an election", "deadline of nominations")


@calendar_sources.register
def registrations(first: datetime.datetime, last: datetime.datetime) -> Iterator[Entry]:
    """Until when delegations register for announced events: two queries."""
    found = Event.objects.published().filter(
        takes_registrations=True,
        status=Event.Status.ANNOUNCED,
        registration_closes_at__gte=first,
        registration_closes_at__lt=last,
    )
    found = found.select_related("host_member__country").defer("body", "body_ru", "body_en")
    for event in found.prefetch_related("topics"):
        host = event.host_member
        yield Entry(
            key=f"registration-{event.pk}",
            kind=REGISTRATION,
            moment=event.registration_closes_at,
            zone=event.time_zone,
            address=event.get_absolute_url,
            updated_at=event.updated_at,
            topics=frozenset(topic.slug for topic in event.topics.all()),
            country=host.country.code if host else "",
            event_kind=event.kind,
            **_titles(_registration_closes, event),
        )


@calendar_sources.register
def nominations(first: datetime.datetime, last: datetime.datetime) -> Iterator[Entry]:
    """Until when candidates of announced elections are nominated: one query."""
    found = Election.objects.announced().filter(closes_at__gte=first, closes_at__lt=last)
    for election in found.select_related("meeting"):
        meeting = election.meeting
        yield Entry(
            key=f"nominations-{election.pk}",
            kind=NOMINATIONS,
            moment=election.closes_at,
            zone=election.time_zone,
            address=meeting.get_absolute_url if meeting and meeting.is_public() else lambda: "",
            updated_at=election.updated_at,
            **_titles(_nominations_close, election),
        )


def _registration_closes() -> str:
    return gettext("Registration closes: %(title)s")


def _nominations_close() -> str:
    return gettext("Nominations close: %(title)s")


def _titles(words, record) -> dict[str, str]:
    return in_each("title", lambda: words() % {"title": in_language(record, "title")[0]})
