"""Drafts: saved field by field, never over what somebody else has saved; files; what is missing."""

import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import translation
from PIL import Image
from pypdf import PdfReader, PdfWriter

from accounts.tests.factories import make_representative
from awards import clean_pdf, drafts, entry_checks, entry_files, entry_slots, sending
from awards.models import EntryFieldChoice
from awards.tests.factories import (
    make_author,
    make_category,
    make_entrant,
    make_entry,
    make_field,
    make_round,
)
from content.models import PrivateFile
from members.tests.factories import make_member

pytestmark = pytest.mark.django_db


@pytest.fixture
def kazan():
    return make_member()


@pytest.fixture
def draft(kazan):
    return make_entry(make_entrant(make_round(), kazan), state="draft", title_en="")


@pytest.fixture
def client(client_of, kazan):
    return client_of(make_representative(kazan, "kazan@example.org"))


@pytest.fixture(autouse=True)
def _in_english():
    with translation.override("en"):
        yield


def page_of(entry):
    return f"/en/cabinet/kazan/awards/entries/{entry.pk}/"


def fetch(client, entry, name, value, seen=""):
    """What the script of the form posts for one field."""
    body = {"field": name, name: value, f"seen.{name}": seen or entry_slots.EMPTY}
    return client.post(page_of(entry), body, headers={"X-Requested-With": "fetch"})


def pdf(title="Work of Amina Safina", password=""):
    writer = PdfWriter()
    writer.add_blank_page(200, 200)
    writer.add_metadata({"/Author": "Amina Safina", "/Title": title})
    if password:
        writer.encrypt(password, algorithm="RC4-128")
    out = io.BytesIO()
    writer.write(out)
    return SimpleUploadedFile("Safina.pdf", out.getvalue(), "application/pdf")


def bytes_of(kept):
    with kept.file.open() as file:
        return file.read()


def picture(name="drawing.jpg"):
    out = io.BytesIO()
    Image.new("RGB", (800, 700), "red").save(out, "JPEG")
    return SimpleUploadedFile(name, out.getvalue(), "image/jpeg")


def test_each_field_is_saved_without_a_reload(client, draft):
    field = make_field(draft.round, max_length=5)
    first = fetch(client, draft, f"q{field.pk}", "Too long by far").json()
    assert {key: first[key] for key in ("problems", "conflicts", "refused")} == {
        "refused": [],
        "problems": {f"q{field.pk}": "At most 5 characters; there are 15. Nothing of it is lost."},
        "conflicts": {},
    }
    assert first["words"].startswith("Saved at ")
    assert draft.answers.get().text == "Too long by far"
    again = fetch(client, draft, f"q{field.pk}", "Brief", first["seen"][f"q{field.pk}"]).json()
    assert (again["problems"], draft.answers.get().text) == ({}, "Brief")


def test_what_cannot_be_kept_is_said_so_and_not_called_saved(client, draft):
    long = fetch(client, draft, "title_en", "x" * 301, entry_slots.EMPTY).json()
    assert (long["refused"], long["problems"], long["words"]) == (
        ["title_en"], {"title_en": "At most 300 characters; there are 301."}, "",
    )  # fmt: skip
    sending.submit(draft, None)
    late = fetch(client, draft, "title_en", "Late", entry_slots.EMPTY).json()
    assert (late["refused"], late["words"]) == (["title_en"], "")


def test_what_another_device_saved_is_shown_and_not_overwritten(client, draft):
    seen = entry_slots.fingerprint(draft.title_ru)
    fetch(client, draft, "title_ru", "С телефона", seen)
    answer = fetch(client, draft, "title_ru", "С компьютера", seen).json()
    draft.refresh_from_db()
    newer = entry_slots.fingerprint("С телефона")
    assert answer["conflicts"] == {"title_ru": {"text": "С телефона", "seen": newer}}
    assert draft.title_ru == "С телефона"
    fetch(client, draft, "title_ru", "С компьютера", newer)
    draft.refresh_from_db()
    assert draft.title_ru == "С компьютера"


def test_two_people_fill_different_fields_at_once(draft):
    field = make_field(draft.round)
    drafts.save(draft, {f"q{field.pk}": "One"}, {})
    outcome = drafts.save(draft, {"title_en": "Two"}, {})
    assert outcome.is_clean
    assert entry_slots.read(drafts._locked(draft))["title_en"] == "Two"


def test_without_scripts_save_draft_keeps_all_and_shows_a_newer_text(client, draft):
    seen = client.get(page_of(draft)).context["form"].seen
    drafts.save(draft, {"title_ru": "Новее"}, {"title_ru": seen["seen.title_ru"]})
    answer = client.post(page_of(draft), {**seen, "title_ru": "Моё", "title_en": "Mine"})
    text = answer.content.decode()
    draft.refresh_from_db()
    assert (draft.title_ru, draft.title_en) == ("Новее", "Mine")
    assert "Somebody saved another text here meanwhile: “Новее”." in text
    assert 'value="Моё"' in text


