"""Rows for the pages about the association."""

from types import SimpleNamespace

from association.models import HomeBlock, Welcome
from association.tests.factories import (
    make_card,
    make_featured,
    make_partner,
    make_staff_member,
)
from news.tests.factories import make_article
from tests.access.cells import EVERYBODY, Row
from tests.access.rows_admin import admin_rows

WRITERS = ("editor", "lead")


def _admin(model: str, name: str, record: str, *, adds=WRITERS, deletes=WRITERS):
    return admin_rows(f"association/{model}", name, record, WRITERS, adds, WRITERS, deletes)


ROWS = [
    Row("The association", "read its structure", "/ru/about/structure/", EVERYBODY),
    Row("The association", "read its achievements", "/ru/about/achievements/", EVERYBODY),
    Row("The association", "read its partners", "/ru/about/partners/", EVERYBODY),
    *_admin("welcome", "Words of welcome", "welcome", adds=None, deletes=None),
    *_admin("homeblock", "Blocks of the front page", "home_block", adds=None, deletes=None),
    *_admin("featured", "Featured records", "featured"),
    *_admin("partner", "Partners", "partner"),
    *_admin("contactcard", "Contact card", "contact_card", adds=None, deletes=None),
    *_admin("staffmember", "Staff directory", "staff_member"),
]


def add_objects(world: SimpleNamespace) -> None:
    """The objects that these rows name."""
    world.welcome = Welcome.objects.create(headline_ru="Города вместе")
    world.home_block = HomeBlock.objects.get(kind="news")
    world.featured = make_featured(make_article("featured"))
    world.partner = make_partner()
    world.contact_card = make_card()
    world.staff_member = make_staff_member()
