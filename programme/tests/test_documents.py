"""Papers of an event: versions, lateness, who may fetch them."""

import datetime

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.template import Context, Template
from django.urls import reverse
from django.utils import timezone

from content.models import PrivateFile
from events import placelinks
from events.tests.factories import make_event, make_member, make_participant
from library import publishing
from meetings.tests.factories import make_body, make_item, make_meeting, make_seat, make_term
from programme import documents
from programme.models import EventDocument
from programme.tests.document_factories import make_document, make_upload

pytestmark = pytest.mark.django_db
DAY = datetime.timedelta(days=1)
ACCESS = ["public", "members", "delegates", "body"]


@pytest.fixture
def event():
    return make_event()


@pytest.fixture
def papers(event):
    """One document for each circle of readers."""
    return {access: make_document(event, access) for access in ACCESS}


def readable(user) -> list[str]:
    found = EventDocument.objects.for_user(user).values_list("access", flat=True)
    return sorted(found, key=ACCESS.index)


def test_every_upload_is_a_version_and_the_newest_is_sent(client, lead, event):
    document = make_document(event)
    second = documents.upload(document, make_upload(data=b"%PDF-1.7 second"), lead)

    assert list(document.versions.values_list("number", "file__name")) == [
        (2, "slides.pdf"), (1, "public.pdf")
    ]  # fmt: skip
    document.refresh_from_db()
    assert (document.file, document.uploaded_at) == (second.file, second.uploaded_at)
    sent = client.get(document.get_absolute_url())
    assert b"".join(sent.streaming_content) == b"%PDF-1.7 second"
    assert sent["X-Robots-Tag"] == "noindex"
    assert sent["Content-Disposition"].startswith("attachment")


@pytest.mark.parametrize(
    ("kind", "due", "expected"),
    [
        ("document", None, True),  # the event began yesterday
        ("document", DAY, False),
        ("document", -3 * DAY, True),
        ("slides", None, False),
    ],
)
def test_late_is_what_comes_after_its_deadline(lead, kind, due, expected):
    event = make_event(starts_at=timezone.now() - DAY)
    document = make_document(event, kind=kind, due_at=due and timezone.now() + due)
    version = document.versions.get()
    assert (document.is_late, version.is_late) == (expected, expected)


def test_refused_file_leaves_nothing_behind(lead, event):
    document = make_document(event)
    before = PrivateFile.objects.count()
    with pytest.raises(ValidationError):
        documents.upload(document, make_upload("virus.exe", b"MZ"), lead)
    assert (document.versions.count(), PrivateFile.objects.count()) == (1, before)


def test_recording_has_an_address_and_no_file(client, event):
    document = make_document(event, kind="recording", link="https://video.example.org/7")
    assert client.get(document.get_absolute_url())["Location"] == "https://video.example.org/7"
    with pytest.raises(ValidationError):
        documents.upload(document, make_upload(), None)
    for fields in ({"kind": "recording"}, {"kind": "slides", "link": "https://e.org"}):
        with pytest.raises(IntegrityError), transaction.atomic():
            EventDocument.objects.create(event=event, title_ru="Запись", **fields)


def test_strangers_read_public_papers_alone(papers, make_user, django_user_model):
    from django.contrib.auth.models import AnonymousUser

    assert readable(AnonymousUser()) == ["public"]
    assert readable(make_user("stranger@example.org")) == ["public"]


def test_representatives_read_those_of_members(papers, make_representative):
    kazan = make_member("kazan")
    assert readable(make_representative(kazan)) == ["public", "members"]
    guest = make_member("izmir", "Измир", "Izmir", is_member=False)
    assert readable(make_representative(guest)) == ["public"]


def test_delegates_need_a_place(papers, event, make_representative, make_user):
    kazan, ufa = make_member("kazan"), make_member("ufa", "Уфа", "Ufa")
    make_participant(event, member=kazan, email="one@example.org")
    make_participant(event, member=ufa, status="waiting", email="two@example.org")

    assert readable(make_representative(kazan)) == ["public", "members", "delegates"]
    assert readable(make_representative(ufa)) == ["public", "members"]
    assert readable(make_user("ONE@example.org")) == ["public", "delegates"]
    assert readable(make_user("two@example.org")) == ["public"]


