"""Reports in the admin: uploaded, decided with radio buttons, taken once."""

import uuid

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import translation

from attendance.models import AttendanceReport, Attendee
from attendance.tests.factories import make_event, make_member, make_participant

pytestmark = pytest.mark.django_db
DATA = "Имя;Минут\nИванов;10\nТест;1\nПетрова Анна;40\nНекто Неизвестный;5\n".encode("cp1251")


@pytest.fixture(autouse=True)
def _english():
    with translation.override("en"):
        yield


@pytest.fixture
def event(db):
    event = make_event(mode="online")
    city = make_member()
    make_participant(event, member=city, name_cyrillic="Иванов Пётр")
    make_participant(event, member=city, name_cyrillic="Петрова Анна", email="")
    make_member(slug="perm", name_ru="Пермь", name_en="Perm")
    return event


@pytest.fixture
def client(client_of, events_officer):
    return client_of(events_officer)


def _upload(client, event, data=DATA, name="отчёт.csv"):
    address = reverse("admin:attendance_upload", args=[event.pk])
    return client.post(address, {"file": SimpleUploadedFile(name, data), "hosts": ""}, follow=True)


def test_onl_5_report_is_taken_and_decided_on_the_screen(client, event):
    page = _upload(client, event).content.decode()
    report = AttendanceReport.objects.get()
    offered = report.attendees.get(outcome="offered")
    unknown = report.attendees.get(outcome="unknown")
    participant = event.participants.get(name_cyrillic="Иванов Пётр")
    assert f'name="row-{offered.pk}" value="p{participant.pk}"' in page
    address = reverse("admin:attendance_attendancereport_change", args=[report.pk])
    sent = {
        f"row-{offered.pk}": f"p{participant.pk}",
        f"row-{unknown.pk}": "other",
        f"other-{unknown.pk}": "пермь",
    }
    client.post(address, sent)
    offered.refresh_from_db()
    unknown.refresh_from_db()
    assert (offered.outcome, offered.participant) == ("matched", participant)
    assert (unknown.outcome, unknown.member.slug) == ("matched", "perm")
    event.refresh_from_db()
    assert (event.final_attendance, event.final_countries) == (3, 1)


def test_onl_5_same_file_says_so_and_changes_nothing(client, event):
    _upload(client, event)
    before = list(Attendee.objects.values())
    _upload(client, event, name="again.csv")
    assert list(Attendee.objects.values()) == before
    assert AttendanceReport.objects.count() == 1


def test_city_that_nobody_is_called_keeps_what_was_typed(client, event):
    _upload(client, event)
    report = AttendanceReport.objects.get()
    row = report.attendees.get(outcome="unknown")
    address = reverse("admin:attendance_attendancereport_change", args=[report.pk])
    sent = {f"row-{row.pk}": "other", f"other-{row.pk}": "Атлантида"}
    page = client.post(address, sent).content.decode()
    assert 'value="Атлантида"' in page
    assert f'id="error-{row.pk}"' in page
    row.refresh_from_db()
    assert row.outcome == "unknown"


@pytest.mark.parametrize("data", [b"", b"a,b\n1,2", b"PK\x03\x04x"])
def test_what_is_no_report_is_said_beside_the_field(client, event, data):
    response = _upload(client, event, data)
    assert "errorlist" in response.content.decode()
    assert not AttendanceReport.objects.exists()


def test_file_stays_as_proof(client, event):
    _upload(client, event)
    report = AttendanceReport.objects.get()
    response = client.get(reverse("admin:attendance_report_file", args=[report.pk]))
    assert b"".join(response) == DATA
    response.close()


def test_report_page_takes_the_same_queries_for_many(client, event, django_assert_max_num_queries):
    _upload(client, event)
    rows = "\n".join(f"Иванов {uuid.uuid4().hex[:6]};3" for _number in range(40))
    _upload(client, event, f"Имя;Минут\n{rows}\n".encode())
    first, second = AttendanceReport.objects.order_by("lines")
    address = reverse("admin:attendance_attendancereport_change", args=[first.pk])
    with django_assert_max_num_queries(25) as few:
        client.get(address)
    address = reverse("admin:attendance_attendancereport_change", args=[second.pk])
    with django_assert_max_num_queries(len(few)):
        client.get(address)
