"""Rows for the newsletter: its links, its desk, the weekly digest in the cabinet."""

import datetime
from types import SimpleNamespace

from newsletter import links
from newsletter.models import Bounce, Digest
from newsletter.tests.factories import make_bulletin, make_subscription
from tests.access.cells import EVERYBODY, NOBODY, STAFF, Row, admin, cabinet
from tests.access.rows_admin import admin_rows

DESK = ("editor", "lead")
ISSUE = "/admin/newsletter/bulletin/{bulletin.pk}/"
SUBSCRIPTIONS = "/admin/newsletter/subscription/"
WEEKLY = "/ru/cabinet/{a.slug}/digest/"

MODELS = [
    ("newsletter/subscription", "Subscriptions", "subscription", DESK, None, DESK, None),
    ("newsletter/bulletin", "Newsletter issues", "bulletin", STAFF, DESK, DESK, ()),
    ("newsletter/bounce", "Mail that came back", "bounce", DESK, None, DESK, None),
    ("newsletter/digest", "Weekly digests", "digest", DESK, None, None, None),
]  # fmt: skip

ROWS: list[Row] = [
    Row("Newsletter", "archive", "/ru/newsletter/", EVERYBODY),
    Row("Newsletter", "an issue that was not sent", "/ru/newsletter/1/", NOBODY),
    Row("Newsletter", "open the form", "/ru/newsletter/subscribe/", EVERYBODY),
    Row("Newsletter", "send an empty form", "/ru/newsletter/subscribe/", EVERYBODY, "post"),
    Row("Newsletter", "after sending", "/ru/newsletter/subscribe/sent/", EVERYBODY),
    *(
        Row("Subscription", f"open the link: {name}", f"/ru/newsletter/{name}/{{{name}_link}}/",
            EVERYBODY)
        for name in ("confirm", "mine", "leave", "weekly")
    ),
    *(
        Row("Subscription", f"a guessed link: {name} ({method})",
            f"/ru/newsletter/{name}/{{{name}_link}}x/", NOBODY, method)
        for name in ("confirm", "mine", "leave", "weekly")
        for method in ("get", "post")
    ),
    Row("Weekly digest of city A", "open", WEEKLY, cabinet("rep_a")),
    *(row for model in MODELS for row in admin_rows(*model)),
    Row("Subscriptions", "export", SUBSCRIPTIONS + "export/", admin("lead"), "post"),
    Row("Newsletter issues", "read", ISSUE + "desk/", admin(*STAFF)),
    Row("Newsletter issues", "dry run", ISSUE + "dry-run/", admin(*DESK)),
    *(
        Row("Newsletter issues", deed, f"{ISSUE}deed/{deed}/", admin(*DESK), "post")
        for deed in ("ask", "approve", "send", "try", "refill")
    ),
]  # fmt: skip


def add_objects(world: SimpleNamespace) -> None:
    """A reader who has confirmed, one who has not, a draft, a bounce, a week of city A."""
    world.subscription = make_subscription("subscriber@example.com")
    waiting = make_subscription("waiting@example.com", state="waiting", confirmed_at=None)
    world.confirm_link = links.confirm_token(waiting)
    world.mine_link = links.token(world.subscription, links.MINE)
    world.leave_link = links.token(world.subscription, links.LEAVE)
    world.weekly_link = links.user_token(world.people["rep_a"])
    world.bulletin = make_bulletin(world.people["lead"])
    world.bounce = Bounce.objects.create(notice_id="<1@mx>", kind="hard", email="gone@example.com")
    world.digest = Digest.objects.create(member=world.a, week=datetime.date(2026, 11, 16))
