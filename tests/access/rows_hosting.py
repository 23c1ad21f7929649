"""Rows for calls for a host city: public pages, bids of cities, the desk of the staff."""

from types import SimpleNamespace

from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction

from hosting import bidding
from hosting.tests.factories import close, make_call, make_offer
from tests.access.cells import EVERYBODY, NOBODY, SIGN_IN, STAFF, Row, admin, cabinet, who
from tests.access.rows_admin import admin_rows

A, B = "/ru/cabinet/{a.slug}/host-calls/", "/ru/cabinet/{b.slug}/host-calls/"
OWN = "{call.slug}/"
DESK = "/admin/hosting/hostcall/{closed_call.pk}/"
PUBLIC, BIDS, CALLS = "Calls for a host city", "Bid of city A", "Calls for a host city in the admin"
NAMED = admin("events", "lead")

MODELS = [
    (
        "hosting/hostcall", CALLS, "call",
        STAFF, ("events", "lead"), ("translator", "events", "lead"), None,
    ),
    ("hosting/bid", "Bids of cities", "bid", ("events", "lead"), None, None, None),
]  # fmt: skip

ROWS: list[Row] = [
    Row(PUBLIC, "list", "/ru/host-calls/", EVERYBODY),
    Row(PUBLIC, "one", "/ru/host-calls/{call.slug}/", EVERYBODY),
    Row(PUBLIC, "a draft", "/ru/host-calls/{draft_call.slug}/", NOBODY),
    Row(PUBLIC, "conditions that are not there", "/ru/host-calls/{call.slug}/terms/", NOBODY),
    Row(BIDS, "calls and bids of the city", A, cabinet("rep_a")),
    Row(BIDS, "open", A + OWN, cabinet("rep_a")),
    Row(BIDS, "send", A + OWN, cabinet("rep_a"), "post"),
    Row(BIDS, "for a draft", A + "{draft_call.slug}/", cabinet()),
    Row(BIDS, "its file", A + OWN + "files/{bid_file.pk}/", cabinet("rep_a")),
    Row(BIDS, "its file through the cabinet of B", B + OWN + "files/{bid_file.pk}/", cabinet()),
    Row(BIDS, "take back", A + OWN + "withdraw/", cabinet("rep_a"), "post"),
    Row(BIDS, "take back through the cabinet of B", B + OWN + "withdraw/", cabinet(), "post"),
    Row(
        BIDS, "its file by number", "/files/{bid_file.pk}/",
        who("rep_a", "events", "lead", "superuser", visitor=SIGN_IN, others="404"),
    ),
    *(row for model in MODELS for row in admin_rows(*model)),
    Row(CALLS, "compare", DESK + "compare/", NAMED),
    Row(CALLS, "workbook", DESK + "compare.xlsx", NAMED),
    Row(CALLS, "paper", DESK + "compare.pdf", NAMED),
    Row(CALLS, "give points", DESK + "score/{closed_bid.pk}/", NAMED),
    Row(CALLS, "a file of a bid", "/admin/hosting/hostcall/{call.pk}/file/{bid_file.pk}/", NAMED),
    Row(CALLS, "decide", DESK + "decide/", NAMED),
]  # fmt: skip


@transaction.atomic
def add_objects(world: SimpleNamespace) -> None:
    """The objects that these rows name."""
    rep_a = world.people["rep_a"]
    world.call, world.closed_call = make_call(), make_call("closed-call")
    world.draft_call = make_call("draft-call", status="draft", published_at=None)
    upload = SimpleUploadedFile("plan.pdf", b"%PDF-1.7 plan", "application/pdf")
    offer = make_offer(world.call, uploads=[upload])
    world.bid = bidding.send(world.call, world.a, offer, rep_a)
    world.bid_file = world.bid.files.get()
    closed = make_offer(world.closed_call)
    world.closed_bid = bidding.send(world.closed_call, world.a, closed, rep_a)
    close(world.closed_call)
