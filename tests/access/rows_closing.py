"""Rows for what closes an event: documents, materials, certificates, figures, the news draft."""

import datetime
from types import SimpleNamespace

from django.utils import timezone

from attendance import certificates, newsdraft, presence
from events import placelinks
from events.tests.factories import make_event, make_participant
from programme.tests.document_factories import make_document, make_request
from tests.access.cells import EVERYBODY, NOBODY, NOT_FOUND, Row, admin, cabinet, who
from tests.access.rows_admin import admin_rows

KEEPERS = ("events", "lead")
READERS = ("editor", *KEEPERS)
PAPERS = "/ru/events/{held.slug}/documents/"
PLACE = "/ru/events/places/{held_place}/"
AFTER = "/admin/attendance/newsdraft/event/{held.pk}/"
CERTIFICATE = "/events/{held.slug}/certificates/{visitor.pk}.pdf"


def _of(*allowed: str):
    return who(*allowed, "superuser", visitor=NOT_FOUND, others=NOT_FOUND)


ROWS = [
    Row("Documents of events", "one for everybody", PAPERS + "{open_paper.pk}/", EVERYBODY),
    Row(
        "Documents of events", "one for members", PAPERS + "{member_paper.pk}/",
        _of("rep_a", "rep_b", *READERS),
    ),
    Row(
        "Documents of events", "one for delegates", PAPERS + "{delegate_paper.pk}/",
        _of("rep_a", *READERS),
    ),
    Row("Documents of events", "one for a body", PAPERS + "{council_paper.pk}/", _of(*READERS)),
    Row(
        "Documents of events", "one that is not released", PAPERS + "{raw_paper.pk}/",
        _of(*READERS),
    ),
    Row(
        "Documents of events", "by the link of a place",
        PLACE + "documents/{delegate_paper.pk}/", EVERYBODY,
    ),
    Row(
        "Documents of events", "one for members by the link of a place",
        PLACE + "documents/{member_paper.pk}/", NOBODY,
    ),
    Row("Materials of speakers", "open the link", "/ru/materials/{wanted.token}/", EVERYBODY),
    Row("Materials of speakers", "a guessed link", "/ru/materials/" + "0" * 64 + "/", NOBODY),
    Row("Participants of an event", "public list", "/ru/events/{held.slug}/participants/",
        EVERYBODY),
    Row("Participants of an event", "where the event shows none",
        "/ru/events/{event.slug}/participants/", NOBODY),
    Row("Certificates of participation", "by the link of a place", PLACE + "certificate.pdf",
        EVERYBODY),
    Row("Certificates of participation", "by a forged link",
        "/ru/events/places/{held_place}x/certificate.pdf", NOBODY),
    Row("Certificates of participation", "in the cabinet of city A",
        "/ru/cabinet/{a.slug}" + CERTIFICATE, cabinet("rep_a")),
    Row("Certificates of participation", "that of A in the cabinet of city B",
        "/ru/cabinet/{b.slug}" + CERTIFICATE, cabinet()),
    Row("After the event", "figures and people", AFTER, admin(*KEEPERS)),
    Row("After the event", "report as PDF", AFTER + "ru.pdf", admin(*KEEPERS)),
    Row("After the event", "a deed", AFTER, admin(*KEEPERS), "post", {"deed": "mark"}),
    *admin_rows(
        "attendance/newsdraft", "News drafts of events", "", KEEPERS, None, None, None
    ),
    Row("News drafts of events", "open", "/admin/attendance/newsdraft/{news_draft.pk}/change/",
        admin(*KEEPERS)),
    *admin_rows(
        "programme/eventdocument", "Documents of events in the admin", "open_paper", READERS,
        KEEPERS, KEEPERS, KEEPERS,
    ),
    *admin_rows(
        "programme/materialrequest", "Materials in the admin", "wanted", KEEPERS, KEEPERS,
        KEEPERS, (),
    ),
]  # fmt: skip


def add_objects(world: SimpleNamespace) -> None:
    """An event of last month at which somebody of city A was."""
    begun = timezone.now() - datetime.timedelta(days=30)
    world.held = make_event("held", starts_at=begun, shows_participants=True)
    world.open_paper = make_document(world.held, "public")
    world.member_paper = make_document(world.held, "members")
    world.delegate_paper = make_document(world.held, "delegates")
    world.council_paper = make_document(world.held, "body")
    world.raw_paper = make_document(world.held, "public", is_shown=False)
    lead = world.people["lead"]
    world.wanted = make_request(world.event, lead)
    world.visitor = make_participant(world.held, member=world.a, by=world.people["rep_a"])
    world.held_place = placelinks.token(world.visitor)
    presence.mark([world.visitor], lead)
    certificates.issue(world.visitor, lead)
    world.news_draft = newsdraft.write(world.held, lead)
