"""Several people at once: pasted lines and workbooks, judged line by line, nothing half-written."""

import io
import zipfile

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from content import tables
from events import pasting
from events.models import Participant
from events.people import RegistrationRefused
from events.tests.factories import make_delegation, make_event, make_office_holder
from events.tests.posting import THREE, page_of, posted, stored, text_of

pytestmark = pytest.mark.django_db

LINES = "Анна Ким\tAnna Kim\tСоветник\tAdviser\tanna@example.org\tрусский\n\tBob Lee"


def names(pasted) -> list[tuple[str, str]]:
    return [(row["name_cyrillic"], row["name_latin"]) for row in pasted.rows]


def told(pasted) -> list[tuple[int, list[str]]]:
    return [(line.number, [label for label, _text in line.problems]) for line in pasted.bad]


def test_lines_are_read_in_the_usual_order():
    assert pasting.read_text(LINES).rows == [
        {
            "name_cyrillic": "Анна Ким", "name_latin": "Anna Kim", "position_ru": "Советник",
            "position_en": "Adviser", "email": "anna@example.org", "language": "ru",
        },
        {
            "name_cyrillic": "", "name_latin": "Bob Lee", "position_ru": "", "position_en": "",
            "email": "", "language": "ru",
        },
    ]  # fmt: skip


@pytest.mark.parametrize("mark", [";", ","])
def test_other_marks_and_headings_are_understood(mark):
    pasted = pasting.read_text(f"E-mail{mark}ФИО\na@example.org{mark}Анна Ким\n")

    assert [(row["email"], row["name_cyrillic"]) for row in pasted.rows] == [
        ("a@example.org", "Анна Ким")
    ]


def test_broken_lines_are_named_and_good_ones_kept():
    pasted = pasting.read_text(
        "Анна Ким\nAnna\n\nПётр Орлов\t\t\t\tпочта\nАнна  ким\n\t\tСоветник\nОлег Ли\t\t\t\t\tde"
    )

    assert names(pasted) == [("Анна Ким", "")]
    assert [number for number, _labels in told(pasted)] == [2, 4, 5, 6, 7]
    assert pasted.bad_text.splitlines()[0] == "Anna"


def test_same_person_twice_is_told_with_the_first_line():
    pasted = pasting.read_text("Анна Ким\t\t\t\ta@example.org\nОлег Ли\t\t\t\ta@example.org")

    assert (names(pasted), [line.number for line in pasted.bad]) == ([("Анна Ким", "")], [2])
    assert "1" in pasted.bad[0].problems[0][1]


def test_five_hundred_are_the_most():
    lines = [f"Участник {'я' * number}" for number in range(1, 7)]
    assert len(pasting.read_text("\n".join(lines)).rows) == 6
    many = "\n".join(f"\tDelegate\t\t\tp{number}@example.org" for number in range(501))

    with pytest.raises(RegistrationRefused):
        pasting.read_text(many)
    assert len(pasting.read_text(many.rpartition("\n")[0]).rows) == 500


def workbook(*rows) -> SimpleUploadedFile:
    data = tables.xlsx("People", ["ФИО", "E-mail"], rows)
    return SimpleUploadedFile("people.xlsx", data)


def test_workbook_is_read_like_lines():
    pasted = pasting.read_workbook(workbook(["Анна Ким", "a@example.org"], ["Bob", ""]))

    assert (names(pasted), [line.number for line in pasted.bad]) == ([("Анна Ким", "")], [3])


@pytest.mark.parametrize(
    "upload",
    [
        SimpleUploadedFile("people.xlsx", b"not a workbook"),
        SimpleUploadedFile("people.xlsx", b""),
        SimpleUploadedFile("people.xlsx", b"0" * (pasting.MOST_BYTES + 1)),
    ],
    ids=["text", "empty", "large"],
)
def test_what_is_no_workbook_is_refused(upload):
    with pytest.raises(RegistrationRefused):
        pasting.read_workbook(upload)


