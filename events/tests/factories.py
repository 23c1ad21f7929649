"""Rows for the tests of the events: plain functions with fixed, sensible defaults."""

import datetime
import zoneinfo

from django.utils import timezone

from accounts.models import User
from events import registration
from events.models import ChangeRequest, Delegation, Event, EventChange, Participant, Series
from events.registration import Person
from governance.tests.factories import make_office, make_office_term, make_person
from members.models import Member
from members.tests.factories import make_country, make_member, make_representative

DAY = datetime.timedelta(days=1)

__all__ = [
    "make_change_request", "make_country", "make_delegation", "make_event", "make_member",
    "make_offer", "make_office_holder",
    "make_participant", "make_people", "make_representative", "make_user",
]  # fmt: skip


def make_event(slug: str = "congress", **fields) -> Event:
    """An announced event in thirty days, Kazan time, open for registration, without limits."""
    now = timezone.now()
    starts_at = fields.pop("starts_at", now + 30 * DAY)
    values = {
        "title_ru": "Конгресс местных властей",
        "title_en": "Congress of Local Governments",
        "summary_ru": "Города сравнивают, что работает на их улицах.",
        "summary_en": "Cities compare what works in their streets.",
        "body_ru": "<p>Раз в три года участники собираются вместе.</p>",
        "body_en": "<p>Once in three years the members meet.</p>",
        "place_ru": "Казань, Ратуша",
        "place_en": "City Hall, Kazan",
        "starts_at": starts_at,
        "ends_at": starts_at + datetime.timedelta(hours=8),
        "status": "announced",
        "published_at": now - 10 * DAY,
        "takes_registrations": True,
    }
    return Event.objects.create(slug=slug, **{**values, **fields})


def make_user(email: str = "rep@example.org", **fields) -> User:
    return User.objects.create_user(email, **{"full_name": "Елена Маркова", **fields})


def make_people(count: int = 1, prefix: str = "person", **fields) -> list[Person]:
    """So many people, as a form gives them; each has an address and reads Russian."""
    return [
        Person(
            **{
                "name_cyrillic": f"Участник {number}",
                "name_latin": f"Delegate {prefix} {number}",
                "position_ru": "Советник",
                "position_en": "Adviser",
                "email": f"{prefix}{number}@example.org",
                **fields,
            }
        )
        for number in range(1, count + 1)
    ]


def make_delegation(
    event: Event, member: Member | None = None, people: int | list[Person] = 1, by=None
) -> Delegation:
    """A delegation registered the way the cabinet does it. Addresses begin with the city's slug."""
    member = member or Member.objects.filter(slug="kazan").first() or make_member()
    by = by or User.objects.filter(email=f"rep-{member.slug}@example.org").first()
    by = by or make_user(f"rep-{member.slug}@example.org")
    if not by.mandates.filter(member=member).exists():
        make_representative(by, member)
    if isinstance(people, int):
        people = make_people(people, prefix=member.slug)
    return registration.register(event, member, people, by)


def make_participant(event: Event, **fields) -> Participant:
    """One person of a delegation of their own, in the state a test asks for."""
    number = Participant.objects.count() + 1
    member = fields.pop("member", None) or make_member(slug=f"city-{number}")
    delegation, _is_new = Delegation.objects.get_or_create(
        event=event,
        member=member,
        defaults={"registered_by": fields.pop("by", None) or make_user(f"by{number}@example.org")},
    )
    status = fields.setdefault("status", Participant.Status.CONFIRMED)
    if status in ("waiting", "offered"):
        fields.setdefault("queued_at", timezone.now())
    if status == "offered":
        fields.setdefault("offer_expires_at", timezone.now() + 2 * DAY)
    if status == "confirmed":
        fields.setdefault("confirmed_at", timezone.now())
    values = {"name_cyrillic": f"Участник {number}", "email": f"p{number}@example.org"}
    return Participant.objects.create(event=event, delegation=delegation, **{**values, **fields})


def make_offer(event: Event, **fields) -> Participant:
    """Somebody from the waiting list to whom a place is offered for two days."""
    return make_participant(event, status=Participant.Status.OFFERED, **fields)


def make_change(event: Event, what: str = "moved", **fields) -> EventChange:
    """The event was ten days earlier, at the same hours and in the same place."""
    values = {
        "old_starts_at": event.starts_at - 10 * DAY,
        "old_ends_at": event.ends_at - 10 * DAY,
        "old_time_zone": event.time_zone,
        "old_place_ru": event.place_ru,
        "old_place_en": event.place_en,
        "new_starts_at": event.starts_at,
        "new_ends_at": event.ends_at,
        "new_time_zone": event.time_zone,
        "new_place_ru": event.place_ru,
        "new_place_en": event.place_en,
    }
    return EventChange.objects.create(event=event, what=what, **{**values, **fields})


def make_tentative(slug: str = "some-day", month: int | None = 10, year: int = 2020, **fields):
    """ "October 2020", or with month None "2020": the whole of it by Kazan's clock."""
    zone = zoneinfo.ZoneInfo("Europe/Moscow")
    after = (year, month + 1) if month and month < 12 else (year + 1, 1)
    first = datetime.datetime(year, month or 1, 1, tzinfo=zone)
    last = datetime.datetime(*after, 1, tzinfo=zone) - datetime.timedelta(minutes=1)
    values = {
        "starts_at": first,
        "ends_at": last,
        "date_precision": "month" if month else "year",
        "takes_registrations": False,
    }
    return make_event(slug, **{**values, **fields})


def make_series(slug: str = "meetings", **fields) -> Series:
    values = {"title_ru": "Встречи городов-побратимов", "title_en": "Meetings of sister cities"}
    return Series.objects.create(slug=slug, **{**values, **fields})


def make_change_request(delegation: Delegation, **fields) -> ChangeRequest:
    """An open request of the delegation that changes nothing yet."""
    values = {
        "seen_version": delegation.version,
        "wanted": {"note": "Просим место у окна"},
        "asked_by": delegation.registered_by,
    }
    return ChangeRequest.objects.create(delegation=delegation, **{**values, **fields})


def make_office_holder(member: Member):
    """The head of the member, in office since 2020."""
    person = make_person()
    make_office_term(make_office(member), person)
    return person
