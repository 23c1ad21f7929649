"""Rows for people, organisations, offices, bodies and seats."""

import datetime
from types import SimpleNamespace

from django.utils import timezone

from governance import offices, proposals
from governance.models import EndReason, FoundingPaper
from governance.tests.factories import (
    make_body,
    make_filling,
    make_office,
    make_office_term,
    make_organisation,
    make_person,
    make_seat,
    make_seat_term,
)
from tests.access.cells import EVERYBODY, NOBODY, STAFF, Row, admin, cabinet
from tests.access.rows_admin import admin_rows

WRITERS = ("editor", "lead")
TEXTS = ("translator", "editor", "lead")
ADMIN = "/admin/governance/"

MODELS = [
    ("governance/person", "People with offices", "holder", STAFF, WRITERS, TEXTS, None),
    ("governance/organisation", "Organisations", "section", STAFF, WRITERS, TEXTS, None),
    ("governance/foundingpaper", "Founding papers", "paper", STAFF, WRITERS, WRITERS, WRITERS),
    ("governance/office", "Offices", "office", STAFF, WRITERS, WRITERS, None),
    ("governance/body", "Bodies", "body", STAFF, WRITERS, TEXTS, None),
    ("governance/seat", "Seats", "seat", STAFF, WRITERS, WRITERS, None),
    ("governance/seatterm", "Terms of seats", "seat_term", STAFF, WRITERS, WRITERS, None),
    (
        "governance/delegateproposal", "Proposed delegates", "proposal",
        WRITERS, None, WRITERS, None,
    ),
]  # fmt: skip

ROWS = [
    Row("Bodies and organisations", "list of bodies", "/ru/about/bodies/", EVERYBODY),
    Row("Bodies and organisations", "a body", "/en/about/bodies/{body.slug}/", EVERYBODY),
    Row(
        "Bodies and organisations", "a body on a day of the past",
        "/ru/about/bodies/{body.slug}/?as_of=2021-05-01", EVERYBODY,
    ),
    Row("Bodies and organisations", "tree of organisations", "/ru/about/organisations/", EVERYBODY),
    Row(
        "Bodies and organisations", "an organisation", "/ru/about/organisations/{section.slug}/",
        EVERYBODY,
    ),
    Row("Bodies and organisations", "a person", "/ru/about/people/{holder.slug}/", EVERYBODY),
    Row(
        "Bodies and organisations", "a person without a page", "/ru/about/people/{hidden.slug}/",
        NOBODY,
    ),
    Row("Seats of city A", "list", "/ru/cabinet/{a.slug}/seats/", cabinet("rep_a")),
    Row(
        "Seats of city A", "name a delegate", "/ru/cabinet/{a.slug}/seats/{seat_term.pk}/",
        cabinet("rep_a"),
    ),
    Row(
        "Seats of city A", "send the delegate", "/ru/cabinet/{a.slug}/seats/{seat_term.pk}/",
        cabinet("rep_a"), "post",
    ),
    Row(
        "Seats of city A", "through the cabinet of B",
        "/ru/cabinet/{b.slug}/seats/{seat_term.pk}/", cabinet(),
    ),
    *(row for model in MODELS for row in admin_rows(*model)),
    Row("Bodies", "composition on a day", ADMIN + "body/{body.pk}/composition/", admin(*STAFF)),
    Row("Bodies", "seats to be filled", ADMIN + "body/vacancies/", admin(*STAFF)),
    Row("Offices", "appoint", ADMIN + "office/{office.pk}/appoint/", admin(*WRITERS)),
    Row("Offices", "end a term", ADMIN + "office/terms/{office_term.pk}/end/", admin(*WRITERS)),
    Row("Seats", "give", ADMIN + "seat/{seat.pk}/give/", admin(*WRITERS)),
    Row("Terms of seats", "end", ADMIN + "seatterm/{seat_term.pk}/end/", admin(*WRITERS)),
    Row("Terms of seats", "fill", ADMIN + "seatterm/{seat_term.pk}/fill/", admin(*WRITERS)),
    Row(
        "Terms of seats", "letter to the member", ADMIN + "seatterm/{seat_term.pk}/letter.pdf",
        admin(*WRITERS),
    ),
]  # fmt: skip


def add_objects(world: SimpleNamespace) -> None:
    """The objects that these rows name: a city whose head left, a seat to be filled."""
    world.section = make_organisation("a-section")
    world.holder = make_person("holder", "Глава Первый", "First Head")
    world.hidden = make_person("hidden", "Без страницы", "No Page", is_public=False)
    world.office = make_office(world.a)
    world.office_term = make_office_term(world.office, world.holder)
    world.body = make_body(world.section, "a-council")
    world.seat = make_seat(world.body, by_office=True)
    world.seat_term = make_seat_term(world.seat, world.a)
    make_filling(world.seat_term, world.holder, office_term=world.office_term)
    yesterday = timezone.localdate() - datetime.timedelta(days=1)
    offices.end_term(world.office_term, yesterday, EndReason.RESIGNED)
    world.paper = FoundingPaper.objects.create(organisation=world.section, title_en="Treaty")
    world.proposal = proposals.propose(
        world.seat_term, world.people["rep_a"], starts_on=timezone.localdate(),
        full_name_en="New Head", position_en="Mayor",
    )  # fmt: skip
