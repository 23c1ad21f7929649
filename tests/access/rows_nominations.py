"""Rows for nominations: the cabinet of the city, the desk of the secretariat, the translator."""

from types import SimpleNamespace

from django.db import transaction

from nominations import sending
from nominations.models import Letter
from nominations.tests.factories import fill, make_call, make_dossier, make_interest, row
from tests.access.cells import Row, admin, cabinet, who
from tests.access.rows_admin import admin_rows

A, B = "/ru/cabinet/{a.slug}/nominations/", "/ru/cabinet/{b.slug}/nominations/"
OWN = "{dossier.pk}/"
DESK = "/admin/nominations/dossier/{dossier.pk}/"
CITY, STAFF = "Nomination dossier of city A", "Nomination dossier at the secretariat"
KEEPERS = ("awards", "lead")
NAMED = admin(*KEEPERS)

MODELS = [
    ("nominations/outsidecall", "Calls of other givers", "outside_call",
     KEEPERS, KEEPERS, KEEPERS, None),
    ("nominations/dossier", "Nomination dossiers", "dossier", KEEPERS, KEEPERS, KEEPERS, None),
    ("nominations/sectiontext", "English texts of dossiers", "dossier_text",
     ("translator", *KEEPERS), None, ("translator", *KEEPERS), None),
]  # fmt: skip

ROWS: list[Row] = [
    Row(CITY, "list", A, cabinet("rep_a")),
    Row(CITY, "ask for a nomination", A + "calls/{other_call.pk}/", cabinet("rep_a")),
    *(
        Row(CITY, f"{action}{words}", base + OWN + rest, allowed, method)
        for base, words, allowed in (
            (A, "", cabinet("rep_a")),
            (B, ", through the cabinet of B", cabinet()),
        )
        for action, rest, method in (
            ("open", "", "get"),
            ("add a letter", "", "post"),
            ("a text", "sections/{dossier_section.pk}/", "get"),
            ("save a text", "sections/{dossier_section.pk}/", "post"),
            ("a letter", "letters/{dossier_letter.pk}/", "get"),
            ("the paper as it is", "draft.pdf", "get"),
            ("the final text", "final.pdf", "get"),
            ("approve", "approve/", "post"),
        )
    ),
    Row(CITY, "take out a letter of B", A + "{b_dossier.pk}/letters/1/remove/", cabinet(), "post"),
    Row(CITY, "withdraw that of B", A + "{b_dossier.pk}/withdraw/", cabinet(), "post"),
    Row(CITY, "withdraw", A + "{withdrawn_dossier.pk}/withdraw/", cabinet("rep_a"), "post"),
    Row(
        CITY, "take out a letter", A + OWN + "letters/{dossier_letter.pk}/remove/",
        cabinet("rep_a"), "post",
    ),
    Row(
        CITY, "the final text by number", "/files/{final_file.pk}/",
        who("awards", "lead", "superuser", visitor="sign in", others="404"),
    ),
    *(row for model in MODELS for row in admin_rows(*model)),
    Row(STAFF, "open", DESK + "desk/", NAMED),
    Row(STAFF, "the paper as it is", DESK + "draft.pdf", NAMED),
    Row(STAFF, "the final text", DESK + "files/{final_file.pk}/", NAMED),
    *(
        Row(STAFF, f"form of {name}", DESK + f"do/{name}/", NAMED)
        for name in ("accept", "decline", "nominator", "letter", "final", "send", "receipt",
                     "outcome", "laureate")
    ),
    Row(STAFF, "record the sending", DESK + "do/send/", NAMED, "post"),
    Row(
        STAFF, "side by side", "/admin/nominations/outsidecall/{outside_call.pk}/dossiers/", NAMED
    ),
]  # fmt: skip


@transaction.atomic
def add_objects(world: SimpleNamespace) -> None:
    """The objects that these rows name."""
    rep_a, rep_b, lead = (world.people[name] for name in ("rep_a", "rep_b", "lead"))
    world.outside_call, world.other_call = make_call(), make_call("other-honour")
    world.dossier = make_dossier(world.outside_call, world.a, rep_a, lead)
    fill(world.dossier, rep_a, lead)
    world.final_file = sending.make_final(world.dossier, lead).final_file
    world.dossier_letter = Letter.objects.get(dossier=world.dossier)
    world.dossier_section = world.outside_call.sections.first()
    world.dossier_text = row(world.dossier, "en")
    world.b_dossier = make_dossier(world.outside_call, world.b, rep_b, lead)
    third = make_call("third-honour")
    world.withdrawn_dossier = make_interest(third, world.a, rep_a)
