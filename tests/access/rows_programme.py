"""Rows for the programmes of events."""

from types import SimpleNamespace

from events import placelinks
from programme import briefs
from programme.models import ProgrammeVersion
from programme.tests.factories import make_congress, make_role, make_session, publish
from tests.access.cells import EVERYBODY, NOBODY, Row, admin, cabinet, signed_in
from tests.access.rows_admin import admin_rows

EVENT = "/ru/events/{planned.slug}/programme/"
HIDDEN = "/ru/events/{hidden_plan.event.slug}/programme/"
AGENDA = "/ru/cabinet/{a.slug}/events/{planned.slug}/agenda"
DESK = "/admin/programme/session/desk/{planned.pk}/"
KEEPERS = ("events", "lead")
WITH_TRANSLATOR = ("translator", *KEEPERS)

ROWS: list[Row] = [
    Row("Programme of an event", "read", EVENT, EVERYBODY),
    Row("Programme of an event", "calendar", f"{EVENT}programme.ics", EVERYBODY),
    Row("Programme of an event", "PDF", f"{EVENT}programme.pdf", EVERYBODY),
    Row("Programme of an event", "session's calendar", EVENT + "{plan_session.pk}.ics", EVERYBODY),
    Row("Programme of a draft", "read", HIDDEN, NOBODY),
    Row("Programme of a draft", "calendar", f"{HIDDEN}programme.ics", NOBODY),
    Row("Programme of a draft", "PDF", f"{HIDDEN}programme.pdf", NOBODY),
    Row("One's own programme", "read", f"{EVENT}mine/", signed_in()),
    Row("One's own programme", "calendar", f"{EVENT}mine.ics", signed_in()),
    Row("Programme of a place link", "read", "/ru/events/places/{plan_link}/programme/", EVERYBODY),
    Row(
        "Programme of a place link", "calendar", "/ru/events/places/{plan_link}/programme.ics",
        EVERYBODY,
    ),
    Row("Programme of a place link", "guess", "/ru/events/places/1:x/programme/", NOBODY),
    Row("Brief of a speaker", "read by the link", "/ru/speakers/{brief_link}/", EVERYBODY),
    Row("Brief of a speaker", "PDF", "/ru/speakers/{brief_link}/brief.pdf", EVERYBODY),
    Row("Brief of a speaker", "guess", "/ru/speakers/1:x/", NOBODY),
    Row("Agenda of city A", "read", f"{AGENDA}/", cabinet("rep_a")),
    Row("Agenda of city A", "PDF", f"{AGENDA}.pdf", cabinet("rep_a")),
    *admin_rows(
        "programme/session", "Sessions in the admin", "unpublished", WITH_TRANSLATOR, KEEPERS,
        WITH_TRANSLATOR, KEEPERS,
    ),
    *admin_rows(
        "programme/programmeversion", "Published programmes", "plan_version", KEEPERS, None, None,
        None,
    ),
    Row("Desk of a programme", "open", DESK, admin(*WITH_TRANSLATOR)),
    Row("Desk of a programme", "draft as PDF", f"{DESK}draft.pdf", admin(*WITH_TRANSLATOR)),
    *(
        Row("Desk of a programme", deed, DESK, admin(*KEEPERS), "post", {"deed": deed})
        for deed in ("move", "publish", "briefs")
    ),
]  # fmt: skip


def add_objects(world: SimpleNamespace) -> None:
    """The objects that these rows name."""
    world.planned = make_congress("planned")
    world.plan_session = make_session(world.planned)
    role = make_role(world.plan_session, email="speaker@example.org")
    world.brief_link = briefs.token(role)
    world.plan_version = publish(world.planned)
    world.unpublished = make_session(make_congress("unpublished"))
    hidden = make_congress("hidden-plan")
    make_session(hidden)
    publish(hidden)
    hidden.status = "draft"
    hidden.save()
    world.hidden_plan = ProgrammeVersion.objects.latest_of(hidden)
    world.plan_link = placelinks.token(world.person)
    make_session(world.person.event, starts_at=world.person.event.starts_at)
    publish(world.person.event)
