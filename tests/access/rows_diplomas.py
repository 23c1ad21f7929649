"""Rows for diplomas: the desk, runs, the register, the cabinet, the link of an entrant."""

from types import SimpleNamespace

from django.db import transaction

from awards.tests.factories import make_author, make_award, make_entrant, make_entry, make_round
from laureates import diploma_letters, diploma_making, diploma_runs, diplomas
from laureates.models import Diploma, DiplomaRun
from laureates.tests.factories import make_diploma, make_laureate
from tests.access.cells import EVERYBODY, NOBODY, NOT_FOUND, Row, admin, cabinet
from tests.access.rows_admin import admin_rows

DESK = ("awards", "lead")
DIPLOMA = "/admin/laureates/diploma/"
ROUND = DIPLOMA + "rounds/{diploma_round.pk}/"
RUN = "/admin/laureates/diplomarun/{diploma_run.pk}/"
CABINET = "/ru/cabinet/{a.slug}/diplomas/"
REGISTER = "/admin/content/issueddocument/{child_paper.pk}/"

MODELS = [
    ("laureates/diploma", "Diplomas", "child_diploma", DESK, DESK, DESK, None),
    ("laureates/diplomarun", "Runs of diplomas", "diploma_run", DESK, None, DESK, None),
]  # fmt: skip

ROWS: list[Row] = [
    *(row for model in MODELS for row in admin_rows(*model)),
    Row("Diplomas", "rounds", DIPLOMA + "rounds/", admin(*DESK)),
    Row("Diplomas", "the desk of a round", ROUND, admin(*DESK)),
    Row("Diplomas", "make", ROUND + "make/", admin(*DESK), "post"),
    Row("Diplomas", "prepare a run", ROUND + "run/", admin(*DESK), "post"),
    Row("Diplomas", "wordings, download", ROUND + "words.xlsx", admin(*DESK)),
    Row("Diplomas", "wordings, bring back", ROUND + "words/", admin(*DESK), "post"),
    Row("Diplomas", "specimen", DIPLOMA + "{child_diploma.pk}/specimen.pdf", admin(*DESK)),
    Row("Diplomas", "send again", DIPLOMA + "{child_diploma.pk}/send/", admin(*DESK), "post"),
    Row("Runs of diplomas", "proof sheet", RUN + "proof.pdf", admin(*DESK)),
    Row("Runs of diplomas", "first pages", RUN + "specimens.pdf", admin(*DESK)),
    *(
        Row("Runs of diplomas", deed, f"{RUN}{deed}/", admin(*DESK), "post")
        for deed in ("ask", "approve", "start", "tell")
    ),
    Row(
        "Diploma of a child", "the paper in the register", REGISTER + "file/",
        admin(*DESK) | {"editor": NOT_FOUND, "finance": NOT_FOUND},
    ),
    Row("Diploma of a child", "check page", "/ru/check/{child_paper.code}/", EVERYBODY),
    Row(
        "Diploma of a child", "the paper by the entrant’s link", "/ru/diplomas/{diploma_link}/",
        EVERYBODY,
    ),
    Row("Diploma of a child", "by another link", "/ru/diplomas/{child_diploma.pk}:x/", NOBODY),
    Row("Diplomas of city A", "list", CABINET, cabinet("rep_a")),
    Row("Diplomas of city A", "the paper", CABINET + "{city_diploma.pk}.pdf", cabinet("rep_a")),
    Row(
        "Diplomas of city A", "that of a child somebody else entered",
        CABINET + "{child_diploma.pk}.pdf", cabinet(),
    ),
]  # fmt: skip


@transaction.atomic
def add_objects(world: SimpleNamespace) -> None:
    """A contest of children with one work of a school, a rating with city A, a run of the first."""
    lead = world.people["lead"]
    award = make_award("diplomas")
    world.diploma_round = make_round(award, is_for_children=True)
    entry = make_entry(make_entrant(world.diploma_round, home=world.a))
    make_author(entry, consents=("entry",))
    diploma_making.make(world.diploma_round, "participant", lead)
    world.child_diploma = Diploma.objects.with_words().get(entry=entry)
    world.child_paper = diplomas.issue(world.child_diploma, lead)
    world.diploma_link = diploma_letters.token(world.child_diploma)
    world.city_diploma = make_diploma(make_laureate(award, member=world.a))
    diplomas.issue(world.city_diploma, lead)
    world.diploma_run = DiplomaRun.objects.create(
        round=world.diploma_round, title="Run", made_by=lead
    )
    world.diploma_run.diplomas.add(world.child_diploma)
    diploma_runs.ask(world.diploma_run, lead)