def test_what_the_session_lost_is_never_taken_for_saved(client_of, draft):
    """Signed out: a redirect, which the script takes for "keep it in the browser"."""
    answer = fetch(client_of(None), draft, "title_ru", "Потеря")
    draft.refresh_from_db()
    assert (answer.status_code, draft.title_ru) == (302, "Праздник урожая")


def test_all_kinds_of_questions_are_kept_and_judged(draft):
    kinds = ("line", "number", "date", "link", "yes_no", "choice", "choices")
    fields = {
        kind: make_field(draft.round, kind, is_required=True, order=order)
        for order, kind in enumerate(kinds)
    }
    both = make_field(draft.round, "text", in_both_languages=True, is_required=True, order=9)
    choices = {
        kind: [
            EntryFieldChoice.objects.create(field=fields[kind], label_ru=f"Ответ {number}")
            for number in range(2)
        ]
        for kind in ("choice", "choices")
    }
    q = {kind: f"q{field.pk}" for kind, field in fields.items()}
    wrong = {q["number"]: "twelve", q["date"]: "2026-02-31", q["link"]: "javascript:alert(1)"}
    drafts.save(draft, wrong, {})
    assert entry_checks.problems(drafts._locked(draft)) == {
        q["line"]: "This must be answered.",
        q["number"]: "Write a number, such as 12 or 12.5.",
        q["date"]: "Write a date, such as 2026-03-31.",
        q["link"]: "Write a whole web address that begins with https://.",
        q["yes_no"]: "This must be answered.",
        q["choice"]: "This must be answered.",
        q["choices"]: "This must be answered.",
        f"q{both.pk}_ru": "This must be answered.",
        f"q{both.pk}_en": "This must be answered.",
    }
    right = {
        q["line"]: "Line", q["number"]: "12,5", q["date"]: "2026-03-31",
        q["link"]: "https://example.org/a", q["yes_no"]: "yes",
        q["choice"]: str(choices["choice"][1].pk),
        q["choices"]: entry_slots.joined(one.pk for one in choices["choices"]),
        f"q{both.pk}_ru": "Да", f"q{both.pk}_en": "Yes",
    }  # fmt: skip
    seen = {name: entry_slots.fingerprint(text) for name, text in wrong.items()}
    assert drafts.save(draft, right, seen).is_clean
    stored = entry_slots.read(drafts._locked(draft))
    assert {name: stored[name] for name in right} == right
    assert entry_checks.problems(drafts._locked(draft)) == {}


def test_choices_of_other_questions_are_not_taken(draft):
    mine, other = make_field(draft.round, "choice"), make_field(draft.round, "choice", order=2)
    foreign = EntryFieldChoice.objects.create(field=other, label_ru="Чужой")
    drafts.save(draft, {f"q{mine.pk}": str(foreign.pk)}, {})
    assert entry_slots.read(drafts._locked(draft))[f"q{mine.pk}"] == ""


def test_a_question_of_another_category_is_not_asked(draft):
    first, second = make_category(draft.round, "A"), make_category(draft.round, "B")
    make_field(draft.round, is_required=True, category=second)
    draft.category = first
    draft.save()
    assert entry_checks.problems(draft) == {}


def test_sending_says_at_each_field_what_is_missing(client, draft):
    make_category(draft.round)
    field = make_field(draft.round, is_required=True)
    seen = client.get(page_of(draft)).context["form"].seen
    answer = client.post(page_of(draft), {**seen, "deed": "send"})
    draft.refresh_from_db()
    assert draft.state == "draft"
    assert answer.context["form"].errors == {
        "category": ["Choose a category."], f"q{field.pk}": ["This must be answered."],
    }  # fmt: skip


def test_a_file_renamed_is_refused_and_the_rest_kept(client, draft):
    field = make_field(draft.round, "file")
    seen = client.get(page_of(draft)).context["form"].seen
    fake = SimpleUploadedFile("letter.pdf", b"MZ program", "application/pdf")
    answer = client.post(
        page_of(draft), {**seen, "title_en": "Kept", f"file_{field.pk}": fake, "deed": "save"}
    )
    draft.refresh_from_db()
    assert answer.context["form"].errors == {
        f"file_{field.pk}": ["The content of the file is not what its name says."]
    }
    assert (draft.title_en, PrivateFile.objects.count()) == ("Kept", 0)


def test_a_password_protected_pdf_is_refused_with_what_to_do(client, draft):
    field = make_field(draft.round, "file")
    name = f"file_{field.pk}"
    answer = client.post(
        page_of(draft), {"field": name, name: pdf(password="secret")},
        headers={"X-Requested-With": "fetch"},
    )  # fmt: skip
    assert answer.json()["problems"] == {
        name: "The PDF is protected by a password, so the jury could not open it. Save it without "
        "protection and upload it again."
    }
    assert draft.files.count() == 0


