"""LNG-5: a translator without an account, by a link that works once."""

import datetime
import io
import zipfile

import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone, translation
from docx import Document
from lxml import etree

from content.models import AuditEntry
from mailing.models import Message
from translating import docx_files, keeping, links, xliff_files
from translating.models import TranslationLink
from translating.tests.factories import entry_of, make_link, make_page, make_term

pytestmark = pytest.mark.django_db

DESK = "/admin/translating/deskentry/"
TYPED = {"p1": "We", "p2": "First.", "p3": "Second."}


@pytest.fixture(autouse=True)
def _in_english():
    with translation.override("en"):
        yield


def docx_of(link, drop: int = 0, **texts: str) -> bytes:
    """The file of a link as a translator sends it back, without row `drop`."""
    document = Document(io.BytesIO(docx_files.made_of(link)))
    table = document.tables[0]
    for number, text in texts.items():
        table.rows[int(number[1:])].cells[2].text = text
    if drop:
        row = table.rows[drop]._tr
        row.getparent().remove(row)
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def sent(client, path: str, data: bytes, name: str = "text.docx"):
    return client.post(path, {"by_file": "1", "file": SimpleUploadedFile(name, data)})


def test_lng_5_expired_used_and_revoked_links_ask_for_a_new_one(client):
    now = timezone.now()
    _link, expired = make_link_of("expired", expires_at=now - datetime.timedelta(minutes=1))
    _link, revoked = make_link_of("revoked", revoked_at=now)
    _link, used = make_link_of("used")
    assert client.post(used, TYPED).status_code == 200

    for path in (expired, revoked, used):
        for address in (path, f"{path}text.docx", f"{path}text.xliff"):
            response = client.get(address)
            assert response.status_code == 410
            assert "Ask for a new one" in response.content.decode()
    assert client.post(used, TYPED).status_code == 410
    assert client.get("/en/translate/unknown/").status_code == 404


def make_link_of(slug: str, **fields):
    return make_link(make_page(slug), **fields)


def test_lng_5_docx_with_one_paragraph_less_is_refused_with_its_number(client):
    link, path = make_link_of("page")

    response = sent(client, path, docx_of(link, drop=2))

    link.refresh_from_db()
    assert response.status_code == 200
    assert "Paragraph 2 is missing." in response.content.decode()
    assert link.is_open
    assert sent(client, path, docx_of(link)).status_code == 200
    link.refresh_from_db()
    assert (link.returned_way, link.returned) == (
        "docx",
        ["About us", "The first paragraph.", "The second one."],
    )


def test_lng_5_empty_cells_are_missing_paragraphs_too(client):
    link, path = make_link_of("page")

    response = sent(client, path, docx_of(link, r1="", r3=" "))

    assert "Paragraphs 1, 3 are missing." in response.content.decode()


def test_lng_5_xliff_comes_back_and_that_of_another_record_is_refused(client):
    link, path = make_link_of("page")
    other, _path = make_link_of("other")

    refused = sent(client, path, xliff_files.made_of(other), "text.xliff")
    assert "This file belongs to another text." in refused.content.decode()
    refused = sent(client, path, docx_of(other))
    assert "This file belongs to another text." in refused.content.decode()

    root = etree.fromstring(client.get(f"{path}text.xliff").content)
    for unit in root.iter(f"{{{xliff_files.NAMESPACE}}}target"):
        unit.text = unit.text.upper()
    sent(client, path, etree.tostring(root), "text.xlf")

    link.refresh_from_db()
    assert link.returned == ["ABOUT US", "THE FIRST PARAGRAPH.", "THE SECOND ONE."]


def test_xliff_holds_sources_targets_and_both_languages():
    link, _path = make_link_of("page")

    root = etree.fromstring(xliff_files.made_of(link))
    units = [
        (unit.get("id"), unit[0].text, unit[1].text)
        for unit in root.iter(f"{{{xliff_files.NAMESPACE}}}trans-unit")
    ]

    assert (root[0].get("source-language"), root[0].get("target-language")) == ("ru", "en")
    assert units == [
        ("1", "О нас", "About us"),
        ("2", "Первый абзац.", "The first paragraph."),
        ("3", "Второй абзац.", "The second one."),
    ]


ENTITY = (
    b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]>'
    b'<xliff xmlns="urn:oasis:names:tc:xliff:document:1.2" version="1.2">&e;</xliff>'
)


def bomb() -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", b"")
        archive.writestr("word/document.xml", b"0" * (31 * 1024 * 1024))
    return out.getvalue()


@pytest.mark.parametrize(
    ("name", "data", "sentence"),
    [
        ("text.xliff", ENTITY, "This is not an XLIFF 1.2 file"),
        ("text.xliff", b"<broken", "This is not an XLIFF 1.2 file"),
        ("text.docx", b"PK\x03\x04 no archive", "The content of the file is not what"),
        ("text.exe", b"MZ", "Files of this kind are not taken."),
        ("text.docx", None, "far more than a text is"),
    ],
)
def test_bad_files_are_refused_with_a_sentence(client, name, data, sentence):
    link, path = make_link_of("page")

    response = sent(client, path, bomb() if data is None else data, name)

    link.refresh_from_db()
    assert response.status_code == 200
    assert sentence in response.content.decode()
    assert link.is_open


