"""The desk of the secretariat: every deed through its page in the admin."""

import datetime

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import translation

from content.dated import today
from content.models import PrivateFile
from content.tests.factories import private_files_on_disk
from governance import letters, offices, vacancies
from governance.composition import composition
from governance.models import EndReason, OfficeTerm, SeatFilling, SeatTerm
from governance.tests.factories import (
    make_office,
    make_office_term,
    make_person,
    make_seat,
    make_seat_term,
)
from governance.tests.pages import words
from members.tests.factories import make_member

ONE_DAY = datetime.timedelta(days=1)


def send(desk, name: str, pk: int, **typed):
    """Open a page of the desk, fill in its form and post it."""
    address = reverse(f"admin:governance_{name}", args=[pk])
    page = desk.get(address)
    key = page.context["adminform"].form["form_key"].value()
    return desk.post(address, {"form_key": key} | typed, follow=True)


@pytest.fixture
def petrova(db):
    return make_person("petrova", "Мария Петрова", "Maria Petrova")


def test_desk_ends_an_office(city, desk):
    page = send(desk, "office_end", city.term.pk, day=str(today()), precision="day",
                reason="resigned", note_en="At his own wish")  # fmt: skip
    assert "Seats filled by virtue of the office turn “to be filled”." in words(page)
    city.term.refresh_from_db()
    assert (city.term.ends_on, city.term.end_reason, city.term.note_en) == (
        today(), "resigned", "At his own wish",
    )  # fmt: skip


def test_desk_refuses_an_office_that_ends_before_it_begins(city, desk):
    page = send(desk, "office_end", city.term.pk, day="2019-12-31", precision="day",
                reason="term")  # fmt: skip
    assert "An office does not end before it begins." in words(page)
    city.term.refresh_from_db()
    assert city.term.ends_on is None


def test_desk_names_the_other_term_when_days_overlap(city, desk, petrova):
    page = send(desk, "office_appoint", city.office.pk, person=petrova.pk,
                starts_on="2023-06-01", starts_precision="day")  # fmt: skip
    assert "These days overlap with “Ivan Ivanov, Mayor” (since 1 January 2020)." in words(page)
    assert OfficeTerm.objects.count() == 1


def test_desk_gives_a_seat_to_a_member_or_a_person_not_both(city, desk, petrova):
    seat = make_seat(city.body, "Член", "Another member")
    both = {"member": city.member.pk, "person": petrova.pk}
    typed = {"starts_on": "2023-06-01", "starts_precision": "day"}
    page = send(desk, "seat_give", seat.pk, **both, **typed)
    assert "Choose either a member or a person." in words(page)
    send(desk, "seat_give", seat.pk, member=city.member.pk, **typed)
    term = SeatTerm.objects.get(seat=seat)
    assert (term.owner, term.starts_on) == (city.member, datetime.date(2023, 6, 1))


def test_desk_ends_a_seat(city, desk):
    send(desk, "seatterm_end", city.seat_term.pk, day=str(today()), precision="day",
         reason="resigned")  # fmt: skip
    city.seat_term.refresh_from_db()
    assert (city.seat_term.ends_on, city.seat_term.end_reason) == (today(), "resigned")


def test_desk_names_a_substitute_with_a_scan_of_the_mandate(city, desk, petrova):
    scan = SimpleUploadedFile("mandate.pdf", b"%PDF-1.7\nmandate", "application/pdf")
    send(desk, "seatterm_fill", city.seat_term.pk, person=petrova.pk, role="substitute",
         starts_on=str(today()), scan=scan)  # fmt: skip
    filling = SeatFilling.objects.get(role="substitute")
    assert (filling.person, filling.has_mandate) == (petrova, True)
    assert filling.mandate == PrivateFile.objects.get()


def test_desk_keeps_no_scan_of_a_filling_that_was_refused(city, desk, petrova):
    before = private_files_on_disk()
    scan = SimpleUploadedFile("mandate.pdf", b"%PDF-1.7\nmandate", "application/pdf")
    page = send(desk, "seatterm_fill", city.seat_term.pk, person=petrova.pk, role="substitute",
                starts_on="2019-06-01", scan=scan)  # fmt: skip
    assert "On that day the seat does not belong to the member." in words(page)
    assert (SeatFilling.objects.count(), PrivateFile.objects.count()) == (1, 0)
    assert private_files_on_disk() == before


def test_gov_3_desk_warns_of_a_substitute_without_a_mandate(city, desk, petrova):
    page = send(desk, "seatterm_fill", city.seat_term.pk, person=petrova.pk, role="substitute",
                starts_on=str(today()))  # fmt: skip
    assert "A substitute without a mandate may speak, may not vote." in words(page)
    shown = words(desk.get(reverse("admin:governance_body_composition", args=[city.body.pk])))
    assert "substitute: Maria Petrova – may speak, may not vote" in shown


