"""Files for a jury that must not learn whose they are: names, bytes, headers, export, the log."""

import io

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image
from pypdf import PdfReader

from awards import entry_files
from awards.models import EntryFile
from awards.tests.factories import (
    make_author,
    make_category,
    make_entrant,
    make_entry,
    make_field,
    make_round,
)
from content.models import AuditEntry
from judging.tests import works
from judging.tests.factories import make_assignment, make_criterion, make_juror, make_stage

pytestmark = pytest.mark.django_db
PICTURES = ("small/0417-1.webp", "large/0417-1.webp", "clean/0417-1.jpg")


@pytest.fixture
def round(db):
    return make_round(is_for_children=True)


@pytest.fixture
def stage(round):
    return make_stage(round)


@pytest.fixture
def juror(round):
    return make_juror(round)


@pytest.fixture
def client_in(client, juror):
    client.force_login(juror.user)
    return client


@pytest.fixture
def assignment(stage, juror):
    entry = works.make_revealing_work(stage.round, make_category(stage.round))
    return make_assignment(stage, juror, entry)


def address(stage, rest: str, code: str = "0417") -> str:
    return f"/en/jury/{stage.pk}/{code}/{rest}"


def body(response) -> bytes:
    return b"".join(response.streaming_content)


def secrets_in(told: str | bytes) -> list[str]:
    data = told if isinstance(told, bytes) else told.encode()
    return [secret for secret in works.SECRETS if secret.encode() in data]


def test_awd_3_pictures_carry_no_name_in_bytes_headers_and_address(client_in, stage, assignment):
    assert secrets_in(works.photograph_of_amina()) == ["Amina", "Safina", "Stavropol"]
    for rest in PICTURES:
        response = client_in.get(address(stage, rest))
        data = body(response)

        assert secrets_in(data) == []
        assert dict(Image.open(io.BytesIO(data)).getexif()) == {}
        assert secrets_in(str(response.headers)) == []
        name = rest.partition("/")[2]
        assert response.headers["Content-Disposition"] == f'inline; filename="{name}"'


def test_awd_3_documents_are_clean_copies_and_are_saved_not_opened(client_in, stage, assignment):
    response = client_in.get(address(stage, "clean/0417-2.pdf"))
    data = body(response)

    assert PdfReader(io.BytesIO(data)).metadata.author is None
    assert secrets_in(data) == []
    assert response.headers["Content-Disposition"] == 'attachment; filename="0417-2.pdf"'
    assert response.headers["Content-Type"] == "application/pdf"


def test_awd_3_files_as_schools_send_them_reach_the_jury_without_names(client_in, stage, juror):
    """From the upload of an entry to the bytes on the juror's screen."""
    entry = make_entry(make_entrant(stage.round), number=417)
    make_author(entry, consents=("entry",))
    paper = make_field(stage.round, "file", label_en="Paper")
    drawing = works.photograph_of_amina(800, 600)
    for field, name, data in (
        (None, "Amina Safina, Stavropol.jpg", drawing),
        (paper, "Сафина.pdf", works.pdf_bytes("Amina Safina")),
    ):
        entry_files.keep_file(entry, field, SimpleUploadedFile(name, data), juror.user)
    make_assignment(stage, juror, entry)

    text = client_in.get(address(stage, "")).text
    picture = body(client_in.get(address(stage, "clean/0417-1.jpg")))
    document = body(client_in.get(address(stage, "clean/0417-2.pdf")))

    assert "clean/0417-1.jpg" in text
    assert "clean/0417-2.pdf" in text
    assert secrets_in(text) == secrets_in(picture) == secrets_in(document) == []
    assert dict(Image.open(io.BytesIO(picture)).getexif()) == {}
    metadata = PdfReader(io.BytesIO(document)).metadata
    assert metadata is None or metadata.author is None


def test_files_come_in_a_sandbox_and_are_asked_for_each_time(client_in, stage, assignment):
    first = client_in.get(address(stage, PICTURES[0]))
    body(first)

    assert first.headers["Cache-Control"] == "private, no-cache"
    assert "sandbox" in first.headers["Content-Security-Policy"]
    assert first.headers["X-Content-Type-Options"] == "nosniff"
    second = client_in.get(
        address(stage, PICTURES[0]), headers={"If-None-Match": first.headers["ETag"]}
    )
    assert (second.status_code, second.content) == (304, b"")
    assert second.headers["Cache-Control"] == "private, no-cache"
    assert client_in.get(f"/en/jury/{stage.pk}/0417/").headers["Cache-Control"] == (
        "private, no-store"
    )