def test_papers_of_a_body_are_for_holders_of_its_seats(papers, event, make_representative):
    kazan, ufa = make_member("kazan"), make_member("ufa", "Уфа", "Ufa")
    council = make_body()
    make_term(make_seat(council), member=kazan)
    event.meeting = make_meeting(body=council)
    event.save()

    assert readable(make_representative(kazan)) == ["public", "members", "body"]
    assert readable(make_representative(ufa)) == ["public", "members"]


def test_staff_read_all_and_what_is_not_released(papers, event, events_officer, translator):
    make_document(event, "public", is_shown=False)
    assert readable(events_officer) == ["public", "public", "members", "delegates", "body"]
    assert readable(translator) == ["public"]


def test_place_link_opens_papers_of_delegates_without_an_account(client, papers, event):
    person = make_participant(event)
    other = make_participant(event, status="waiting")

    def statuses(one, documents=papers):
        token = placelinks.token(one)
        return {access: status_of(token, document) for access, document in documents.items()}

    def status_of(token, document):
        response = client.get(reverse("programme:place_document", args=[token, document.pk]))
        if response.streaming:
            b"".join(response.streaming_content)
        return response.status_code

    assert statuses(person) == {"public": 200, "members": 404, "delegates": 200, "body": 404}
    assert statuses(other)["delegates"] == 404
    elsewhere = {"delegates": make_document(make_event("other"), "delegates")}
    assert statuses(person, elsewhere) == {"delegates": 404}


def test_nothing_of_a_hidden_event_is_sent(client):
    draft = make_event("draft", status="draft", published_at=None)
    document = make_document(draft)
    assert client.get(document.get_absolute_url()).status_code == 404


@pytest.mark.parametrize("number", [1, 12])
def test_public_list_takes_one_query(event, django_assert_num_queries, number):
    for one in range(number):
        make_document(event, title_en=f"Paper {one}")
    make_document(event, "delegates", title_en="Secret paper")
    template = Template("{% load document_tags %}{% documents_of event %}")

    with django_assert_num_queries(1):
        html = template.render(Context({"event": event}))

    assert html.count("<li>") == number
    assert "Secret paper" not in html


def test_list_without_papers_is_not_there(event):
    html = Template("{% load document_tags %}{% documents_of event %}").render(
        Context({"event": event})
    )
    assert html.strip() == ""


def test_document_goes_into_the_library_with_its_twin(lead, event):
    event.meeting = make_meeting()
    event.save()
    item = make_item(event.meeting)
    russian = make_document(event, "delegates", item=item)
    english = make_document(event, "public", language="en", item=item)
    draft = publishing.draft_of(russian)
    assert (draft.is_open, draft.missing()) == (False, [])

    publication = publishing.publish(russian, lead)

    assert sorted(publication.files.values_list("language", "file")) == [
        ("en", english.file_id), ("ru", russian.file_id)
    ]  # fmt: skip
    assert publication.source_en == "Congress of Local Governments. 1. The plan of work"
    assert publication.source_path == "/events/congress/"


def test_admin_uploads_versions_and_refuses_beside_the_field(client_of, events_officer, event):
    client = client_of(events_officer)
    address = reverse("admin:programme_eventdocument_add")
    data = {
        "event": event.pk, "title_ru": "Отчёт", "title_en": "", "kind": "document", "order": 1,
        "language": "ru", "access": "public", "is_shown": "on", "link": "",
        "due_at_0": "", "due_at_1": "",
    }  # fmt: skip

    refused = client.post(address, {**data, "upload": make_upload("film.avi", b"RIFF")})
    assert list(refused.context["adminform"].form.errors) == ["upload"]
    missing = client.post(address, data)
    assert missing.context["adminform"].form.errors["upload"] == ["Выберите файл."]
    assert EventDocument.objects.count() == 0

    assert client.post(address, {**data, "upload": make_upload()}).status_code == 302
    document = EventDocument.objects.get()
    change = reverse("admin:programme_eventdocument_change", args=[document.pk])
    formset = {"versions-TOTAL_FORMS": 0, "versions-INITIAL_FORMS": 0}
    again = {**data, **formset, "upload": make_upload("new.pdf")}
    assert client.post(change, again).status_code == 302
    assert list(document.versions.values_list("number", "uploaded_by")) == [
        (2, events_officer.pk), (1, events_officer.pk)
    ]  # fmt: skip
    assert client.get(change).status_code == 200
