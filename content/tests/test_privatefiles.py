"""Private files: judged on the way in, sent only to those who may have them."""

import io
import zipfile

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse

from accounts.models import Role
from content import privatefiles
from content.models import PrivateFile
from content.models.files import RESERVED
from content.tests.factories import make_upload, picture_bytes, private_files_on_disk

pytestmark = pytest.mark.django_db

PDF = b"%PDF-1.7 letter"


@pytest.mark.parametrize(
    ("data", "name", "code"),
    [
        (PDF, "letter.exe", "ending"),
        (PDF, "letter.svg", "ending"),
        (PDF, "letter", "ending"),
        (b"MZ not a letter", "letter.pdf", "content"),
        (b"", "letter.pdf", "size"),
    ],
)
def test_bad_file_is_refused_and_nothing_is_stored(make_user, data, name, code):
    with pytest.raises(ValidationError) as caught:
        privatefiles.store(make_upload(data, name), "letter", make_user("a@example.org"))

    assert caught.value.code == code
    assert PrivateFile.objects.count() == 0


def archive(*names: str) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as made:
        for name in names:
            made.writestr(name, b"<x/>")
    return out.getvalue()


@pytest.mark.parametrize(
    ("name", "data", "is_taken"),
    [
        ("a.docx", archive("[Content_Types].xml", "word/document.xml"), True),
        ("a.xlsx", archive("[Content_Types].xml", "xl/workbook.xml"), True),
        ("a.xlsx", archive("[Content_Types].xml", "word/document.xml"), False),
        ("a.docx", archive("word/document.xml", "word/vbaProject.bin"), False),
        ("a.docx", archive("setup.exe"), False),
        ("a.docx", archive("word/document.xml", *(f"x/{number}" for number in range(5000))), False),
        ("a.docx", b"PK\x03\x04 cut off", False),
    ],
)
def test_office_document_is_judged_by_its_table(name, data, is_taken):
    upload = make_upload(data, name)

    if is_taken:
        assert privatefiles.refuse(upload) is None
        return
    with pytest.raises(ValidationError) as caught:
        privatefiles.refuse(upload)
    assert caught.value.code == "content"


def test_stored_under_a_random_name(make_user):
    kept = privatefiles.store(make_upload(PDF, "Письмо главы.pdf"), "letter", make_user("a@b.org"))

    assert (kept.name, kept.content_type, kept.size) == (
        "Письмо_главы.pdf", "application/pdf", len(PDF),
    )  # fmt: skip
    assert "Письмо" not in kept.file.name


@pytest.mark.parametrize(
    ("who", "status"), [("visitor", 302), ("owner", 200), ("stranger", 404), ("lead", 200)]
)
def test_only_the_owner_and_the_secretariat_fetch_it(client_of, make_user, lead, who, status):
    people = {name: make_user(f"{name}@example.org") for name in ("owner", "stranger")}
    kept = privatefiles.store(make_upload(picture_bytes(), "a.jpg"), "photo", people["owner"])
    client = client_of({**people, "visitor": None, "lead": lead}[who])

    response = client.get(reverse("content:file", args=[kept.pk]))

    assert response.status_code == status
    b"".join(getattr(response, "streaming_content", []))  # read to its end, the file is closed


def test_answer_is_an_attachment_in_a_sandbox_and_never_kept(client, make_user):
    owner = make_user("owner@example.org")
    kept = privatefiles.store(make_upload(PDF, "Письмо.pdf"), "letter", owner)
    client.force_login(owner)

    response = client.get(reverse("content:file", args=[kept.pk]))

    assert b"".join(response.streaming_content) == PDF
    assert response.headers["Content-Disposition"].startswith("attachment; filename*=utf-8''")
    assert response.headers["Content-Security-Policy"] == "default-src 'none'; sandbox"
    assert response.headers["Cache-Control"] == "private, no-store"


def test_web_server_in_front_sends_the_bytes(client, make_user, settings):
    settings.PRIVATE_MEDIA_ACCEL = "/private/"
    owner = make_user("owner@example.org")
    kept = privatefiles.store(make_upload(PDF, "a.pdf"), "letter", owner)
    client.force_login(owner)

    response = client.get(reverse("content:file", args=[kept.pk]))

    assert (response.content, response.headers["X-Accel-Redirect"]) == (
        b"", f"/private/{kept.file.name}",
    )  # fmt: skip


def test_files_of_what_is_refused_go_with_their_rows(make_user):
    owner, before = make_user("owner@example.org"), private_files_on_disk()

    @privatefiles.all_or_nothing()
    def deed(code: str) -> PrivateFile:
        kept = privatefiles.store(make_upload(PDF, "a.pdf"), "letter", owner)
        if code:
            raise ValidationError("No", code=code)
        return kept

    with pytest.raises(ValidationError) as caught:
        deed("no")
    assert caught.value.code == "no"
    assert (PrivateFile.objects.count(), private_files_on_disk()) == (0, before)

    kept = deed("")
    assert list(PrivateFile.objects.all()) == [kept]
    assert [str(path) for path in private_files_on_disk() - before] == [kept.file.path]


def test_files_of_an_inner_block_go_when_the_outer_one_fails(make_user):
    owner, before = make_user("owner@example.org"), private_files_on_disk()
    outside = privatefiles.store(make_upload(PDF, "a.pdf"), "letter", owner)

    @privatefiles.all_or_nothing()
    def deed() -> None:
        with privatefiles.all_or_nothing():
            privatefiles.store(make_upload(PDF, "b.pdf"), "letter", owner)
        raise ValueError("late")

    with pytest.raises(ValueError, match="late"):
        deed()

    assert list(PrivateFile.objects.all()) == [outside]
    assert [str(path) for path in private_files_on_disk() - before] == [outside.file.path]


def test_right_of_a_purpose_opens_its_files_and_no_others(make_user, monkeypatch):
    monkeypatch.setitem(RESERVED, "works", "awards.view_entry")
    owner, officer = make_user("owner@example.org"), make_user("a@b.org", roles=[Role.AWARDS])
    editor = make_user("editor@example.org", roles=[Role.EDITOR])
    work = privatefiles.store(make_upload(PDF, "work.pdf"), "works", owner)
    letter = privatefiles.store(make_upload(PDF, "letter.pdf"), "letter", owner)

    seen = {who: set(PrivateFile.objects.for_user(who)) for who in (owner, officer, editor)}

    assert seen == {owner: {work, letter}, officer: {work}, editor: {letter}}
