"""Rows for the translation desk, its glossary, and translators without an account."""

import datetime
from types import SimpleNamespace
from urllib.parse import urlsplit

from django.contrib.contenttypes.models import ContentType
from django.utils import timezone

from tests.access.cells import (
    EVERYBODY,
    FORBIDDEN,
    NOBODY,
    NOT_FOUND,
    SIGN_IN,
    STAFF,
    Row,
    admin,
    who,
)
from tests.access.rows_admin import admin_rows
from translating import links
from translating.models import DeskEntry, Term

DESK = "/admin/translating/deskentry/"
WORKERS = ("translator", "editor", "lead")
MAKERS = ("editor", "lead")
# The record behind it is a member, which translators may not correct.
CITY = admin(*MAKERS) | {"translator": NOT_FOUND}
LINKED = "/en/translate/{outside_token}/"

ROWS: list[Row] = [
    *admin_rows(
        "translating/term", "Glossary", "term", STAFF, WORKERS, WORKERS, MAKERS,
    ),
    *admin_rows(
        "translating/deskentry", "Translation desk", "desk_entry", WORKERS, None, WORKERS, None
    ),
    Row("Translation desk", "coverage", f"{DESK}coverage/", admin(*WORKERS)),
    Row("Translation desk", "open a city's text", f"{DESK}{{city_entry.pk}}/change/", CITY),
    Row("Translation desk", "take a text", f"{DESK}{{desk_entry.pk}}/share/", admin(*WORKERS),
        "post", {"deed": "take"}),
    Row("Translation desk", "make a link: form", f"{DESK}{{desk_entry.pk}}/link/", admin(*MAKERS)),
    Row("Translation desk", "make a link: empty form", f"{DESK}{{desk_entry.pk}}/link/",
        admin(*MAKERS), "post"),
    Row("Outside translators", "list", "/admin/translating/translationlink/", admin(*WORKERS)),
    Row("Outside translators", "open from the list",
        "/admin/translating/translationlink/{outside_link.pk}/change/", admin(*WORKERS)),
    Row("Outside translators", "add", "/admin/translating/translationlink/add/",
        who(visitor=SIGN_IN, others=FORBIDDEN)),
    Row("Outside translators", "read a proposal", f"{DESK}links/{{outside_link.pk}}/",
        admin(*WORKERS)),
    Row("Outside translators", "decide on nothing", f"{DESK}links/{{outside_link.pk}}/",
        admin(*WORKERS), "post"),
    Row("Text to translate", "open by the link", LINKED, EVERYBODY),
    Row("Text to translate", "download by the link", f"{LINKED}text.docx", EVERYBODY),
    Row("Text to translate", "send nothing by the link", LINKED, EVERYBODY, "post"),
    Row("Text to translate", "open by a forged link", "/en/translate/forged/", NOBODY),
]  # fmt: skip


def add_objects(world: SimpleNamespace) -> None:
    """A term, entries of the desk about a page and about city A, a link for the page."""
    world.term = Term.objects.create(name_ru="Бюро", name_en="Bureau", kind="body")
    world.desk_entry = _entry(world.page)
    world.city_entry = _entry(world.a)
    until = timezone.now() + datetime.timedelta(days=3)
    world.outside_link, address = links.make(world.desk_entry, "Anna", until=until, by=world.admin)
    world.outside_token = urlsplit(address).path.strip("/").rpartition("/")[2]


def _entry(record) -> DeskEntry:
    content_type = ContentType.objects.get_for_model(record)
    return DeskEntry.objects.get(content_type=content_type, object_id=record.pk)
