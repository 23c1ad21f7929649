"""What speakers are asked for: letters, the link, reminders, the staff's list."""

import datetime

import pytest
from django.core.cache import caches
from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils import timezone

from content.workqueue import queues_for
from events.tests.factories import make_event
from mailing.models import Message
from mailing.reminders import plan
from programme import documents, materials
from programme.document_wiring import purge
from programme.models import EventDocument, MaterialRequest
from programme.tests.document_factories import make_request, make_upload

pytestmark = pytest.mark.django_db
DAY = datetime.timedelta(days=1)


@pytest.fixture
def event():
    return make_event()


@pytest.fixture
def wanted(event, lead):
    return make_request(event, lead)


def page(wanted) -> str:
    return reverse("programme:material", args=[wanted.token])


def letters() -> list[tuple[str, str]]:
    found = Message.objects.filter(occasion__startswith="programme.material").order_by("pk")
    return list(found.values_list("kind", "state"))


def test_request_is_a_letter_with_a_link_that_the_database_does_not_hold(wanted):
    mail = Message.objects.get()
    assert (mail.email, mail.language) == ("speaker@example.org", "ru")
    assert wanted.token in mail.text_body
    stored = MaterialRequest.objects.filter(pk=wanted.pk).values().get()
    assert wanted.token not in [str(value) for value in stored.values()]
    assert "Слайды к докладу" in mail.text_body
    assert "Slides of the talk" in mail.text_body


def test_speaker_without_an_account_sends_a_file_that_waits_for_release(client, wanted):
    assert client.get(page(wanted)).status_code == 200
    sent = client.post(page(wanted), {"file": make_upload()})
    assert sent["Location"] == page(wanted)

    wanted.refresh_from_db()
    document = wanted.document
    assert (wanted.state, document.is_shown, document.kind) == ("received", False, "slides")
    assert document.title_en == "Slides of the talk (Айнура Бекова)"
    assert list(EventDocument.objects.shown()) == []
    assert "slides.pdf" in client.get(page(wanted)).content.decode()

    client.post(page(wanted), {"file": make_upload("better.pdf")})
    assert document.versions.count() == 2
    assert EventDocument.objects.count() == 1


def test_one_link_does_not_take_as_many_files_as_it_likes(client, wanted):
    caches["counters"].clear()
    for _number in range(20):
        assert client.post(page(wanted), {"file": make_upload()}).status_code == 302
    refused = client.post(page(wanted), {"file": make_upload()})

    assert (refused.status_code, bool(refused.context["form"].errors)) == (200, True)
    wanted.refresh_from_db()
    assert wanted.document.versions.count() == 20


def test_what_comes_after_the_deadline_is_taken_and_marked(client, wanted):
    MaterialRequest.objects.update(due_at=timezone.now() - DAY, kind="document")
    assert client.post(page(wanted), {"file": make_upload()}).status_code == 302
    wanted.refresh_from_db()
    assert (wanted.state, wanted.document.is_late) == ("late", True)


@pytest.mark.parametrize(
    ("name", "data"), [("film.exe", b"MZ"), ("empty.pdf", b""), ("fake.pdf", b"MZ not a pdf")]
)
def test_bad_file_is_refused_beside_the_field_and_nothing_is_kept(client, wanted, name, data):
    response = client.post(page(wanted), {"file": make_upload(name, data)})
    assert response.status_code == 200
    assert list(response.context["form"].errors) == ["file"]
    wanted.refresh_from_db()
    assert (wanted.state, wanted.document, EventDocument.objects.count()) == ("asked", None, 0)


def test_guessed_expired_waived_and_renewed_links_lead_nowhere(client, wanted, lead):
    old = page(wanted)
    assert client.get(reverse("programme:material", args=["0" * 64])).status_code == 404
    assert client.get(reverse("programme:material", args=["короткий"])).status_code == 404
    materials.renew(wanted, lead)
    wanted.refresh_from_db()
    assert (client.get(old).status_code, client.get(page(wanted)).status_code) == (404, 200)
    MaterialRequest.objects.update(expires_at=timezone.now())
    assert client.get(page(wanted)).status_code == 404
    MaterialRequest.objects.update(expires_at=timezone.now() + DAY)
    materials.waive(wanted, lead)
    assert client.get(page(wanted)).status_code == 404
    assert client.post(page(wanted), {"file": make_upload()}).status_code == 404


def test_link_of_a_cancelled_event_is_dead(client, wanted):
    wanted.event.status, wanted.event.cancelled_at = "cancelled", timezone.now()
    wanted.event.save()
    assert client.get(page(wanted)).status_code == 404


