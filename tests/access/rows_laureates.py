"""Rows for laureates and results: public pages, the desk of results, papers about prizes."""

import datetime
from decimal import Decimal
from types import SimpleNamespace

from django.db import transaction
from django.utils import timezone

from awards.tests.factories import make_award, make_round
from content.privatefiles import keep_bytes
from laureates.laureates_admin import PAPER
from laureates.models import PrizePaper, Results
from laureates.tests.factories import make_laureate
from tests.access.cells import (
    EVERYBODY,
    NOBODY,
    NOT_FOUND,
    SIGN_IN,
    STAFF,
    Row,
    admin,
    who,
)
from tests.access.rows_admin import admin_rows

KEEPERS = ("awards", "lead")
WRITERS = ("editor", *KEEPERS)
# Winners of ratings are laureates, too.
OF_LAUREATES = (*WRITERS, "ratings")
ROUND = "/ru/awards/{won_award.slug}/"
RESULTS = "/admin/laureates/results/"

MODELS = [
    (
        "laureates/laureate", "Laureates in the admin", "laureate",
        STAFF, OF_LAUREATES, ("translator", "finance", *OF_LAUREATES), None,
    ),
    ("laureates/results", "Results in the admin", "held_results", WRITERS, None, KEEPERS, None),
]  # fmt: skip

ROWS: list[Row] = [
    Row("Laureates", "list", "/ru/laureates/", EVERYBODY),
    Row("Laureates", "read", "/ru/laureates/{laureate.pk}/", EVERYBODY),
    Row("Laureates", "read one of a round under embargo", "/ru/laureates/{embargoed.pk}/", NOBODY),
    Row("Results", "read", ROUND + "{won_round.slug}/results/", EVERYBODY),
    Row("Results", "read under embargo", ROUND + "{held_round.slug}/results/", NOBODY),
    *(row for model in MODELS for row in admin_rows(*model)),
    Row(
        "Laureates in the admin", "import", "/admin/laureates/laureate/import/",
        admin(*OF_LAUREATES),
    ),
    Row(
        "Laureates in the admin", "template of the import",
        "/admin/laureates/laureate/import/template/", admin(*OF_LAUREATES),
    ),
    Row("Results in the admin", "rounds to release", RESULTS + "to-release/", admin(*KEEPERS)),
    Row("Results in the admin", "desk", RESULTS + "{held_results.pk}/desk/", admin(*KEEPERS)),
    Row("Results in the admin", "correct", RESULTS + "correct/{winner.pk}/", admin(*KEEPERS)),
    Row(
        "Papers about prizes", "fetch", "/admin/laureates/laureate/papers/{prize_paper.pk}/",
        admin("awards", "finance", "lead"),
    ),
    Row(
        "Papers about prizes", "fetch by number", "/files/{prize_file.pk}/",
        who("awards", "finance", "lead", "superuser", visitor=SIGN_IN, others=NOT_FOUND),
    ),
]  # fmt: skip


@transaction.atomic
def add_objects(world: SimpleNamespace) -> None:
    """A round whose results are out, one under embargo, an honour with a prize and its paper."""
    now = timezone.now()
    hour = datetime.timedelta(hours=1)
    world.won_award = make_award("won")
    world.won_round = make_round(world.won_award, "won-round")
    world.held_round = make_round(world.won_award, "held-round")
    world.winner = make_laureate(world.won_award, round=world.won_round)
    world.embargoed = make_laureate(world.won_award, round=world.held_round)
    world.laureate = make_laureate(
        world.won_award, prize_amount=Decimal(10000), prize_currency="USD", payment="due"
    )
    Results.objects.create(round=world.won_round, published_at=now - hour, released_at=now - hour)
    world.held_results = Results.objects.create(
        round=world.held_round, published_at=now + hour, released_at=now
    )
    world.prize_file = keep_bytes(b"%PDF-1.7", "order.pdf", "application/pdf", PAPER, None)
    world.prize_paper = PrizePaper.objects.create(
        laureate=world.laureate, title="Order", file=world.prize_file
    )
