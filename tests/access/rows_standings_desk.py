"""Rows for draft results: the desk, the weights lab, trial runs; a city's own points (RAT-7)."""

import datetime
from types import SimpleNamespace

from django.db import transaction
from django.utils import timezone

from questionnaires.tests.factories import make_sent
from ratings.tests.factories import make_full_edition
from standings.models import Points, Run, Seal, Standing
from tests.access.cells import Row, admin, cabinet
from tests.access.rows_admin import admin_rows

KEEPERS = ("ratings", "lead")
EDITION = "/admin/standings/run/edition/{desk_edition.pk}/"
POINTS = "/ratings/{points_edition.pk}/points/"

ROWS: list[Row] = [
    *admin_rows(
        "standings/run", "Trial runs of ratings", "trial_run", KEEPERS, None, KEEPERS, KEEPERS
    ),
    Row("Draft results", "choose an edition", "/admin/standings/run/editions/", admin(*KEEPERS)),
    Row("Draft results", "read", EDITION, admin(*KEEPERS)),
    Row("Draft results", "try other weights", EDITION + "lab/", admin(*KEEPERS)),
    Row("Draft results", "keep a trial run", EDITION + "keep/", admin(*KEEPERS), "post"),
    Row("Draft results", "compare trial runs", EDITION + "compare/", admin(*KEEPERS)),
    Row("Draft results", "firmness", EDITION + "firmness/", admin(*KEEPERS)),
    Row("Draft results", "have the table made", EDITION + "firmness/", admin(*KEEPERS), "post"),
    Row(
        "Draft results", "points of a city", EDITION + "points/{desk_response.pk}/",
        admin(*KEEPERS),
    ),
    Row("Points of city A", "read", "/ru/cabinet/{a.slug}" + POINTS, cabinet("rep_a")),
    Row("Points of city B", "read", "/ru/cabinet/{b.slug}" + POINTS, cabinet("rep_b")),
    Row(
        "Points of city A", "read before the embargo ends",
        "/ru/cabinet/{a.slug}/ratings/{held_points_edition.pk}/points/", cabinet(),
    ),
]  # fmt: skip


@transaction.atomic
def add_objects(world: SimpleNamespace) -> None:
    """An edition with answers and a trial run; sealed points of A and B, and of A under embargo."""
    now = timezone.now()
    hour = datetime.timedelta(hours=1)
    world.desk_edition = make_full_edition()
    world.desk_response = make_sent(world.desk_edition, {"P1": 3}, member=world.a)
    world.trial_run = Run.objects.create(
        edition=world.desk_edition, title="Trial", answers_digest="0" * 64
    )
    world.points_edition = _sealed(world, (world.a, world.b), now - hour, 1)
    world.held_points_edition = _sealed(world, (world.a,), now + hour, 2)


def _sealed(world: SimpleNamespace, members, published_at, number: int):
    edition = make_full_edition()
    responses = [make_sent(edition, {"P1": 3}, member=member) for member in members]
    seal = Seal.objects.create(
        edition=edition, canonical="{}", sha256=f"{number:064x}", code_version="1",
        asked_by=world.people["lead"], sealed_by=world.admin, published_at=published_at,
    )  # fmt: skip
    for place, response in enumerate(responses, start=1):
        standing = Standing.objects.create(
            edition=edition, seal=seal, response=response, member=response.member,
            name_en=response.name_in("en"), score=50, rank=place,
        )  # fmt: skip
        Points.objects.create(standing=standing, detail={})
    edition.sealed_at = timezone.now()
    edition.save()
    return edition