def test_pasted_people_join_what_was_typed_and_nothing_is_written(cabinet):
    event = make_event()
    data = posted(THREE[0], {}, {}, head=0, note="Привет")

    page = cabinet.post(
        page_of(event), {**data, "paste": "1", "pasted": "Пётр Орлов\nLatin\nОлег Ли"}
    )

    shown = [row["name_cyrillic"].value() for row in page.context["people"].forms]
    assert shown[:3] == ["Анна Ким", "Пётр Орлов", "Олег Ли"]
    assert page.context["form"]["note"].value() == "Привет"
    text = text_of(page)
    assert "2 people were added to the form below." in text
    assert "Line 2, Name in Cyrillic letters: Write this name in Cyrillic letters only." in text
    assert page.context["addition"].text == "Latin"
    assert Participant.objects.count() == 0


def test_pasted_people_are_registered_with_the_form(cabinet):
    event = make_event()
    page = cabinet.post(page_of(event), {**posted(), "paste": "1", "pasted": LINES})
    rows = [
        {name: form[name].value() for name in ("name_cyrillic", "name_latin", "email", "order")}
        for form in page.context["people"].forms[:2]
    ]

    cabinet.post(page_of(event), posted(*rows, head=0))

    assert list(Participant.objects.values_list("name_latin", flat=True)) == ["Anna Kim", "Bob Lee"]


def rewritten(upload, part: str, data: bytes) -> SimpleUploadedFile:
    """The same workbook with one part of it made anew."""
    out = io.BytesIO()
    with zipfile.ZipFile(upload) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            new.writestr(name, data if name == part else old.read(name))
    return SimpleUploadedFile("people.xlsx", out.getvalue())


def test_workbook_that_unfolds_is_refused_unread(monkeypatch):
    opened = []
    monkeypatch.setattr(pasting, "load_workbook", lambda *_args, **_options: opened.append(1))
    bomb = rewritten(workbook(["Анна Ким", ""]), "xl/styles.xml", b" " * 90_000_000)
    assert bomb.size < pasting.MOST_BYTES

    with pytest.raises(RegistrationRefused):
        pasting.read_workbook(bomb)
    assert opened == []


def test_workbook_with_a_broken_sheet_is_refused_in_words():
    broken = rewritten(workbook(["Анна Ким", ""]), "xl/worksheets/sheet1.xml", b"<worksheet><row")

    with pytest.raises(RegistrationRefused):
        pasting.read_workbook(broken)


def test_workbook_is_taken_on_the_page(cabinet):
    event = make_event()

    page = cabinet.post(
        page_of(event), {**posted({}), "paste": "1", "table": workbook(["Анна Ким", ""])}
    )

    assert page.context["people"].forms[0]["name_cyrillic"].value() == "Анна Ким"


def test_nothing_pasted_is_said_beside_the_field(cabinet):
    page = text_of(cabinet.post(page_of(make_event()), {**posted({}), "paste": "1"}))

    assert "Paste the lines, or choose a file." in page
    assert 'aria-describedby="id_pasted_helptext id_pasted_error"' in page


def test_pasting_after_registration_keeps_who_is_registered(cabinet, kazan, rep):
    event = make_event()
    delegation = make_delegation(event, kazan, 2, by=rep)

    page = cabinet.post(
        page_of(event),
        {**posted(*stored(delegation), version=1), "paste": "1", "pasted": "Пётр Орлов"},
    )

    forms = page.context["people"].forms
    assert [form["pk"].value() for form in forms[:3]] == [
        *map(str, delegation.participants.values_list("pk", flat=True)), None,
    ]  # fmt: skip
    assert page.context["form"]["version"].value() == "1"


def test_five_hundred_rows_are_saved_in_one_form(cabinet):
    event = make_event()
    people = [{"name_latin": "Delegate", "email": f"p{one}@example.org"} for one in range(500)]

    response = cabinet.post(page_of(event), posted(*people))

    assert (response.status_code, Participant.objects.count()) == (302, 500)


def test_s2_06_holder_of_an_office_fills_a_row_with_the_office_of_the_day(cabinet, kazan):
    event = make_event()
    person = make_office_holder(kazan)
    page = cabinet.get(page_of(event))
    assert [one.key for one in page.context["page"].holders] == [str(person.pk)]

    filled = cabinet.post(page_of(event), {**posted({}), "prefill": str(person.pk)})

    row = filled.context["people"].forms[0]
    assert [row[name].value() for name in ("name_cyrillic", "position_ru", "rank")] == [
        "Иван Иванов", "Мэр", 1,
    ]  # fmt: skip
    forged = cabinet.post(page_of(event), {**posted({}), "prefill": "999999"})
    assert forged.context["people"].forms[0]["name_cyrillic"].value() in ("", None)
