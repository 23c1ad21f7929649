"""From a record of a meeting to the library: once, and in both languages."""

import datetime
import threading

import pytest
from django.db import connection
from django.urls import reverse

from content.models import AuditEntry
from library import publishing
from library.models import Publication
from library.sources import without_language
from library.tests.factories import make_publication
from meetings.tests.factories import make_decision, make_document, make_item, make_meeting

pytestmark = pytest.mark.django_db


@pytest.fixture
def meeting():
    return make_meeting()


def address(record) -> str:
    return reverse("admin:library_publication_publish", args=[record._meta.label_lower, record.pk])


def test_decision_becomes_a_publication_once(lead, meeting):
    decision = make_decision(meeting, item=make_item(meeting))

    first = publishing.publish(decision, lead)
    second = publishing.publish(decision, lead)

    assert first == second == Publication.objects.get()
    assert (first.kind, first.title_ru, first.title_en) == (
        "decision", "О плане работы", "The plan of work"
    )  # fmt: skip
    assert first.body_ru == "<p>Утвердить план работы.</p>"
    assert first.source_en == "Meeting of the Council. 1. The plan of work"
    assert first.source_path == "/about/meetings/council-2026/"
    assert (first.dated_on, first.slug) == (datetime.date(2026, 6, 10), "the-plan-of-work")
    assert first.is_public()
    assert AuditEntry.objects.filter(verb="library.published").count() == 1


def test_paper_takes_its_twin_in_the_other_language_along(lead, meeting):
    russian = make_document(meeting, language="ru")
    english = make_document(meeting, language="en")

    publication = publishing.publish(russian, lead)

    assert sorted(publication.files.values_list("language", "file")) == [
        ("en", english.file_id), ("ru", russian.file_id)
    ]  # fmt: skip


def test_agenda_item_brings_its_decisions_and_papers(lead, meeting):
    item = make_item(meeting)
    make_decision(meeting, 1, item=item)
    make_decision(meeting, 2, item=item, wording_ru="Отложить.", wording_en="To postpone.")
    make_document(meeting, language="both", item=item)

    publication = publishing.publish(item, lead)

    assert publication.body_en == "<p>To approve the plan of work.</p><p>To postpone.</p>"
    assert list(publication.files.values_list("language", flat=True)) == ["both"]


def test_missing_language_needs_a_word(lead, meeting):
    paper = make_document(meeting, language="ru")
    assert publishing.draft_of(paper).missing() == ["en"]

    with pytest.raises(publishing.PublishingRefused):
        publishing.publish(paper, lead)
    assert Publication.objects.count() == 0

    publishing.publish(paper, lead, although_incomplete=True)
    assert Publication.objects.count() == 1


def test_nothing_to_read_is_never_published(lead, meeting):
    with pytest.raises(publishing.PublishingRefused):
        publishing.publish(make_item(meeting), lead, although_incomplete=True)
    assert Publication.objects.count() == 0


def test_page_of_the_deed_shows_what_is_missing_and_warns_of_closed_papers(
    client_of, lead, meeting
):
    paper = make_document(meeting, "body", language="ru")
    client = client_of(lead)

    page = client.get(address(paper))
    assert page.context["draft"].is_open is False
    assert [row[2] for row in page.context["languages"]] == [True, False]
    refused = client.post(address(paper))
    assert refused.status_code == 200
    assert list(refused.context["adminform"].form.errors) == ["although_incomplete"]

    for _click in range(2):
        done = client.post(address(paper), {"although_incomplete": "on"})
    published = Publication.objects.get()
    assert done["Location"] == reverse("admin:library_publication_change", args=[published.pk])
    assert client.get(address(paper))["Location"] == done["Location"]


def test_meeting_lists_what_can_be_published(
    client_of, lead, meeting, django_assert_max_num_queries
):
    decision = make_decision(meeting, item=make_item(meeting))
    make_document(meeting)
    published = publishing.publish(decision, lead)
    client = client_of(lead)
    link = reverse("admin:library_publication_from_meeting", args=[meeting.pk])
    client.get(link)

    with django_assert_max_num_queries(20):
        rows = client.get(link).context["rows"]

    assert [(row["title"], row["published"]) for row in rows] == [
        ("О плане работы", None), ("Проект плана", None),
        ("Утвердить план работы.", published),
    ]  # fmt: skip


def test_only_those_who_may_publish_reach_the_deed(client_of, translator, meeting):
    paper = make_document(meeting, language="both")
    assert client_of(translator).post(address(paper)).status_code == 403
    assert Publication.objects.count() == 0


def test_unknown_record_is_not_found(client_of, lead):
    link = reverse("admin:library_publication_publish", args=["accounts.user", lead.pk])
    assert client_of(lead).get(link).status_code == 404
    with pytest.raises(publishing.PublishingRefused):
        publishing.publish(make_publication(), lead)


def test_path_without_language_stays_a_path():
    assert without_language("/ru/events/congress/") == "/events/congress/"
    assert without_language("/members/") == "/members/"


@pytest.mark.django_db(transaction=True)
def test_two_presses_at_once_make_one_publication(lead):
    decision = make_decision(make_meeting(), item=None)
    made, barrier = [], threading.Barrier(2)

    def press():
        barrier.wait()
        made.append(publishing.publish(decision, lead).pk)
        connection.close()

    threads = [threading.Thread(target=press) for _number in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert len(made) == 2
    assert set(made) == {Publication.objects.get().pk}
