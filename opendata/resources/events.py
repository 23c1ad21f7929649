"""Public events. The link to join, registrations and people are no open data."""

import datetime
from collections.abc import Sequence
from typing import Literal

from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext_noop
from pydantic import Field

from content.richtext import plain_text
from events.models import Event
from opendata.columns import (
    PICTURE,
    TOPICS,
    Column,
    Row,
    addresses,
    at,
    bilingual,
    changed,
    key,
    kind_column,
    pages,
    pictured,
    slug,
    texts,
)
from opendata.resources.base import SLUG, Asked, AskedList, Resource

PUBLIC_STATES = ("announced", "postponed", "cancelled")
COLUMNS = (
    key(), slug("congress-2026"),
    kind_column(gettext_noop("Kind of event"), Event.Kind),
    *bilingual("title", gettext_noop("Title"), "Конгресс", "Congress"),
    *bilingual("summary", gettext_noop("Summary"), "…", "…"),
    *bilingual("text", gettext_noop("Text without markup"), "…", "…"),
    Column("status", str, gettext_noop("State of the event"), "announced", PUBLIC_STATES,
           is_required=True),
    Column("starts_at", str, gettext_noop("Beginning by its own clock; a month or a year where no "
           "day is known"), "2026-05-14T09:00:00+03:00", is_required=True),
    Column("ends_at", str, gettext_noop("End by its own clock; empty where no day is known"),
           "2026-05-15T18:00:00+03:00"),
    Column("time_zone", str, gettext_noop("Its clock, name of IANA"), "Europe/Moscow"),
    kind_column(gettext_noop("In person or online"), Event.Mode, "mode"),
    kind_column(gettext_noop("Who may take part"), Event.Audience, "audience"),
    *bilingual("place", gettext_noop("Place"), "Казань", "Kazan"),
    Column("host", str, gettext_noop("Host city, by its address"), "kazan"),
    Column("country", str, gettext_noop("Country of the host, code of ISO 3166-1"), "RU"),
    Column("series", str, gettext_noop("Series, by its address"), "congress"),
    Column("edition", int, gettext_noop("Which edition of the series"), 7),
    Column("parent", int, gettext_noop("Number of the event that it is a part of"), None),
    Column("languages", list, gettext_noop("Working languages"), ["ru", "en"]),
    Column("participants", int, gettext_noop("How many took part"), 320),
    Column("countries", int, gettext_noop("From how many countries"), 21),
    TOPICS, *PICTURE, *pages("/events/congress-2026/"),
    *bilingual("calendar", gettext_noop("Address of its calendar file"), "…", "…"), changed(),
)  # fmt: skip


class AskedEvents(AskedList):
    kind: Literal[tuple(Event.Kind.values)] | None = Field(  # type: ignore[valid-type]
        None, description=gettext_noop("Kind of event")
    )
    country: str | None = Field(
        None, pattern=r"^[A-Za-z]{2}$", examples=["RU"],
        description=gettext_noop("Country of the host, code of ISO 3166-1"),
    )  # fmt: skip
    topic: str | None = Field(
        None, pattern=SLUG, examples=["culture"],
        description=gettext_noop("Topic or goal, by its address"),
    )  # fmt: skip
    year: int | None = Field(
        None, ge=1950, le=2100, description=gettext_noop("Year in which it begins")
    )
    when: Literal["upcoming", "past"] | None = Field(
        None, description=gettext_noop("Events to come or past ones; all if left out")
    )


def find(asked: AskedEvents | Asked, _day: datetime.date) -> QuerySet[Event]:
    """Published events, the latest first."""
    now = timezone.now()
    events = Event.objects.published(now)
    plain = {"kind": "kind", "topic": "topics__slug", "year": "starts_at__year"}
    events = events.filter(
        **{column: value for name, column in plain.items() if (value := getattr(asked, name, None))}
    )
    if country := getattr(asked, "country", None):
        events = events.filter(host_member__country__code=country.upper())
    if when := getattr(asked, "when", None):
        events = events.filter(**{"ends_at__gte" if when == "upcoming" else "ends_at__lt": now})
    return (
        events.select_related("host_member__country", "series", "picture", "parent")
        .prefetch_related("topics")
        .defer("join_link")
        .order_by("-starts_at", "-pk")
    )


def rows(events: Sequence[Event], _day: datetime.date) -> list[Row]:
    now = timezone.now()
    return [_row(event, now) for event in events]


def _row(event: Event, now: datetime.datetime) -> Row:
    host = event.host_member
    return {
        "id": event.pk, "slug": event.slug, "kind": event.kind,
        **texts(event, "title", "summary"),
        "text_ru": plain_text(event.body_ru or "") or None,
        "text_en": plain_text(event.body_en or "") or None,
        "status": event.status, **span(event), "time_zone": event.time_zone, "mode": event.mode,
        "audience": event.audience, **texts(event, "place"),
        "host": host.slug if host else None, "country": host.country.code if host else None,
        "series": event.series.slug if event.series else None, "edition": event.edition,
        "parent": event.parent_id if event.parent and event.parent.is_public(now) else None,
        "languages": list(event.languages), "participants": event.final_attendance,
        "countries": event.final_countries, "topics": [one.slug for one in event.topics.all()],
        **pictured(event.picture), **addresses(event), **_calendars(event),
        "changed_at": at(event.updated_at),
    }  # fmt: skip


def span(event: Event) -> Row:
    """Beginning and end by the event's own clock, no more exact than they are known."""
    starts, ends = (moment.astimezone(event.zone) for moment in (event.starts_at, event.ends_at))
    if event.is_tentative:
        exact = {"year": 4}.get(event.date_precision, 7)
        return {"starts_at": starts.date().isoformat()[:exact], "ends_at": None}
    return {
        "starts_at": starts.isoformat(timespec="seconds"),
        "ends_at": ends.isoformat(timespec="seconds"),
    }


def _calendars(event: Event) -> Row:
    """Tentative events have no calendar file: no calendar can hold a month."""
    found = addresses(event, "calendar")
    return {name: None if event.is_tentative else f"{url}event.ics" for name, url in found.items()}


EVENTS = Resource(
    code="events", title=gettext_noop("Events"), schema="Event",
    summary=gettext_noop("Events of the association and its members, the latest first"),
    columns=COLUMNS, asked=AskedEvents, find=find, rows=rows,
)  # fmt: skip
