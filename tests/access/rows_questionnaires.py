"""Rows for questionnaires in the cabinet of a city: sections, papers, proofs, sending."""

from types import SimpleNamespace

from django.db import transaction

from content.privatefiles import keep_bytes
from questionnaires import proofs, submitting
from questionnaires.models import Answer
from questionnaires.tests.factories import make_sent
from ratings.tests.factories import make_full_edition
from tests.access.cells import Row, cabinet, who

A = "/ru/cabinet/{a.slug}/ratings/"
B = "/ru/cabinet/{b.slug}/ratings/"
OWN, THEIRS = A + "{asking_edition.pk}/", B + "{asking_edition.pk}/"
CITY = "Rating questionnaire of city A"
KEEPERS = who("ratings", "lead", "superuser", visitor="sign in", others="404")

ROWS: list[Row] = [
    Row(CITY, "list", A, cabinet("rep_a")),
    Row(CITY, "open", OWN, cabinet("rep_a")),
    Row(CITY, "a section", OWN + "sections/P/", cabinet("rep_a")),
    Row(CITY, "save a section", OWN + "sections/P/", cabinet("rep_a"), "post"),
    Row(CITY, "send", OWN, cabinet("rep_a"), "post", {"deed": "send"}),
    Row(CITY, "take back", OWN, cabinet("rep_a"), "post", {"deed": "take_back"}),
    Row(CITY, "the questions on paper", OWN + "empty.pdf", cabinet("rep_a")),
    Row(CITY, "what was sent", OWN + "sent.pdf", cabinet("rep_a")),
    Row(CITY, "a proof", OWN + "proofs/{asking_proof.pk}/", cabinet("rep_a")),
    Row(CITY, "a proof, through the cabinet of B", THEIRS + "proofs/{asking_proof.pk}/", cabinet()),
    Row(CITY, "what was sent, through the cabinet of B", THEIRS + "sent.pdf", cabinet()),
    Row(CITY, "what was sent, by number", "/files/{asking_paper.pk}/", KEEPERS),
    Row("Rating questionnaire of city B", "a section", THEIRS + "sections/P/", cabinet("rep_b")),
]


@transaction.atomic
def add_objects(world: SimpleNamespace) -> None:
    """The objects that these rows name."""
    world.asking_edition = make_full_edition()
    world.asking_paper = keep_bytes(
        b"%PDF-1.7", "sent.pdf", "application/pdf", submitting.PURPOSE, None
    )
    sent = make_sent(world.asking_edition, {"P1": 3}, member=world.a, paper=world.asking_paper)
    file = keep_bytes(b"%PDF-1.7", "proof.pdf", "application/pdf", proofs.PURPOSE, None)
    world.asking_proof = Answer.objects.get(response=sent).evidence.create(file=file)