def test_reminders_come_before_and_after_the_deadline_once(wanted):
    due = wanted.due_at
    for moment, number in [
        (due - 8 * DAY, 0), (due - 7 * DAY, 1), (due - 7 * DAY, 1), (due - DAY, 2), (due, 2),
        (due + DAY, 3), (due + 7 * DAY, 4), (due + 8 * DAY, 4),
    ]:  # fmt: skip
        plan(moment)
        assert letters().count(("programme.material_reminder", "queued")) == number, moment
    reminders = Message.objects.filter(kind="programme.material_reminder").order_by("pk")
    assert ["Слайды к докладу" in one.subject for one in reminders] == [True] * 4


def test_no_reminder_to_who_has_sent_or_is_not_asked_any_more(event, lead):
    sent = make_request(event, lead, email="sent@example.org")
    waived = make_request(event, lead, email="waived@example.org")
    materials.receive(sent, make_upload())
    materials.waive(waived, lead)
    plan(sent.due_at - DAY)
    assert [kind for kind, _state in letters()] == ["programme.material_asked"] * 2


def test_request_without_an_address_is_refused(event, lead):
    with pytest.raises(materials.MaterialRefused):
        make_request(event, lead, email="")
    assert MaterialRequest.objects.count() == 0


def test_received_material_cannot_be_waived(wanted, lead):
    materials.receive(wanted, make_upload())
    with pytest.raises(materials.MaterialRefused):
        materials.waive(wanted, lead)
    with pytest.raises(materials.MaterialRefused):
        materials.renew(wanted, lead)


def test_failed_upload_keeps_neither_file_nor_document(wanted, monkeypatch):
    def fail(*_args, **_fields):
        raise ValidationError("no")

    monkeypatch.setattr(documents, "keep", fail)
    with pytest.raises(ValidationError):
        materials.receive(wanted, make_upload())
    assert EventDocument.objects.count() == 0


def test_staff_see_what_is_missing_and_release_what_came(client_of, events_officer, event):
    late = make_request(event, events_officer, name="Поздний")
    came = make_request(event, events_officer, name="Пришёл")
    MaterialRequest.objects.filter(pk=late.pk).update(due_at=timezone.now() - DAY)
    document = materials.receive(came, make_upload())
    counts = {
        queue.url.partition("=")[2]: queue.count
        for queue in queues_for(events_officer)
        if "materialrequest" in queue.url
    }
    client = client_of(events_officer)
    base = reverse("admin:programme_materialrequest_changelist")

    def listed(course):
        return list(client.get(f"{base}?course={course}").context["cl"].queryset)

    assert counts == {"overdue": 1, "to_release": 1}
    assert (listed("missing"), listed("overdue"), listed("to_release")) == ([late], [late], [came])
    client.post(base, {"action": "release", "_selected_action": [came.pk]})
    document.refresh_from_db()
    assert document.is_shown
    assert listed("to_release") == []


def test_admin_asks_through_the_form_and_says_what_is_wrong(client_of, events_officer, event):
    client = client_of(events_officer)
    address = reverse("admin:programme_materialrequest_add")
    soon = timezone.localtime(timezone.now() + DAY)
    data = {
        "event": event.pk, "speaker": "", "name": "Иван", "email": "", "mail_language": "en",
        "what_ru": "Тезисы", "what_en": "Theses", "kind": "document", "language": "ru",
        "access": "public", "due_at_0": f"{soon:%d.%m.%Y}", "due_at_1": f"{soon:%H:%M}",
    }  # fmt: skip
    refused = client.post(address, data)
    assert list(refused.context["adminform"].form.errors) == ["email"]

    assert client.post(address, {**data, "email": "ivan@example.org"}).status_code == 302
    assert Message.objects.get().email == "ivan@example.org"


@pytest.mark.parametrize("number", [1, 10])
def test_list_in_the_admin_takes_as_many_queries_for_many(
    client_of, events_officer, event, django_assert_max_num_queries, number
):
    for one in range(number):
        make_request(event, events_officer, email=f"s{one}@example.org")
    client = client_of(events_officer)
    client.get(reverse("admin:programme_materialrequest_changelist"))
    with django_assert_max_num_queries(16):
        client.get(reverse("admin:programme_materialrequest_changelist"))


def test_addresses_are_forgotten_a_year_after_the_event(wanted):
    assert purge(wanted.event.ends_at + 364 * DAY) == 0
    assert purge(wanted.event.ends_at + 366 * DAY) == 1
    wanted.refresh_from_db()
    assert wanted.email == ""
