"""Rows for the check of answers: experts of an edition, their queue, a city's page of questions."""

from types import SimpleNamespace

from django.db import transaction

from content.privatefiles import keep_bytes
from questionnaires import asking, proofs
from questionnaires.models import Evidence, Expert
from questionnaires.tests.checks import make_expert, of
from questionnaires.tests.factories import make_sent
from ratings.tests.factories import make_full_edition
from tests.access.cells import Row, cabinet
from tests.access.rows_admin import admin_rows

CHECK = "Check of answers"
HERE, ELSEWHERE = "/ru/checking/{checked.pk}/", "/ru/checking/{checked_elsewhere.pk}/"
# The juror of the table is an expert of the one edition; the other one has experts of its own.
CHECKERS = ("juror", "ratings", "lead", "superuser")
STAFF = ("ratings", "lead", "superuser")

ROWS: list[Row] = [
    Row(CHECK, "own editions", "/ru/checking/", cabinet(*CHECKERS)),
    Row(CHECK, "an edition", HERE, cabinet(*CHECKERS)),
    Row(CHECK, "an edition with other experts", ELSEWHERE, cabinet(*STAFF)),
    Row(CHECK, "all answers", HERE + "answers/", cabinet(*CHECKERS)),
    Row(CHECK, "answers with other experts", ELSEWHERE + "answers/", cabinet(*STAFF)),
    Row(CHECK, "one question", HERE + "question/P1/", cabinet(*CHECKERS)),
    Row(CHECK, "one question with other experts", ELSEWHERE + "question/P1/", cabinet(*STAFF)),
    Row(CHECK, "one city", HERE + "city/{checked_city.pk}/", cabinet(*CHECKERS)),
    Row(CHECK, "the expert's own city", HERE + "city/{checked_home.pk}/", cabinet(*STAFF)),
    Row(CHECK, "history of an answer", HERE + "history/{checked_answer.pk}/", cabinet(*CHECKERS)),
    Row(CHECK, "a proof", HERE + "proof/{checked_proof.pk}/", cabinet(*CHECKERS)),
    Row(CHECK, "accept many", HERE + "answers/", cabinet(*CHECKERS), "post", {"accept_all": ""}),
    Row(
        CHECK, "accept many with other experts", ELSEWHERE + "answers/", cabinet(*STAFF), "post",
        {"accept_all": ""},
    ),
    Row(
        "Questions about answers of city A", "open",
        "/ru/cabinet/{a.slug}/ratings/{checked_of_a.pk}/questions/", cabinet("rep_a"),
    ),
    Row(
        "Questions about answers of city A", "reply",
        "/ru/cabinet/{a.slug}/ratings/{checked_of_a.pk}/questions/", cabinet("rep_a"), "post",
    ),
    *admin_rows(
        "questionnaires/expert", "Experts of ratings", "checking_expert",
        ("ratings", "lead"), ("ratings", "lead"), ("ratings", "lead"), ("ratings", "lead"),
    ),
]  # fmt: skip


@transaction.atomic
def add_objects(world: SimpleNamespace) -> None:
    """The objects that these rows name."""
    world.checked, world.checked_elsewhere = make_full_edition(), make_full_edition()
    world.checked_of_a = make_sent(world.checked, {"P1": 3, "E1": 1}, member=world.a)
    world.checked_home = make_sent(world.checked, {"P1": 2}, member=world.b)
    world.checked_city = world.checked_of_a
    world.checked_answer = of(world.checked_city)
    file = keep_bytes(b"%PDF-1.7 proof", "proof.pdf", "application/pdf", proofs.PURPOSE, None)
    world.checked_proof = Evidence.objects.create(answer=world.checked_answer, file=file)
    Expert.objects.create(edition=world.checked, user=world.people["juror"], home=world.b)
    other = make_expert(world.checked_elsewhere)
    world.checking_expert = other.expert
    question = of(world.checked_city, "E1")
    asking.ask_back(make_expert(world.checked), question.pk, question.version, "Почему?")
