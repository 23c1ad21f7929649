"""Events of the demonstration, with the delegations that are registered."""

import datetime
import zoneinfo
from typing import Any

from content.models import Topic
from events import cancellation, registration
from events.models import Event, Series
from members.models import Member, Representative
from uclg_portal.demonstration import data, gallery, plan, studio

PUBLISHING = ("published_at", "published_days_ago")
# What a file may say besides, as the model has it.
PLAIN = (
    "audience", "mode", "join_link", "languages", "interpretation", "expected_attendance",
    "final_attendance", "final_countries", "edition", "admits_guests",
)  # fmt: skip


def wanted(rows: list[dict[str, Any]]) -> list[studio.Wanted]:
    """The pictures of all events."""
    return [
        studio.Wanted(picture["motif"], f"event-{row['slug']}", data.texts(picture, "alt"))
        for row in rows
        for picture in row.get("pictures", [])[:1]
    ]


def _span(row: dict[str, Any]) -> tuple[datetime.datetime, datetime.datetime]:
    zone = zoneinfo.ZoneInfo(row["time_zone"])
    if "tentative_in_months" in row:
        return plan.month_from_now(row["tentative_in_months"], zone)
    if "first_monday_of" in row:
        return plan.next_first_monday(row["first_monday_of"], zone)
    if "starts_at" in row:
        return data.moment(row["starts_at"], zone), data.moment(row["ends_at"], zone)
    last = row["starts_in_days"] + row.get("lasts_days", 1) - 1
    starts_at = data.day_from_now(row["starts_in_days"], row["at"], zone)
    return starts_at, data.day_from_now(last, row["until"], zone)


def _in_days(row: dict[str, Any], key: str, at: str) -> datetime.datetime | None:
    """A deadline of the registration, at the full hours in which people set them."""
    days = row.get(key)
    zone = zoneinfo.ZoneInfo(row["time_zone"])
    return None if days is None else data.day_from_now(days, at, zone)


def load(rows: list[dict[str, Any]], drawn: dict[str, studio.Drawn], users: dict[str, Any]) -> None:
    topics = {topic.slug: topic for topic in Topic.objects.all()}
    members = {member.slug: member for member in Member.objects.all()}
    plan.load_series()
    for row in sorted(rows, key=lambda row: "parent" in row):
        event = _load_event(row, drawn, members)
        event.topics.set(topics[slug] for slug in row.get("topics", []))
        if "reminder_hours_before" in row:
            event.remind_before(row["reminder_hours_before"])
        for delegation in row.get("delegations", []):
            _register(event, members[delegation["member"]], delegation["people"], users)
        if row.get("status") == Event.Status.CANCELLED:
            notes = [row.get(f"cancellation_note_{code}", "") for code in ("ru", "en")]
            cancellation.cancel(event, *notes, by=users["admin@example.org"])
    plan.load(members, users["admin@example.org"])


def _load_event(row: dict[str, Any], drawn: dict[str, studio.Drawn], members) -> Event:
    starts_at, ends_at = _span(row)
    picture = drawn.get(f"event-{row['slug']}")
    parent = Event.objects.get(slug=row["parent"]) if "parent" in row else None
    return Event.objects.create(
        slug=row["slug"],
        kind=row["kind"],
        status=Event.Status.ANNOUNCED,
        published_at=data.published_at({key: row[key] for key in PUBLISHING if key in row}),
        time_zone=row["time_zone"],
        starts_at=starts_at,
        ends_at=ends_at,
        date_precision="month" if "tentative_in_months" in row else "day",
        parent=parent,
        series=Series.objects.filter(slug=row.get("series", "")).first(),
        host_member=members.get(row.get("host")),
        takes_registrations=row.get("registration", False),
        registration_opens_at=_in_days(row, "registration_opens_in_days", "09:00"),
        registration_closes_at=_in_days(row, "registration_closes_in_days", "23:59"),
        capacity=row.get("capacity"),
        quota=row.get("quota"),
        picture=gallery.store(picture) if picture else None,
        **{key: row[key] for key in PLAIN if key in row},
        **data.texts(row, "title", "summary", "body", "place"),
    )


def _register(event: Event, member: Member, rows: list[dict[str, Any]], users: dict) -> None:
    mandate = Representative.objects.filter(member=member).first()
    by = mandate.user if mandate else users["admin@example.org"]
    people = [
        registration.Person(
            **{key: value for key, value in row.items() if key in registration.Person.FIELDS},
            is_head=number == 0,
        )
        for number, row in enumerate(rows)
    ]
    registration.register(event, member, people, by)
