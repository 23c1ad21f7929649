"""Rows for the journey: forms of delegations and participants, the visa desk of the staff."""

from types import SimpleNamespace

from django.db import transaction
from django.utils import timezone

from content.models import RetentionRun
from tests.access.cells import EVERYBODY, NOBODY, NOT_FOUND, YES, Row, admin, cabinet
from tests.access.rows_admin import admin_rows
from travel import passports
from travel.models import TravelOffer, TripChange, VisaLetter
from travel.tests.factories import ALL, make_data

A = "/ru/cabinet/{a.slug}/events/{event.slug}/travel/"
PERSON = A + "{person.pk}/"
THROUGH_B = "/ru/cabinet/{b.slug}/events/{event.slug}/travel/{person.pk}/"
PLACE = "/ru/events/places/{place_link}/"
DESK = "/admin/travel/traveloffer/{offer.pk}/desk/"
JOURNEY, PASSPORT, VISAS = "Journey of the delegation of A", "Passport data", "Visa desk"
NAMED = admin("events", "lead")
# Without a key nothing is found; who may not look learns not even that.
NOTHING = {role: NOT_FOUND if told == YES else told for role, told in NAMED.items()}

MODELS = [
    (
        "travel/traveloffer", "Help with the journey", "offer",
        ("events", "lead"), ("events", "lead"), ("events", "lead"), ("events", "lead"),
    ),
    (
        "travel/tripchange", "Changes of journeys", "trip_change",
        ("events", "lead"), None, ("events", "lead"), None,
    ),
    (
        "content/retentionrun", "Erasing of personal data", "retention_run",
        ("lead",), None, None, None,
    ),
]  # fmt: skip

ROWS: list[Row] = [
    Row(JOURNEY, "open", A, cabinet("rep_a")),
    Row(JOURNEY, "one person", PERSON, cabinet("rep_a")),
    Row(JOURNEY, "tell", PERSON, cabinet("rep_a"), "post"),
    Row(JOURNEY, "through the cabinet of B", THROUGH_B, cabinet()),
    Row(PASSPORT, "the form", PERSON + "passport/", cabinet("rep_a")),
    Row(PASSPORT, "give", PERSON + "passport/", cabinet("rep_a"), "post"),
    Row(PASSPORT, "through the cabinet of B", THROUGH_B + "passport/", cabinet(), "post"),
    Row("Journey by the own link", "open", PLACE + "travel/", EVERYBODY),
    Row("Journey by the own link", "passport data", PLACE + "passport/", EVERYBODY),
    Row("Journey by the own link", "a made-up link", "/ru/events/places/1:x/travel/", NOBODY),
    Row("Journey by the own link", "a made-up link, passport data",
        "/ru/events/places/1:x/passport/", NOBODY),
    *(row for model in MODELS for row in admin_rows(*model)),
    Row("Changes of journeys", "decide", "/admin/travel/tripchange/{trip_change.pk}/decide/",
        NAMED),
    Row(VISAS, "open", DESK, NAMED),
    Row(VISAS, "read access needs", DESK + "needs/", NAMED),
    Row(VISAS, "show passport data", DESK + "passport/", NOTHING, "post"),
    Row(VISAS, "export passport data", DESK + "export/", NAMED, "post"),
    Row(VISAS, "make a letter", DESK + "letter/", NOTHING, "post"),
    Row(VISAS, "mark a letter as sent", DESK + "sent/", NOTHING, "post"),
]  # fmt: skip


@transaction.atomic
def add_objects(world: SimpleNamespace) -> None:
    """The objects that these rows name."""
    world.offer = TravelOffer.objects.create(event=world.event, **ALL)
    passports.save(world.person, make_data(), "Астана", None)
    world.trip_change = TripChange.objects.create(
        participant=world.person, seen_version=0, wanted={"arrival_by": "KC 1"}
    )
    world.visa_letter = VisaLetter.objects.create(
        delegation=world.delegation, number=1, made_by=world.people["lead"]
    )
    now = timezone.now()
    world.retention_run = RetentionRun.objects.create(
        cause="timetable", mark="x", started_at=now, finished_at=now
    )
