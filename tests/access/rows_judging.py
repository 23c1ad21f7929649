"""Rows for judging in the admin: stages, jurors, works of jurors, the coordinator's desk."""

import datetime
from types import SimpleNamespace

from django.db import transaction
from django.utils import timezone

from awards.tests.factories import make_award, make_category, make_entrant, make_entry, make_round
from judging import closing, protocol
from judging.models import Stage
from judging.tests.factories import make_juror, make_stage, make_vote
from tests.access.cells import Row, admin
from tests.access.rows_admin import admin_rows

NAMED = ("awards", "lead")
DESK, VOTES = "Desk of a stage", "Votes of a stage"
ONE = "/admin/judging/stage/{judged_stage.pk}/"

MODELS = [
    ("judging/stage", "Stages of judging", "prepared_stage", NAMED, NAMED, NAMED, NAMED),
    ("judging/juror", "Jurors", "judging_juror", NAMED, NAMED, NAMED, None),
    ("judging/assignment", "Works of jurors", "judging_assignment", NAMED, None, None, None),
]

ROWS: list[Row] = [
    *(row for model in MODELS for row in admin_rows(*model)),
    Row(DESK, "open", ONE + "desk/", admin(*NAMED)),
    Row(DESK, "remind jurors", ONE + "desk/", admin(*NAMED), "post", {"deed": "remind"}),
    Row(VOTES, "all as a workbook", ONE + "votes.xlsx", admin(*NAMED)),
    Row(VOTES, "protocol", ONE + "protocol/{judging_protocol.pk}/", admin(*NAMED)),
    Row(VOTES, "of a counted stage", "/admin/judging/stage/{judged_stage.pk}/change/",
        admin(*NAMED)),
]  # fmt: skip


@transaction.atomic
def add_objects(world: SimpleNamespace) -> None:
    """The objects that these rows name."""
    lead = world.people["lead"]
    round = make_round(make_award("access-judging"), "access-judging")
    entry = make_entry(make_entrant(round), make_category(round))
    world.judging_juror = make_juror(round, position="Художник", home_text="Москва")
    stage = make_stage(round, method="stars")
    world.judging_assignment = make_vote(stage, world.judging_juror, entry, {None: 4})
    past = timezone.now() - datetime.timedelta(hours=1)
    Stage.objects.filter(pk=stage.pk).update(closes_at=past)
    world.judged_stage = closing.close(stage, lead)
    world.judging_protocol = protocol.make(world.judged_stage, "ru", lead)
    world.prepared_stage = make_stage(round, state="planned")
