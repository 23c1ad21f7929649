"""Rows for sister cities, other associations, requests for help."""

import datetime
from types import SimpleNamespace

from content.privatefiles import keep_bytes
from governance.tests.factories import make_organisation
from partnerships.models import CharterSigning, ListedCity
from partnerships.tests.factories import (
    make_affiliation,
    make_city,
    make_help_request,
    make_partnership,
    make_wish,
)
from tests.access.cells import EVERYBODY, NOT_FOUND, SIGN_IN, STAFF, Row, cabinet, who
from tests.access.rows_admin import admin_rows

WRITERS = ("editor", "lead")
A = "/ru/cabinet/{a.slug}/partnerships/"
B = "/ru/cabinet/{b.slug}/partnerships/"
HELP = "/ru/cabinet/{a.slug}/requests/"
DESK = "/admin/partnerships/"
LETTER = DESK + "partnership/{tie.pk}/letter/{a.pk}/ru/"
EVERY_READER = who(*STAFF, "superuser", visitor=SIGN_IN, others="403")

MODELS = [
    ("partnerships/partnership", "Partnerships in the admin", "tie", STAFF, WRITERS, WRITERS, None),
    ("partnerships/outsidecity", "Cities outside", "outside", STAFF, WRITERS, WRITERS, None),
    (
        "partnerships/affiliation", "Memberships in other associations", "affiliation",
        STAFF, WRITERS, WRITERS, WRITERS,
    ),
    (
        "partnerships/listedcity", "Cities of other associations", "listed",
        STAFF, WRITERS, WRITERS, WRITERS,
    ),
    (
        "partnerships/chartersigning", "Charters signed", "charter",
        STAFF, WRITERS, WRITERS, WRITERS,
    ),
    (
        "partnerships/helprequest", "Requests of members in the admin", "help_request",
        WRITERS, None, WRITERS, None,
    ),
    (
        "partnerships/matchwish", "Wishes for partners", "wish",
        WRITERS, None, None, None,
    ),
]  # fmt: skip

ROWS: list[Row] = [
    Row("Network of partnerships", "read", "/ru/partnerships/", EVERYBODY),
    Row("Network of partnerships", "one partnership", "/ru/partnerships/{tie.pk}/", EVERYBODY),
    Row("City outside", "read", "/ru/partnerships/cities/{outside.slug}/", EVERYBODY),
    Row(
        "City outside", "without a partner", "/ru/partnerships/cities/{lonely.slug}/",
        who(visitor=NOT_FOUND, others=NOT_FOUND),
    ),
    Row("Partnerships of city A", "list", A, cabinet("rep_a")),
    Row("Partnerships of city A", "open the form", A + "add/", cabinet("rep_a")),
    Row("Partnerships of city A", "state one", A + "add/", cabinet("rep_a"), "post"),
    Row("Partnerships of city A", "open", A + "{tie.pk}/", cabinet("rep_a")),
    Row("Partnerships of city A", "change", A + "{tie.pk}/", cabinet("rep_a"), "post"),
    Row("Partnerships of city A", "open through the cabinet of B", B + "{tie.pk}/", cabinet()),
    Row("Partnerships of city A", "fetch the agreement", A + "{tie.pk}/agreement/",
        cabinet("rep_a")),
    Row("Partnerships of city A", "fetch it through the cabinet of B", B + "{tie.pk}/agreement/",
        cabinet()),
    Row("Partnerships of city A", "look for partners", A + "wish/", cabinet("rep_a"), "post"),
    Row("Partnership that A states with B", "B reads and answers", B + "{asked.pk}/answer/",
        cabinet("rep_b")),
    Row("Partnership that A states with B", "B sends an answer", B + "{asked.pk}/answer/",
        cabinet("rep_b"), "post"),
    Row("Partnership that A states with B", "A answers itself", A + "{asked.pk}/answer/",
        cabinet(), "post"),
    Row("Requests of city A", "list", HELP, cabinet("rep_a")),
    Row("Requests of city A", "open the form", HELP + "new/", cabinet("rep_a")),
    Row("Requests of city A", "send", HELP + "new/", cabinet("rep_a"), "post"),
    Row("Requests of city A", "read", HELP + "{help_request.pk}/", cabinet("rep_a")),
    Row("Requests of city A", "close", HELP + "{help_request.pk}/", cabinet("rep_a"), "post"),
    Row("Requests of city A", "read through the cabinet of B",
        "/ru/cabinet/{b.slug}/requests/{help_request.pk}/", cabinet()),
    *(row for model in MODELS for row in admin_rows(*model)),
    Row("Partnerships in the admin", "letter of an anniversary", LETTER, EVERY_READER),
]  # fmt: skip


def add_objects(world: SimpleNamespace) -> None:
    """The objects that these rows name."""
    rep = world.people["rep_a"]
    today = datetime.date.today()  # noqa: DTZ011 - a day of this month will do
    world.outside, world.lonely = make_city(), make_city("changzhou", "Чанчжоу", "Changzhou")
    world.tie = make_partnership(
        world.a, world.outside, signed_on=datetime.date(today.year - 10, today.month, 1),
        signed_precision="month",
        file=keep_bytes(b"%PDF-1.7 agreement", "a.pdf", "application/pdf", "agreement", rep),
    )  # fmt: skip
    now = datetime.datetime.now(datetime.UTC)
    world.asked = make_partnership(world.a, world.b, answer="asked", asked_at=now)
    organisation = make_organisation("volga-cities", name_ru="Города Поволжья")
    world.affiliation = make_affiliation(world.a, organisation, 2015)
    world.listed = ListedCity.objects.create(organisation=organisation, name_ru="Димитровград")
    world.charter = CharterSigning.objects.create(member=world.a, charter_ru="Хартия")
    world.help_request = make_help_request(world.a, rep)
    world.wish = make_wish(world.a, rep)
