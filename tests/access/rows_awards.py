"""Rows for awards and calls: public pages, previews, the desk of the staff."""

import datetime
from types import SimpleNamespace

from django.db import transaction
from django.utils import timezone

from awards.tests.factories import make_award, make_category, make_field, make_round
from tests.access.cells import EVERYBODY, NOBODY, NOT_FOUND, SIGN_IN, STAFF, Row, admin, who
from tests.access.rows_admin import admin_rows

KEEPERS = ("awards", "lead")
AWARDS, CALL, DESK = "Awards", "Call for entries", "Rounds of awards in the admin"
ONE = "/ru/awards/{call_award.slug}/"
DRAFT = ONE + "{draft_round.slug}/"
PREVIEW = who(*STAFF, "superuser", visitor=SIGN_IN, others=NOT_FOUND)

MODELS = [
    (
        "awards/award", "Awards in the admin", "call_award",
        STAFF, KEEPERS, ("translator", *KEEPERS), None,
    ),
    ("awards/round", DESK, "call_round", STAFF, KEEPERS, ("translator", *KEEPERS), None),
]  # fmt: skip

ROWS: list[Row] = [
    Row(AWARDS, "list", "/ru/awards/", EVERYBODY),
    Row(AWARDS, "feed of calls", "/ru/awards/calls.xml", EVERYBODY),
    Row(AWARDS, "one", ONE, EVERYBODY),
    Row(AWARDS, "a draft", "/ru/awards/{draft_award.slug}/", NOBODY),
    Row(CALL, "read", ONE + "{call_round.slug}/", EVERYBODY),
    Row(CALL, "read a draft", DRAFT, NOBODY),
    Row(CALL, "read before its time", ONE + "{scheduled_round.slug}/", NOBODY),
    Row(CALL, "read one of an award in draft", "/ru/awards/{draft_award.slug}/hidden/", NOBODY),
    Row(CALL, "preview a draft", DRAFT + "preview/", PREVIEW),
    Row(CALL, "preview the form of a draft", DRAFT + "preview/form/", PREVIEW),
    *(row for model in MODELS for row in admin_rows(*model)),
    Row(DESK, "copy", "/admin/awards/round/{call_round.pk}/copy/", admin(*KEEPERS)),
]


@transaction.atomic
def add_objects(world: SimpleNamespace) -> None:
    """The objects that these rows name."""
    tomorrow = timezone.now() + datetime.timedelta(days=1)
    world.call_award = make_award("calls")
    world.call_round = make_round(world.call_award, "open-call")
    make_field(world.call_round, category=make_category(world.call_round))
    world.draft_round = make_round(
        world.call_award, "draft-call", status="draft", published_at=None
    )
    world.scheduled_round = make_round(world.call_award, "later-call", published_at=tomorrow)
    world.draft_award = make_award("secret-award", status="draft", published_at=None)
    make_round(world.draft_award, "hidden")
