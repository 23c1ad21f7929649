"""Rows for entering calls: the cabinet of a member, the link of an entrant, the desk of staff."""

import datetime
import io
from types import SimpleNamespace

from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone
from pypdf import PdfWriter

from awards import entering, entrant_links, entry_files, extensions, sending
from awards.models import Award, DraftReminder, Entrant
from awards.tests.factories import make_award, make_field, make_round
from tests.access.cells import EVERYBODY, NOBODY, SIGN_IN, Row, admin, cabinet, who
from tests.access.rows_admin import admin_rows

KEEPERS = ("awards", "lead")
A, B = "/ru/cabinet/{a.slug}/awards/", "/ru/cabinet/{b.slug}/awards/"
OWN = "entries/{entry_of_a.pk}/"
START = "start/{entry_round.award.slug}/{entry_round.slug}/"
ENTER = "/ru/awards/{entry_round.award.slug}/{entry_round.slug}/enter/"
LINK = "/ru/entries/{entrant_token}/"
DESK = "/admin/awards/entry/"
ENTRY, OTHERS = "Entry of city A", "Entry of an outsider"
LIST, ENTRIES = "Entries in the admin", "Entering a call without an account"

ROWS: list[Row] = [
    Row(ENTRY, "open calls and own entries", A, cabinet("rep_a")),
    Row(ENTRY, "begin a draft", A + START, cabinet("rep_a"), "post"),
    Row(ENTRY, "open", A + OWN, cabinet("rep_a")),
    Row(ENTRY, "save", A + OWN, cabinet("rep_a"), "post"),
    Row(ENTRY, "open through the cabinet of B", B + OWN, cabinet()),
    Row(ENTRY, "delete through the cabinet of B", B + OWN, cabinet(), "post", {"deed": "discard"}),
    Row(ENTRY, "its file", A + OWN + "files/{entry_file.pk}/", cabinet("rep_a")),
    Row(ENTRY, "its file through the cabinet of B", B + OWN + "files/{entry_file.pk}/", cabinet()),
    Row(ENTRY, "its file by number", "/files/{entry_file.file_id}/",
        who("rep_a", "awards", "lead", "superuser", visitor=SIGN_IN, others="404")),
    Row(ENTRY, "its clean copy by number", "/files/{entry_file.clean_id}/",
        who("rep_a", "awards", "lead", "superuser", visitor=SIGN_IN, others="404")),
    Row(ENTRIES, "open the form", ENTER, EVERYBODY),
    Row(ENTRIES, "send an empty form", ENTER, EVERYBODY, "post"),
    Row(ENTRIES, "what to do next", ENTER + "sent/", EVERYBODY),
    Row(OTHERS, "all entries, by the link", LINK, EVERYBODY),
    Row(OTHERS, "all entries, by a guessed link", "/ru/entries/{entrant_token}x/", NOBODY),
    Row(OTHERS, "one entry, by the link", LINK + "{entry_of_other.pk}/", EVERYBODY),
    Row(OTHERS, "one entry, by a guessed link",
        "/ru/entries/{entrant_token}x/{entry_of_other.pk}/", NOBODY),
    Row(OTHERS, "the entry of A by the link of another", LINK + "{entry_of_a.pk}/", NOBODY),
    Row(OTHERS, "its file, by the link",
        LINK + "{entry_of_other.pk}/files/{file_of_other.pk}/", EVERYBODY),
    Row(OTHERS, "the file of A by the link of another",
        LINK + "{entry_of_other.pk}/files/{entry_file.pk}/", NOBODY),
    *admin_rows("awards/entry", LIST, "entry_of_a", KEEPERS, None, None, None),
    Row(LIST, "all answers as XLSX", DESK + "export/", admin(*KEEPERS)),
    Row(LIST, "refuse admission", DESK + "{entry_of_a.pk}/refuse/", admin(*KEEPERS)),
    *admin_rows("awards/entrant", "Entrants of calls", "entrant_of_a", KEEPERS, None, None, None),
    *admin_rows("awards/extension", "Longer deadlines", "extension_of_a",
                KEEPERS, KEEPERS, None, None),
    *admin_rows("awards/draftreminder", "Reminders of drafts", "draft_reminder",
                KEEPERS, KEEPERS, KEEPERS, KEEPERS),
]  # fmt: skip


def add_objects(world: SimpleNamespace) -> None:
    """The objects that these rows name."""
    award = Award.objects.filter(slug="entry-award").first() or make_award("entry-award")
    round = world.entry_round = make_round(award, "entry-round")
    field = make_field(round, "file", max_files=3)
    rep_a = world.people["rep_a"]
    world.entrant_of_a = entering.of_member(round, world.a)
    world.entry_of_a = sending.begin(world.entrant_of_a, rep_a)
    world.entry_file = entry_files.keep_file(world.entry_of_a, field, _pdf(), rep_a)
    other = Entrant.objects.create(
        round=round, kind="person", name_ru="Анна Пример", home_text="Хвалынск",
        email="anna@example.org", confirmed_at=timezone.now(), country=world.a.country,
    )  # fmt: skip
    entrant_links.keep(other)
    world.entrant_token = entrant_links.token(other)
    world.entry_of_other = sending.begin(other)
    world.file_of_other = entry_files.keep_file(world.entry_of_other, field, _pdf(), None)
    world.draft_reminder = DraftReminder.objects.create(
        round=round, amount=3, unit="days", audience=DraftReminder.DRAFTS
    )
    until = round.closes_at + datetime.timedelta(days=1)
    world.extension_of_a = extensions.grant(
        world.entrant_of_a, until, "Отключение света", world.people["awards"]
    )


def _pdf() -> SimpleUploadedFile:
    writer, out = PdfWriter(), io.BytesIO()
    writer.add_blank_page(100, 100)
    writer.write(out)
    return SimpleUploadedFile("entry.pdf", out.getvalue(), "application/pdf")