def test_paragraph_missing_on_the_page_is_named_and_what_was_typed_stays(client):
    link, path = make_link_of("page")

    response = client.post(path, {**TYPED, "p2": "  "})

    shown = response.content.decode()
    assert "Paragraph 2 is missing." in shown
    assert "Second.</textarea>" in shown
    link.refresh_from_db()
    assert link.is_open


def test_what_comes_back_is_a_proposal_that_staff_accepts(client, client_of, editor):
    make_term()
    page = make_page(title_ru="Исполнительное бюро")
    link, path = make_link(page)
    client.post(path, TYPED)
    page.refresh_from_db()
    assert page.title_en == "About us"

    staff = client_of(editor)
    address = f"{DESK}links/{link.pk}/"
    context = staff.get(address).context
    assert [(row.proposed, [w.wanted for w in found]) for row, found in context["rows"]] == [
        ("We", ["Executive Bureau"]),
        ("First.", []),
        ("Second.", []),
    ]
    staff.post(address, {"deed": "accept", "version": page.version})

    page.refresh_from_db()
    link.refresh_from_db()
    assert (page.title_en, page.body_en) == ("We", "<p>First.</p><p>Second.</p>")
    assert (link.was_accepted, link.decided_by) == (True, editor)
    assert entry_of(page).state == "current"
    verbs = set(AuditEntry.objects.values_list("verb", flat=True))
    assert {"translation.link_made", "translation.returned", "translation.accepted"} <= verbs


def test_proposal_is_put_aside_or_refused_when_the_record_changed(client, client_of, editor):
    page = make_page()
    link, path = make_link(page)
    client.post(path, TYPED)
    address = f"{DESK}links/{link.pk}/"
    staff = client_of(editor)

    staff.post(address, {"deed": "accept", "version": page.version - 1})
    link.refresh_from_db()
    assert link.waits
    staff.post(address, {"deed": "decline"})

    page.refresh_from_db()
    link.refresh_from_db()
    assert (page.title_en, link.was_accepted) == ("About us", False)
    with translation.override("en"), pytest.raises(ValidationError, match="decided already"):
        links.decline(link, editor)


def test_change_of_the_source_meanwhile_is_said_with_its_numbers(client, client_of, editor):
    page = make_page()
    link, path = make_link(page)
    page.body_ru = "<p>Первый абзац.</p><p>Другой.</p><p>Третий.</p>"
    page.save()

    assert "in paragraphs: 3." in client.get(path).content.decode()
    client.post(path, TYPED)
    context = client_of(editor).get(f"{DESK}links/{link.pk}/").context
    assert (context["changed"], context["is_longer"]) == ([3], True)


def test_editor_makes_a_link_that_is_mailed_or_shown_once(client_of, editor):
    entry = entry_of(make_page())
    staff = client_of(editor)
    form = staff.get(f"{DESK}{entry.pk}/link/").context["form"]
    data = {"name": "Анна", "email": "anna@example.org", "days": "7",
            "form_key": str(form["form_key"].value())}  # fmt: skip

    for _twice in (1, 2):
        assert staff.post(f"{DESK}{entry.pk}/link/", data).status_code == 302

    link = TranslationLink.objects.get()
    message = Message.objects.get(email="anna@example.org")
    assert message.is_secret
    assert link.made_by == editor
    staff.post(f"{DESK}links/{link.pk}/", {"deed": "revoke"})
    link.refresh_from_db()
    assert not link.is_open


def test_translator_reads_proposals_and_makes_no_links(client_of, translator):
    page = make_page()
    link, _path = make_link(page)

    assert client_of(translator).get(f"{DESK}{entry_of(page).pk}/link/").status_code == 403
    assert client_of(translator).get(f"{DESK}links/{link.pk}/").status_code == 200
    assert client_of(translator).get(f"{DESK}links/999/").status_code == 404


def test_page_of_a_link_is_never_cached_and_says_nothing_to_search_engines(client):
    _link, path = make_link_of("page")

    response = client.get(path)

    assert "no-store" in response.headers["Cache-Control"]
    assert response.headers["Referrer-Policy"] == "same-origin"
    assert '<meta name="robots" content="noindex, nofollow">' in response.content.decode()


def test_spans_and_numbers_of_a_docx_are_not_believed(client):
    link, path = make_link_of("spans")
    document = Document(io.BytesIO(docx_files.made_of(link)))
    row = document.tables[0].rows[1]
    row._tr.tc_lst[0].grid_span = 2_000_000_000
    document.tables[0].rows[2].cells[0].text = "9" * 5000
    out = io.BytesIO()
    document.save(out)

    response = sent(client, path, out.getvalue())

    assert response.status_code == 200
    link.refresh_from_db()
    assert link.is_open


def test_number_of_a_xliff_that_is_too_long_is_refused(client):
    link, path = make_link_of("number")
    data = xliff_files.made_of(link).replace(b'id="1"', b'id="' + b"9" * 5000 + b'"')

    assert sent(client, path, data, "text.xliff").status_code == 200

    link.refresh_from_db()
    assert link.is_open


def test_links_are_erased_a_year_after_their_end():
    now = timezone.now()
    old = now - datetime.timedelta(days=366)
    make_link_of("old", expires_at=old)
    make_link_of("waits", expires_at=old, returned_at=old, returned_way="page", returned=["We"])
    make_link_of("new")

    assert keeping.purge(now) == 1
    assert set(TranslationLink.objects.values_list("returned_way", flat=True)) == {"page", ""}
