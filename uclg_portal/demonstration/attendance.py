"""Doors and reports of the demonstration: who came to a past event, who was in a session online."""

import csv
import datetime
import io
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile

from attendance import importing
from attendance.models import CheckIn, DoorPass
from events.models import Delegation, Event, Participant
from members.models import Member
from uclg_portal.demonstration import data

INVENTED = {"position_ru": "Вымышленное лицо", "position_en": "Invented person"}
MONTH = datetime.timedelta(days=30)


def load(users: dict[str, Any]) -> None:
    """People of past events, their check-ins, and a report with guesses to be decided."""
    by = users["admin@example.org"]
    for row in data.table("attendance.toml")["events"]:
        event = Event.objects.get(slug=row["slug"])
        people = [_person(event, person, row["mode"], by) for person in row["people"]]
        if "door" in row:
            _let_in(event, row, people, by)
        if "report" in row:
            _take(event, row["report"], by)


def _person(event: Event, row: dict[str, Any], mode: str, by) -> Participant:
    """Past the deadlines no capability registers anybody: the rows are written as they stood."""
    member = Member.objects.get(slug=row["member"])
    delegation, _is_new = Delegation.objects.get_or_create(
        event=event, member=member, defaults={"registered_by": by}
    )
    return Participant.objects.create(
        event=event, delegation=delegation, mode=mode, status=Participant.Status.CONFIRMED,
        confirmed_at=event.starts_at - MONTH, rank=row["rank"], is_head=row.get("head", False),
        order=delegation.participants.count() + 1, name_cyrillic=row["cyrillic"],
        name_latin=row["latin"], **INVENTED,
    )  # fmt: skip


def _let_in(event: Event, row: dict[str, Any], people: list[Participant], by) -> None:
    """By a door of the day of the event, so many minutes before the start."""
    day = event.starts_at.astimezone(event.zone).date()
    door = DoorPass.objects.create(
        event=event, name=row["door"], valid_on=day, created_by=by,
        token_hash=f"demonstration-{event.pk}",
    )  # fmt: skip
    CheckIn.objects.bulk_create(
        CheckIn(
            event=event, participant=person, door=door, way=CheckIn.Way.CAMERA,
            at=event.starts_at - datetime.timedelta(minutes=said["came"]),
        )
        for person, said in zip(people, row["people"], strict=True)
        if "came" in said
    )  # fmt: skip


def _take(event: Event, row: dict[str, Any], by) -> None:
    out = io.StringIO()
    csv.writer(out).writerows([row["heading"], *row["rows"]])
    file = SimpleUploadedFile(row["name"], out.getvalue().encode("utf-8-sig"))
    importing.take(event, file, by, hosts=row["hosts"])
