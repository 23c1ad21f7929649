"""The visa desk: named staff alone, each look written down, letters made and not kept."""

import html
import io

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from openpyxl import load_workbook

from content import retention
from content.models import AuditEntry, PrivateFile
from events.tests.factories import make_delegation, make_people
from travel import desk, letters, needs
from travel.models import VisaLetter
from travel.tests.factories import make_event, make_offer, make_participant, make_passport
from travel.tests.test_passports import SECRETS, ended

pytestmark = pytest.mark.django_db


@pytest.fixture
def event(db):
    event = make_event()
    make_offer(event)
    return event


@pytest.fixture
def two(event, kazan, rep):
    """Two people of Kazan: the first gave passport data."""
    people = [make_participant(event, member=kazan, by=rep) for _one in range(2)]
    make_passport(people[0])
    return people


def page(event, deed: str = "") -> str:
    return f"/admin/travel/traveloffer/{event.travel.pk}/desk/{deed}"


def deeds_of(user) -> list[tuple[str, int]]:
    entries = AuditEntry.objects.filter(actor=user).order_by("pk")
    return list(entries.values_list("verb", "object_id"))


@pytest.fixture
def staff(client_of, events_officer):
    events_officer.language = "en"
    events_officer.save()
    return client_of(events_officer)


def test_desk_says_who_lacks_data_and_shows_nothing_of_them(staff, event, two):
    words = html.unescape(staff.get(page(event)).content.decode())
    assert "Given: 1 of 2." in words
    states = [one.state for row in desk.delegations(event) for one in row.people]
    assert len(states) == 2
    assert "data received" in words
    assert "asked, nothing given" in words
    assert not [word for word in SECRETS if word in words]


def test_each_look_is_asked_for_and_written_down(staff, event, two, events_officer):
    person = two[0]
    assert staff.get(page(event, "passport/")).status_code == 405
    assert deeds_of(events_officer) == []
    shown = staff.post(page(event, "passport/"), {"participant": person.pk})
    words = html.unescape(shown.content.decode())
    assert all(word in words for word in SECRETS)
    assert "no-store" in shown.headers["Cache-Control"]
    assert deeds_of(events_officer) == [("travel.passport.viewed", person.pk)]


@pytest.mark.parametrize("key", ["", "x", "-1", "9" * 30, "999"])
def test_made_up_keys_are_not_found(staff, event, two, key):
    assert staff.post(page(event, "passport/"), {"participant": key}).status_code == 404


@pytest.mark.parametrize("deed", ["", "passport/", "export/", "letter/", "sent/", "needs/"])
def test_other_staff_are_kept_out(client_of, make_user, event, two, deed):
    for role in ("editor", "translator", "finance", "awards", "ratings"):
        client = client_of(make_user(f"{role}@example.org", roles=[role]))
        assert client.post(page(event, deed), {"participant": two[0].pk}).status_code == 403


def test_letter_is_made_written_down_and_not_kept(staff, event, two, events_officer):
    delegation = two[0].delegation
    answer = staff.post(page(event, "letter/"), {"delegation": delegation.pk})
    assert answer.content.startswith(b"%PDF-")
    assert "no-store" in answer.headers["Cache-Control"]
    letter = VisaLetter.objects.get()
    assert (letter.made_by, list(letter.people.all()), letter.number) == (
        events_officer, [two[0]], 1,
    )  # fmt: skip
    assert not PrivateFile.objects.exists()
    assert deeds_of(events_officer) == [("travel.passport.in_letter", two[0].pk)]
    staff.post(page(event, "sent/"), {"letter": letter.pk})
    letter.refresh_from_db()
    assert letter.sent_by == events_officer
    assert [one.state for row in desk.delegations(event) for one in row.people] == [
        "letter sent", "asked, nothing given",
    ]  # fmt: skip


def test_letter_has_a_sheet_for_each_consulate_and_language(event, two, lead):
    make_passport(two[1], "00 7654321", surname="VYDUMOV")
    data = letters.letter_data(
        two[0].delegation,
        [
            (one.passport, {"surname": "A", "given_names": "B", "nationality": "KZ",
                            "number": "1", "birth_date": "1980-05-17",
                            "expires_on": "2045-01-09"})
            for one in two
        ],
        "V-1",
    )  # fmt: skip
    told = [(one["language"], one["to"][1], len(one["rows"])) for one in data["sheets"]]
    assert told == [("ru", "Астана", 2), ("en", "Астана", 2)]
    assert data["sheets"][1]["rows"][0] == [
        "A B", "17 May 1980", "Kazakhstan", "1", "9 January 2045",
    ]  # fmt: skip


def test_letter_without_data_is_refused(staff, event, kazan, rep):
    person = make_participant(event, member=kazan, by=rep)
    answer = staff.post(page(event, "letter/"), {"delegation": person.delegation.pk}, follow=True)
    assert "Nobody of this delegation has given passport data." in answer.content.decode()
    assert not VisaLetter.objects.exists()


def test_prv_2_export_holds_passports_before_and_none_after_the_purge(
    staff, event, two, events_officer
):
    def exported() -> list[list]:
        answer = staff.post(page(event, "export/"))
        sheet = load_workbook(io.BytesIO(answer.content)).active
        return [[cell.value for cell in row] for row in sheet.iter_rows(min_row=2)]

    assert [row[1:5] for row in exported()] == [["INVENTOVA", "ANNA", "KZ", "00 1234567"]]
    assert deeds_of(events_officer) == [("travel.passport.exported", two[0].pk)]
    ended(event, 14)
    retention.run("timetable")
    assert exported() == []


def test_passports_stand_in_no_other_list_of_the_admin(staff, event, two):
    for address in (
        "/admin/events/participant/",
        f"/admin/events/participant/{two[0].pk}/change/",
        f"/admin/events/delegation/{two[0].delegation.pk}/change/",
        "/admin/travel/traveloffer/",
    ):
        words = staff.get(address).content.decode()
        assert not [word for word in SECRETS if word in words]


def test_needs_are_read_by_named_staff_and_written_down(staff, event, two, rep, events_officer):
    needs.save(two[1], needs.Needs(hearing_loop=True, other="место у двери"), rep)
    words = html.unescape(staff.get(page(event, "needs/")).content.decode())
    assert "a hearing loop; место у двери" in words
    assert deeds_of(events_officer) == [("travel.needs.viewed", two[1].pk)]


def test_desk_takes_as_many_queries_for_many_as_for_one(staff, kazan, rep):
    numbers = []
    for count in (1, 12):
        event = make_event(f"event-{count}")
        make_offer(event)
        delegation = make_delegation(event, kazan, make_people(count, f"q{count}-"), rep)
        for number, person in enumerate(delegation.participants.all()):
            make_passport(person, f"00 {count:02d}{number:05d}")
        staff.get(page(event))
        with CaptureQueriesContext(connection) as queries:
            assert staff.get(page(event)).status_code == 200
        numbers.append(len(queries))
    assert numbers[0] == numbers[1]
