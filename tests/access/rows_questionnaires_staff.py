"""Rows for staff and questionnaires: who takes part, deeds, letters; taking an offer over."""

from types import SimpleNamespace

from django.db import transaction

from content.privatefiles import keep_bytes
from questionnaires import paper_path
from questionnaires.models import QuestionnaireReminder
from questionnaires.tests.factories import make_response
from ratings.tests.factories import make_full_edition
from tests.access.cells import Row, admin, cabinet, who
from tests.access.rows_admin import admin_rows

KEEPERS = ("ratings", "lead")
NAMED = admin(*KEEPERS)
LIST = "/admin/questionnaires/response/"
EDITION = LIST + "edition/{staffed_edition.pk}/"
ONE = LIST + "{staffed_response.pk}/"
WHO, CITY = "Participants of a rating", "Questionnaire at the secretariat"
BY_NUMBER = who(*KEEPERS, "superuser", visitor="sign in", others="404")
TAKE = "ratings/{staffed_edition.pk}/sections/P/take/{staffed_question.pk}/"

ROWS: list[Row] = [
    *admin_rows("questionnaires/response", "Questionnaires in the admin", "staffed_response",
                KEEPERS, None, KEEPERS, None),
    *admin_rows("questionnaires/questionnairereminder", "Reminders of questionnaires",
                "staffed_reminder", KEEPERS, KEEPERS, KEEPERS, KEEPERS),
    Row(WHO, "list", EDITION, NAMED),
    Row(WHO, "as a table", EDITION + "?format=csv", NAMED),
    Row(WHO, "add a guest", EDITION + "guest/", NAMED),
    *(
        Row(WHO, action, EDITION + f"do/{deed}/", NAMED, "post")
        for action, deed in (
            ("invite all members", "invite"),
            ("write to all who have not sent", "remind"),
            ("take over inhabitants", "fill"),
        )
    ),
    Row(WHO, "begin for a member", EDITION + "begin/{b.pk}/", NAMED, "post"),
    *(
        Row(CITY, action, ONE + f"do/{deed}/", NAMED)
        for action, deed in (
            ("inhabitants", "inhabitants"), ("zone", "zone"), ("leave out", "leave-out"),
            ("take part again", "take-back"),
        )
    ),
    Row(CITY, "leave out, without a reason", ONE + "do/leave-out/", NAMED, "post"),
    Row(CITY, "answers by letter", ONE + "letter/", NAMED),
    Row(CITY, "keep answers by letter", ONE + "letter/", NAMED, "post"),
    Row(CITY, "the letter", ONE + "files/{staffed_letter.pk}/", NAMED),
    Row(CITY, "the letter by number", "/files/{staffed_letter.pk}/", BY_NUMBER),
    Row("Rating questionnaire of city A", "take over what the portal knows",
        "/ru/cabinet/{a.slug}/" + TAKE, cabinet("rep_a"), "post"),
    Row("Rating questionnaire of city B", "take over what the portal knows",
        "/ru/cabinet/{b.slug}/" + TAKE, cabinet("rep_b"), "post"),
]  # fmt: skip


@transaction.atomic
def add_objects(world: SimpleNamespace) -> None:
    """The objects that these rows name."""
    world.staffed_edition = make_full_edition(admits_guests=True)
    world.staffed_question = world.staffed_edition.indicators.get(code="P1")
    world.staffed_letter = keep_bytes(
        b"%PDF-1.7 letter", "letter.pdf", "application/pdf", paper_path.PURPOSE, None
    )
    world.staffed_response = make_response(
        world.staffed_edition, world.a, letter=world.staffed_letter, letter_details="№ 5"
    )
    world.staffed_reminder = QuestionnaireReminder.objects.create(
        edition=world.staffed_edition, amount=5, unit="days", audience="unsent"
    )