def test_composition_page_of_the_desk_shows_any_day(city, desk):
    address = reverse("admin:governance_body_composition", args=[city.body.pk])
    assert "No seat" not in words(desk.get(address))
    assert "vacant" in words(desk.get(address + "?as_of=2019-06-01"))
    assert "Write a day as" in words(desk.get(address + "?as_of=tomorrow"))


def test_second_post_of_a_form_does_nothing(city, desk, petrova):
    seat = make_seat(city.body)
    address = reverse("admin:governance_seat_give", args=[seat.pk])
    key = desk.get(address).context["adminform"].form["form_key"].value()
    typed = {"form_key": key, "person": petrova.pk, "starts_on": "2023-06-01",
             "starts_precision": "day"}  # fmt: skip
    first, second = desk.post(address, typed), desk.post(address, typed)
    assert first.url == second.url
    assert SeatTerm.objects.filter(seat=seat).count() == 1


def test_letter_uses_the_stored_cases_and_never_guesses(city):
    offices.end_term(city.term, today() - ONE_DAY, EndReason.RESIGNED)
    new = make_person("new", "Мария Петрова", "Maria Petrova", name_dative="Марии Петровой")
    make_office_term(city.office, new, today())
    data = letters.letter_data(city.seat_term, today())["texts"]
    assert data["ru"]["to"] == ["Мэру Казани", "Марии Петровой", "Казань"]
    assert data["en"]["to"] == ["Maria Petrova", "Mayor", "Kazan"]
    assert any("Ивана Иванова" in text for text in data["ru"]["paragraphs"])
    new.name_dative = ""
    new.save()
    data = letters.letter_data(city.seat_term, today())["texts"]
    assert data["ru"]["to"] == ["Мэру Казани", "Казань"]


@pytest.mark.parametrize(
    ("precision", "named", "nameless"),
    [
        ("year", "The term of Ivan Ivanov is over (2023).",
         "The term of the delegate is over (2023)."),
        ("month", "The term of Ivan Ivanov is over (December 2023).",
         "The term of the delegate is over (December 2023)."),
        ("day", "The term of Ivan Ivanov ended on 31 December 2023.",
         "The term of the delegate ended on 31 December 2023."),
    ],
)  # fmt: skip
def test_letter_is_never_more_precise_than_the_end_is_known(city, precision, named, nameless):
    city.term.ends_on, city.term.ends_precision = datetime.date(2023, 12, 31), precision
    city.term.save()

    data = letters.letter_data(city.seat_term, today())["texts"]
    assert data["en"]["paragraphs"][1] == named
    assert ("31" in data["ru"]["paragraphs"][1]) == (precision == "day")

    city.mayor.full_name_ru, city.mayor.name_genitive = "Иван Иванов", ""
    city.mayor.save()
    found = vacancies.vacancies(today(), [city.member])[0]
    with translation.override("en"):
        assert letters._what_happened(found, "ru") == [nameless]


def test_letter_is_signed_by_the_president_of_that_day(city):
    person = make_person("president", "Ильсур Метшин", "Ilsur Metshin")
    office = make_office(city.organisation, "president", "Президент", "President")
    make_office_term(office, person)
    data = letters.letter_data(city.seat_term, today())["texts"]
    assert data["en"]["signature"] == {"office": "President", "name": "Ilsur Metshin"}


def test_letter_is_a_pdf_for_staff(city, desk):
    offices.end_term(city.term, today() - ONE_DAY, EndReason.RESIGNED)
    answer = desk.get(reverse("admin:governance_seatterm_letter", args=[city.seat_term.pk]))
    assert answer.headers["Content-Type"] == "application/pdf"
    assert answer.content.startswith(b"%PDF-")


def test_lists_of_the_desk_take_as_many_queries_for_many_rows(
    city, desk, django_assert_max_num_queries
):
    for number in range(12):
        member = make_member(f"city-{number}", f"Город {number}", f"City {number}")
        person = make_person(f"person-{number}", f"Человек {number}", f"Person {number}")
        make_office_term(make_office(member), person)
        make_seat_term(make_seat(city.body), member)
    for name in ("person", "organisation", "office", "body", "seat", "seatterm"):
        with django_assert_max_num_queries(14):
            desk.get(reverse(f"admin:governance_{name}_changelist"))


def test_forms_of_the_desk_open_for_editors(city, desk):
    records = {
        "person": city.mayor, "organisation": city.organisation, "office": city.office,
        "body": city.body, "seat": city.seat, "seatterm": city.seat_term,
    }  # fmt: skip
    for name, record in records.items():
        answer = desk.get(reverse(f"admin:governance_{name}_change", args=[record.pk]))
        assert answer.status_code == 200, name


def test_vacancies_are_two_queries_however_many(city, django_assert_num_queries):
    for number in range(10):
        member = make_member(f"city-{number}", f"Город {number}", f"City {number}")
        make_seat_term(make_seat(city.body), member)
    with django_assert_num_queries(2):
        found = vacancies.vacancies()
    assert len(found) == 10
    assert len(composition(city.body)) == 11