def test_a_pdf_is_kept_as_it_came_and_clean_for_a_blind_jury(draft):
    field = make_field(draft.round, "file")
    kept = entry_files.keep_file(draft, field, pdf(), None)
    own, clean = (PdfReader(io.BytesIO(bytes_of(one))) for one in (kept.file, kept.clean))
    assert (kept.file.name, own.metadata.author) == ("Safina.pdf", "Amina Safina")
    assert (kept.clean.name, clean.metadata.author if clean.metadata else None) == (
        "document.pdf", None,
    )  # fmt: skip
    assert b"Safina" not in bytes_of(kept.clean)


def test_a_jpeg_inside_a_pdf_loses_what_the_camera_wrote():
    data = b"\xff\xd8\xff\xe1\x00\x08Safina\xff\xdb\x00\x04ab\xff\xda\x00\x02picture"
    assert clean_pdf.plain_jpeg(data) == b"\xff\xd8\xff\xdb\x00\x04ab\xff\xda\x00\x02picture"


def test_a_new_file_takes_the_place_of_the_only_one_and_no_more_are_taken(client, draft):
    one = make_field(draft.round, "file")
    two = make_field(draft.round, "picture", max_files=2, order=2)
    for _time in range(2):
        drafts.add_files(draft, {f"file_{one.pk}": [pdf()]}, None)
    problems = drafts.add_files(
        draft, {f"file_{two.pk}": [picture("1.jpg"), picture("2.jpg"), picture("3.jpg")]}, None
    )
    assert (draft.files.filter(field=one).count(), draft.files.filter(field=two).count()) == (1, 2)
    assert problems == {f"file_{two.pk}": "No more than 2. Take a file out first."}
    assert PrivateFile.objects.count() == 4


def test_a_file_goes_out_with_its_bytes_and_is_nobody_elses(client, client_of, draft):
    field = make_field(draft.round, "file")
    file = entry_files.keep_file(draft, field, pdf(), None)
    address = f"{page_of(draft)}files/{file.pk}/"
    stranger = make_representative(make_member("ufa", "Уфа", "Ufa"), "ufa@example.org")
    own = client.get(address)
    assert own.getvalue().startswith(b"%PDF-")
    answers = (
        own.headers["Content-Disposition"],
        client_of(stranger).get(address).status_code,
        client_of(stranger).get(f"/files/{file.file_id}/").status_code,
        client_of(stranger).get(f"/files/{file.clean_id}/").status_code,
    )
    assert answers == ('attachment; filename="Safina.pdf"', 404, 404, 404)
    client.post(page_of(draft), {"drop": file.pk})
    assert (draft.files.count(), PrivateFile.objects.count()) == (0, 0)


def test_a_sent_entry_keeps_the_file_it_needs(draft):
    field = make_field(draft.round, "file", is_required=True)
    file = entry_files.keep_file(draft, field, pdf(), None)
    sending.submit(draft, None)
    with pytest.raises(sending.EntryRefused):
        drafts.drop_file(draft, file.pk)
    assert draft.files.count() == 1


def test_a_child_of_another_age_than_the_category_is_not_sent(kazan):
    round = make_round(is_for_children=True)
    draft = make_entry(make_entrant(round, kazan), make_category(round), state="draft")
    entry_files.keep_file(draft, None, picture(), None)
    found = []
    for age in ("3", "15", "41", "abc", "9"):
        stored = entry_slots.read(drafts._locked(draft))
        seen = {name: entry_slots.fingerprint(text) for name, text in stored.items()}
        kept = drafts.save(draft, {"author_given_name_ru": "Амина", "author_age": age}, seen)
        found.append(kept.problems or entry_checks.problems(drafts._locked(draft)))
    ages = {"author_age": "This category is for ages from 5 to 14."}
    assert found == [
        ages, ages, ages, {"author_age": "An age is a number of years from 1 to 120."}, {},
    ]  # fmt: skip


def test_the_sheet_of_a_guardian_is_kept_and_never_given_back(client, kazan):
    round = make_round(is_for_children=True)
    draft = make_entry(make_entrant(round, kazan), make_category(round), state="draft")
    author = make_author(draft)
    client.post(page_of(draft), {"file_consent": pdf(), "consent_public": "yes", "deed": "save"})
    consents = author.consents.order_by("purpose")
    assert [(one.purpose, one.scan.name) for one in consents] == [
        ("entry", "consent.pdf"), ("public", "consent.pdf"),
    ]  # fmt: skip
    assert client.get(f"/files/{consents[0].scan_id}/").status_code == 404


def test_the_counter_counts_without_cutting_off(client, draft):
    make_field(draft.round, max_length=5000)
    text = client.get(page_of(draft)).content.decode()
    assert ('data-limit="5000"' in text, "up to 5000 characters" in text) == (True, True)
    assert 'maxlength="5000"' not in text
