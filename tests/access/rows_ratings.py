"""Rows for ratings: public pages, the desk with structure, opening and the next edition."""

from types import SimpleNamespace

from django.db import transaction

from ratings.models import Scale
from ratings.tests.factories import make_edition, make_full_edition, make_rating
from tests.access.cells import EVERYBODY, NOBODY, STAFF, Row, admin
from tests.access.rows_admin import admin_rows

KEEPERS = ("ratings", "lead")
SAVERS = ("translator", *KEEPERS)
RATINGS, EDITION, DESK = "Ratings", "Edition of a rating", "Editions of ratings in the admin"
ONE = "/ru/ratings/{public_rating.slug}/"
TOOLS = "/admin/ratings/edition/{asked_edition.pk}/"

MODELS = [
    ("ratings/rating", "Ratings in the admin", "public_rating", STAFF, KEEPERS, SAVERS, None),
    ("ratings/edition", DESK, "asked_edition", STAFF, KEEPERS, SAVERS, None),
    (
        "ratings/indicatorgroup", "Groups of indicators in the admin", "asked_group",
        STAFF, KEEPERS, SAVERS, KEEPERS,
    ),
    (
        "ratings/indicator", "Indicators in the admin", "asked_indicator",
        STAFF, KEEPERS, SAVERS, KEEPERS,
    ),
    ("ratings/scale", "Scales of answers in the admin", "asked_scale",
     STAFF, KEEPERS, SAVERS, KEEPERS),
]  # fmt: skip

ROWS: list[Row] = [
    Row(RATINGS, "list", "/ru/ratings/", EVERYBODY),
    Row(RATINGS, "one", ONE, EVERYBODY),
    Row(RATINGS, "a draft", "/ru/ratings/{draft_rating.slug}/", NOBODY),
    Row(EDITION, "read", ONE + "{asked_edition.slug}/", EVERYBODY),
    Row(EDITION, "read a draft", ONE + "{draft_edition.slug}/", NOBODY),
    Row(EDITION, "read one of a draft", "/ru/ratings/{draft_rating.slug}/hidden/", NOBODY),
    *(row for model in MODELS for row in admin_rows(*model)),
    Row(DESK, "see what is asked", TOOLS + "structure/", admin(*STAFF)),
    Row(
        DESK, "open the questionnaire", TOOLS + "structure/", admin(*KEEPERS),
        "post", {"deed": "open"},
    ),
    Row(DESK, "make the next edition", TOOLS + "clone/", admin(*KEEPERS)),
]  # fmt: skip


@transaction.atomic
def add_objects(world: SimpleNamespace) -> None:
    """The objects that these rows name."""
    world.public_rating = make_rating(slug="activity")
    world.asked_edition = make_full_edition(
        rating=world.public_rating, slug="asked", opened_at=None
    )
    world.asked_group = world.asked_edition.groups.get(code="P")
    world.asked_indicator = world.asked_edition.indicators.get(code="P1")
    world.asked_scale = Scale.objects.create(edition=world.asked_edition, title_ru="Как часто")
    hidden = {"status": "draft", "published_at": None}
    world.draft_edition = make_edition(world.public_rating, slug="draft-edition", **hidden)
    world.draft_rating = make_rating(slug="secret-rating", **hidden)
    make_edition(world.draft_rating, slug="hidden")
