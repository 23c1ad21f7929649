"""Rows for meetings of bodies and elections."""

from types import SimpleNamespace

from meetings.tests.factories import (
    make_assembly,
    make_attendance,
    make_delegate,
    make_document,
    make_election,
    make_meeting,
    make_nomination,
    make_person,
    make_seat,
    make_term,
)
from tests.access.cells import (
    EVERYBODY,
    NOBODY,
    NOT_FOUND,
    Row,
    admin,
    cabinet,
    who,
)
from tests.access.rows_admin import admin_rows

A = "/ru/cabinet/{a.slug}/"
ABOUT = "/ru/about/meetings/"
MEETING = "/admin/meetings/meeting/{meeting.pk}/"
PAPERS = ABOUT + "{council.slug}/documents/"
KEEPERS = ("editor", "lead")
# The papers of members and bodies: staff who keep meetings, and the representatives concerned.
OF_MEMBERS = who("rep_a", "rep_b", *KEEPERS, "superuser", visitor=NOT_FOUND, others=NOT_FOUND)
OF_BODY = who("rep_a", *KEEPERS, "superuser", visitor=NOT_FOUND, others=NOT_FOUND)

MODELS = [
    (
        "meetings/meeting", "Meetings in the admin", "meeting",
        ("translator", "editor", "events", "finance", "lead"), KEEPERS,
        ("translator", *KEEPERS), None,
    ),
    (
        "meetings/election", "Elections in the admin", "election",
        ("translator", *KEEPERS), KEEPERS, ("translator", *KEEPERS), None,
    ),
    (
        "meetings/assemblydelegate", "Delegates to assemblies in the admin", "named",
        ("finance", *KEEPERS), KEEPERS, KEEPERS, KEEPERS,
    ),
]  # fmt: skip

ROWS: list[Row] = [
    Row("Meetings", "list", ABOUT, EVERYBODY),
    Row("Meetings", "read", ABOUT + "{meeting.slug}/", EVERYBODY),
    Row("Meetings", "read a draft", ABOUT + "{draft_meeting.slug}/", NOBODY),
    Row("Documents of meetings", "one for everybody", PAPERS + "{public_paper.pk}/", EVERYBODY),
    Row("Documents of meetings", "one for members", PAPERS + "{members_paper.pk}/", OF_MEMBERS),
    Row("Documents of meetings", "one for the body", PAPERS + "{body_paper.pk}/", OF_BODY),
    Row("Meetings of city A", "open", A + "meetings/", cabinet("rep_a")),
    Row("Meetings of city A", "delegates", A + "meetings/{meeting.slug}/", cabinet("rep_a")),
    Row(
        "Meetings of city A", "name delegates", A + "meetings/{meeting.slug}/", cabinet("rep_a"),
        "post",
    ),
    Row("Meetings of city A", "nomination", A + "elections/{election.pk}/", cabinet("rep_a")),
    Row("Meetings of city A", "nominate", A + "elections/{election.pk}/", cabinet("rep_a"), "post"),
    *(row for model in MODELS for row in admin_rows(*model)),
    Row(
        "Meetings in the admin", "eligibility sheet", MEETING + "sheet/",
        admin("finance", *KEEPERS),
    ),
    Row(
        "Meetings in the admin", "eligibility sheet as PDF", MEETING + "sheet/ru.pdf",
        admin("finance", *KEEPERS),
    ),
    Row("Meetings in the admin", "attendance list", MEETING + "attendance/", admin(*KEEPERS)),
    Row("Meetings in the admin", "minutes", MEETING + "minutes/", admin(*KEEPERS)),
    Row("Meetings in the admin", "minutes as PDF", MEETING + "minutes/en.pdf", admin(*KEEPERS)),
    Row(
        "Elections in the admin", "desk", "/admin/meetings/election/{election.pk}/desk/",
        admin(*KEEPERS),
    ),
    Row(
        "Elections in the admin", "a deed at the desk",
        "/admin/meetings/election/{election.pk}/desk/", admin(*KEEPERS), "post", {"deed": "votes"},
    ),
]  # fmt: skip


def add_objects(world: SimpleNamespace) -> None:
    """The objects that these rows name."""
    world.meeting = make_meeting("assembly", make_assembly())
    world.draft_meeting = make_meeting("draft-meeting", status="draft", published_at=None)
    world.council = make_meeting("council")
    make_term(make_seat(), member=world.a)
    world.public_paper = make_document(world.council)
    world.members_paper = make_document(world.council, "members")
    world.body_paper = make_document(world.council, "body")
    world.named = make_delegate(world.meeting, world.a)
    make_attendance(world.meeting)
    world.election = make_election(closed=False)
    make_nomination(world.election, person=make_person("candidate"))
