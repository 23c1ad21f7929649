"""Rows for guests, invitations to events and the questions of an event."""

from types import SimpleNamespace

from django.core import signing

from content import secretlinks
from content.privatefiles import keep_bytes
from events import guests, invitations, placelinks
from events.models import Answer, GuestApplication, InvitationStep, Question
from events.people import Person
from events.tests.factories import make_event
from members.models import Member
from tests.access.cells import EVERYBODY, NOBODY, Row, admin, cabinet
from tests.access.rows_admin import admin_rows

KEEPERS = ("events", "lead")
GUEST = "/ru/events/{guest_event.slug}/guest/"
INVITED = "/ru/cabinet/{a.slug}/events/{guest_event.slug}/invitation/"
DESK = "/admin/events/invitation/"

ROWS: list[Row] = [
    Row("Guests", "open the form", GUEST, EVERYBODY),
    Row("Guests", "send an empty form", GUEST, EVERYBODY, "post"),
    Row("Guests", "form of an event without guests", "/ru/events/{event.slug}/guest/", NOBODY),
    Row("Guests", "after sending, by the signed address", GUEST + "sent/{guest_sent}/", EVERYBODY),
    Row("Guests", "after sending, by a forged address", GUEST + "sent/{guest_sent}x/", NOBODY),
    Row("Guests", "open the link of the letter", GUEST + "{guest_token}/", EVERYBODY),
    Row("Guests", "open a guessed link", GUEST + "{guest_token}x/", NOBODY),
    Row(
        "Guests", "save on the page of the own place", "/ru/events/places/{guest_place}/",
        EVERYBODY, "post", {"deed": "save", "name_latin": "Ion Ceban"},
    ),
    Row("Invitation of city A", "open", INVITED, cabinet("rep_a")),
    Row("Invitation of city A", "answer nothing", INVITED, cabinet("rep_a"), "post"),
    Row("Invitation of city A", "decline", INVITED, cabinet("rep_a"), "post",
        {"deed": "decline", "seen": "open"}),
    *admin_rows("events/invitation", "Invitations to events", "event_invitation",
                KEEPERS, None, KEEPERS, None),
    Row("Invitations to events", "choose whom to invite", DESK + "invite/", admin(*KEEPERS)),
    Row("Invitations to events", "invite with an empty form", DESK + "invite/", admin(*KEEPERS),
        "post"),
    Row("Invitations to events", "letter to the head of a city",
        DESK + "letters/{event_letter.pk}/", admin(*KEEPERS)),
    *admin_rows("events/guestapplication", "Registrations of guests", "guest_application",
                KEEPERS, None, (), None),
    *admin_rows("events/question", "Questions of events", "question",
                KEEPERS, KEEPERS, KEEPERS, KEEPERS),
    Row("Questions of events", "file somebody answered with",
        "/admin/events/question/answers/{file_answer.pk}/", admin(*KEEPERS)),
]  # fmt: skip


def add_objects(world: SimpleNamespace) -> None:
    """The objects that these rows name."""
    event = world.guest_event = make_event("with-guests", admits_guests=True)
    lead = world.people["lead"]
    world.question = Question.objects.create(event=event, wording_ru="Размер", wording_en="Size")
    world.guest_sent = signing.dumps("Comrat", salt="events.guest")
    world.guest_token = "a-token-of-a-guest"
    confirmed, world.guest_application = _application(event, "a"), _application(event, "b")
    person = guests.confirm(confirmed)
    GuestApplication.objects.filter(pk=world.guest_application.pk).update(
        token_hash=secretlinks.hashed(world.guest_token)
    )
    world.guest_place = placelinks.token(person)
    world.file_answer = _file_answer(event, person, lead)
    own = Member.objects.filter(pk=world.a.pk)
    world.event_invitation = invitations.invite(event, own, lead)[0]
    world.event_letter = InvitationStep.objects.create(
        invitation=world.event_invitation, rung=3, letter=_pdf(lead, "event-invitation")
    )


def _application(event, name: str) -> GuestApplication:
    person = Person(name_latin="Ion Ceban", email=f"guest-{name}@example.org")
    guests.apply(event, person, "Comrat", "MD", {})
    return GuestApplication.objects.get(email=person.email)


def _file_answer(event, person, owner) -> Answer:
    question = Question.objects.create(event=event, kind="file", wording_en="Letter")
    kept = _pdf(owner, "event-answer")
    return Answer.objects.create(question=question, participant=person, kind="file", file=kept)


def _pdf(owner, purpose: str):
    return keep_bytes(b"%PDF-1.7 letter", "letter.pdf", "application/pdf", purpose, owner)