def test_picture_of_another_kind_is_saved_not_opened(client_in, stage, assignment):
    drawing = assignment.entry.files.get(is_picture=True)
    drawing.clean = works.keep(works.picture_bytes(kind="PNG"), "Amina.png", "image/png")
    drawing.save()

    response = client_in.get(address(stage, "clean/0417-1.png"))
    body(response)

    assert response.headers["Content-Disposition"] == 'attachment; filename="0417-1.png"'


@pytest.mark.parametrize(
    "rest",
    [
        "clean/0417-3.jpg",
        "clean/0417-1.webp",
        "clean/0417-2.jpg",
        "clean/0418-1.jpg",
        "clean/Amina-Safina-school-7.jpg",
        "file/0417-1.jpg",
        "clean/0417-999999.jpg",
        "clean/..%2F0417-1.jpg",
    ],
)
def test_guessed_files_are_not_found(client_in, stage, assignment, rest):
    assert client_in.get(address(stage, rest)).status_code == 404


def test_files_are_for_the_juror_of_the_work_alone(client, client_of, stage, assignment, make_user):
    other = make_juror(stage.round)
    planned = make_stage(stage.round, state="planned")
    make_assignment(planned, assignment.juror, assignment.entry)

    for rest in PICTURES:
        assert client.get(address(stage, rest)).url.startswith("/accounts/login/")
        assert client_of(make_user()).get(address(stage, rest)).status_code == 404
        assert client_of(other.user).get(address(stage, rest)).status_code == 404
        assert client_of(assignment.juror.user).get(address(planned, rest)).status_code == 404


def test_original_of_a_document_is_sent_only_where_the_stage_is_not_blind(
    client_in, juror, stage, assignment
):
    EntryFile.objects.filter(is_picture=False).update(clean=None)
    other = make_stage(stage.round, is_blind=False)
    make_assignment(other, juror, assignment.entry)

    assert client_in.get(address(stage, "clean/0417-2.pdf")).status_code == 404
    response = client_in.get(address(other, "clean/0417-2.pdf"))
    body(response)
    assert response.headers["Content-Disposition"] == 'attachment; filename="0417-2.pdf"'


def sheet(response) -> list[list]:
    book = openpyxl.load_workbook(io.BytesIO(response.content))
    return [[cell.value for cell in row] for row in book.active.iter_rows()]


def test_awd_3_export_of_own_scores_says_what_the_screen_says(client_in, stage, assignment):
    skill = make_criterion(stage)
    client_in.post(address(stage, ""), {"give": f"{skill.pk}:7", "comment": "=Light", "save": ""})

    response = client_in.get(f"/en/jury/{stage.pk}/scores.xlsx")

    assert sheet(response) == [
        ["Number", "Age group", "Title", "Skill", "State", "Comment", "Why abstained"],
        ["0417", "Category A, 5–14 years", "Harvest Festival", 7, "judged", "'=Light", None],
    ]
    assert response.headers["Content-Disposition"] == (
        f'attachment; filename="jury-{stage.pk}.xlsx"'
    )
    assert response.headers["Cache-Control"] == "private, no-store"


def test_export_of_an_open_stage_adds_entrant_and_city(client_in, juror, stage, assignment):
    other = make_stage(stage.round, is_blind=False, method="stars")
    make_assignment(other, juror, assignment.entry)

    rows = sheet(client_in.get(f"/en/jury/{other.pk}/scores.xlsx"))

    assert rows[0][:6] == ["Number", "Age group", "Title", "Entered by", "City", "Points"]
    assert rows[1][:6] == [
        "0417", "Category A, 5–14 years", "Harvest Festival", "Children’s Art School",
        "Ставрополь", None,
    ]  # fmt: skip


def test_export_has_no_works_of_others_and_is_for_the_jury_alone(
    client_of, make_user, stage, assignment
):
    url = f"/en/jury/{stage.pk}/scores.xlsx"
    other = make_juror(stage.round)

    assert len(sheet(client_of(other.user).get(url))) == 1
    assert client_of(make_user()).get(url).status_code == 404


def test_awd_3_log_names_works_by_number_alone(client_in, stage, assignment):
    criterion = make_criterion(stage)
    client_in.post(address(stage, ""), {"give": f"{criterion.pk}:7"})
    client_in.post(address(stage, ""), {"abstain": "", "reason": "author"})

    rows = AuditEntry.objects.filter(verb__startswith="judging.vote")
    told = " ".join(f"{row.summary} {row.changes} {row.verb}" for row in rows)

    assert rows.count() == 2
    assert secrets_in(told) == []
    assert "0417" in told
