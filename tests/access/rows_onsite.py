"""Rows for the doors of an event, its roster and papers, reports of platforms, and long works."""

from types import SimpleNamespace

from django.core.files.uploadedfile import SimpleUploadedFile

from attendance import checkin, checkin_doors, importing
from attendance.checkin import Keeper
from attendance.models import CheckIn
from attendance.tests.factories import make_event, make_participant, today_in
from content import jobs, tasks
from content.models import Job
from tests.access.cells import (
    EVERYBODY,
    FORBIDDEN,
    NOBODY,
    NOT_FOUND,
    SIGN_IN,
    STAFF,
    Row,
    admin,
    cabinet,
    who,
)
from tests.access.rows_admin import admin_rows

DESK = ("events", "lead")
EVENT = "/admin/attendance/checkin/event/{onsite.pk}/"
PAPER = "/admin/attendance/checkin/delegation/{attending.delegation_id}/"
REPORT = "/admin/attendance/attendancereport/"
JOB = "/admin/content/job/{job.pk}/"
DOOR = "/ru/door/{onsite.slug}/"
PASS = "/ru/door/pass/{door_token}/"
OPEN_DOOR = who(*DESK, "superuser", visitor=SIGN_IN, others=NOT_FOUND)
# The work of the events officer: other staff do not learn that it exists.
OWN_JOB = who("events", "superuser", visitor=SIGN_IN, others=FORBIDDEN) | {
    role: NOT_FOUND for role in STAFF if role != "events"
}

MODELS = [
    ("attendance/checkin", "Check-ins", "check_in", DESK, None, None, None),
    ("attendance/doorpass", "Links for doors", "door", DESK, None, None, None),
    ("attendance/attendancereport", "Reports of platforms", "report", DESK, DESK, DESK, None),
    ("attendance/attendee", "People of a report", "attendee", DESK, None, None, None),
]

ROWS: list[Row] = [
    Row("Check-in page", "open", DOOR, OPEN_DOOR),
    Row("Check-in page", "let in", DOOR, OPEN_DOOR, "post", {"code": "x"}),
    Row("Check-in page", "open by the link of a door", PASS, EVERYBODY),
    Row("Check-in page", "let in by the link of a door", PASS, EVERYBODY, "post", {"code": "x"}),
    Row("Check-in page", "open by a forged link", "/ru/door/pass/{door_token}x/", NOBODY),
    Row(
        "Check-in page", "open by a link taken back", "/ru/door/pass/{dead_door_token}/", NOBODY
    ),
    Row(
        "Delegation of city A", "letter of confirmation",
        "/ru/cabinet/{a.slug}/events/{onsite.slug}/confirmation.pdf", cabinet("rep_a"),
    ),
    *(row for model in MODELS for row in admin_rows(*model)),
    Row("Roster of an event", "open", EVENT, admin(*DESK)),
    Row("Roster of an event", "take out", EVENT + "deed/", admin(*DESK), "post",
        {"deed": "take_out"}),
    Row("Roster of an event", "workbook", EVENT + "job/", admin(*DESK), "post", {"what": "xlsx"}),
    Row("Roster of an event", "badges", EVENT + "job/", admin(*DESK), "post", {"what": "badges"}),
    Row("Roster of an event", "badges of a delegation", PAPER + "badges/", admin(*DESK)),
    Row("Roster of an event", "letter to a delegation", PAPER + "confirmation/", admin(*DESK)),
    Row("Links for doors", "of an event", EVENT + "doors/", admin(*DESK)),
    Row("Links for doors", "give one", EVENT + "doors/", admin(*DESK), "post"),
    Row("Reports of platforms", "of an event", REPORT + "event/{onsite.pk}/", admin(*DESK)),
    Row("Reports of platforms", "upload", REPORT + "event/{onsite.pk}/", admin(*DESK), "post"),
    Row("Reports of platforms", "the file", REPORT + "{report.pk}/file/", admin(*DESK)),
    Row("Long works", "list", "/admin/content/job/", admin(*STAFF)),
    Row("Long works", "open that of the events officer", JOB + "change/", OWN_JOB),
    Row("Long works", "its file", JOB + "file/", OWN_JOB),
    Row("Long works", "start again", JOB + "rerun/", OWN_JOB, "post"),
]  # fmt: skip


def add_objects(world: SimpleNamespace) -> None:
    """The objects that these rows name."""
    officer = world.people["events"]
    world.onsite = make_event("onsite", mode="hybrid")
    world.attending = make_participant(world.onsite, member=world.a, by=officer, email="")
    keeper = Keeper(user=officer)
    checkin.let_in(world.onsite, world.attending.pk, keeper)
    world.check_in = CheckIn.objects.get()
    today = today_in(world.onsite)
    world.door, world.door_token = checkin_doors.give(world.onsite, "North", today, officer)
    dead, world.dead_door_token = checkin_doors.give(world.onsite, "South", today, officer)
    checkin_doors.take_back(dead, officer)
    file = SimpleUploadedFile("report.csv", b"Name\nSomebody Unknown\n")
    world.report, _is_new = importing.take(world.onsite, file, officer)
    world.attendee = world.report.attendees.get()
    world.job = jobs.ask(
        "attendance.badges", "Badges", {"event": world.onsite.pk, "what": "tags"}, officer
    )
    tasks.run_job(world.job.pk)
    Job.objects.get(pk=world.job.pk, state="done")
