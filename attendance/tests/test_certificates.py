"""Certificates of participation: for those who were there, once, sent again the same."""

import datetime

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils import timezone

from attendance import certificate_letters, certificates, presence
from attendance.models import CheckIn
from content import documents, jobs
from content.models import IssuedDocument, Job
from content.tests.papers import printed, text_of
from events import placelinks
from events.tests.factories import make_event, make_member, make_participant
from mailing.models import Message

pytestmark = pytest.mark.django_db
DAY = datetime.timedelta(days=1)


@pytest.fixture
def event():
    starts_at = datetime.datetime(2026, 6, 10, 7, 0, tzinfo=datetime.UTC)
    return make_event(starts_at=starts_at)


def make_visitor(event, by, **fields):
    person = make_participant(event, **fields)
    CheckIn.objects.create(event=event, participant=person, at=timezone.now(), by=by)
    return person


@pytest.fixture
def visitor(event, lead):
    return make_visitor(
        event, lead, member=make_member(), name_cyrillic="Айгуль Садыкова",
        name_latin="Aigul Sadykova",
    )  # fmt: skip


def page_of(event) -> str:
    return reverse("admin:attendance_event", args=[event.pk])


def test_certificate_says_who_from_where_and_what_in_both_languages(lead, visitor):
    document = certificates.issue(visitor, lead)

    assert (document.holder_ru, document.holder_en) == ("Айгуль Садыкова", "Aigul Sadykova")
    assert document.wording_en == (
        "of Kazan, Russia took part as a participant in “Congress of Local Governments”, "
        "10 June 2026, City Hall, Kazan."
    )
    text = text_of(printed(document.pdf))
    for words in (document.number, "Айгуль Садыкова", "Aigul Sadykova", "10 июня 2026"):
        assert words in text


def test_certificate_is_issued_once(lead, visitor):
    first = certificates.issue(visitor, lead)
    assert certificates.issue(visitor, lead) == first == IssuedDocument.objects.get()


def test_nobody_absent_gets_one(lead, event):
    person = make_participant(event)
    with pytest.raises(ValidationError) as caught:
        certificates.issue(person, lead)
    assert caught.value.code == "absent"
    undone = make_visitor(event, lead)
    undone.check_ins.update(undone_at=timezone.now())
    with pytest.raises(ValidationError):
        certificates.issue(undone, lead)
    assert IssuedDocument.objects.count() == 0


def test_word_of_the_secretariat_is_presence_and_can_be_taken_back(lead, event):
    person = make_participant(event)
    waiting = make_participant(event, status="waiting")
    assert presence.mark([person, waiting], lead) == 1
    assert presence.mark([person], lead) == 0
    assert list(presence.those_there(event)) == [person]
    assert presence.unmark(person, lead) is True
    assert presence.unmark(person, lead) is False
    assert list(presence.those_there(event)) == []


def test_online_participant_took_part_online(lead, event):
    person = make_visitor(event, lead, mode="online")
    assert certificates.issue(person, lead).wording_en.endswith(", 10 June 2026, online.")


def test_bulk_makes_only_the_missing_and_says_who_failed(lead, event, visitor):
    first = certificates.issue(visitor, lead)
    others = [make_visitor(event, lead) for _number in range(2)]
    make_participant(event)

    for expected in (2, 0):
        job = certificates.ask_for_all(event, lead)
        jobs.run(job.pk)
        job = Job.objects.get(pk=job.pk)
        assert (job.state, job.total, job.done, job.failed) == ("done", expected, expected, [])

    given = IssuedDocument.objects.filter(kind=certificates.CODE)
    assert {one.object_id for one in given} == {visitor.pk, *(one.pk for one in others)}
    assert given.count() == 3
    assert first in given


def test_pdf_5_lost_certificate_is_sent_again_with_the_same_number(
    client, client_of, lead, event, visitor
):
    staff = client_of(lead)
    issued = staff.post(page_of(event), {"deed": "issue", "person": visitor.pk})
    assert issued["Location"] == page_of(event)
    document = certificates.current(visitor)

    keys = ["6c0ba1a4-0ad0-4ff4-8d2e-6d87ac1c7ad1", "6c0ba1a4-0ad0-4ff4-8d2e-6d87ac1c7ad2"]
    for key in (keys[0], keys[0], keys[1]):  # a double click, and another day
        staff.post(page_of(event), {"deed": "send", "person": visitor.pk, "key": key})

    letters = Message.objects.filter(kind="attendance.certificate")
    assert [letter.email for letter in letters] == [visitor.email] * 2
    assert all(document.number in letter.subject for letter in letters)
    link = reverse("attendance:place_certificate", args=[placelinks.token(visitor)])
    assert link in letters[0].text_body
    sent = client.get(link)
    assert b"".join(sent.streaming_content) == printed(document.pdf)
    assert IssuedDocument.objects.get() == document
    check = client.get(reverse("check:document", args=[document.code]))
    assert check.context["verdicts"][0].kind == "good"


def test_person_without_an_address_gets_it_through_the_city(client_of, lead, event):
    member = make_member()
    person = make_visitor(event, lead, member=member, email="")
    delegation = person.delegation
    mandate_user = delegation.registered_by
    member.representatives.create(
        user=mandate_user, role="lead", starts_on=timezone.localdate() - DAY
    )
    certificates.issue(person, lead)

    assert certificate_letters.send(person, lead) == 1

    letter = Message.objects.get(kind="attendance.certificate")
    address = reverse("attendance:certificate", args=[member.slug, event.slug, person.pk])
    assert letter.email == mandate_user.email
    assert address in letter.text_body
    fetched = client_of(mandate_user).get(address)
    assert fetched["Content-Type"] == "application/pdf"
    b"".join(fetched.streaming_content)


def test_reissued_certificate_is_what_the_links_give(client, lead, visitor):
    old = certificates.issue(visitor, lead)
    new = documents.reissue(old, lead, "A misprint in the name")
    assert certificates.current(visitor) == new
    link = reverse("attendance:place_certificate", args=[placelinks.token(visitor)])
    fetched = client.get(link)
    assert f"{new.number}.pdf" in fetched["Content-Disposition"]
    b"".join(fetched.streaming_content)
    documents.revoke(new, lead, "Was not there")
    assert client.get(link).status_code == 404


def test_nothing_is_sent_without_certificate_or_address(lead, event):
    person = make_visitor(event, lead)
    with pytest.raises(certificate_letters.NothingToSend):
        certificate_letters.send(person, lead)
    silent = make_visitor(event, lead, email="")
    certificates.issue(silent, lead)
    with pytest.raises(certificate_letters.NothingToSend):
        certificate_letters.send(silent, lead)


def test_strangers_do_not_learn_of_a_certificate(client, client_of, make_representative, lead,
                                                 event, visitor):  # fmt: skip
    certificates.issue(visitor, lead)
    stranger = make_representative(make_member("ufa", "Уфа", "Ufa"))
    for slug in ("kazan", "ufa"):
        address = reverse("attendance:certificate", args=[slug, event.slug, visitor.pk])
        assert client_of(stranger).get(address).status_code == 404
    forged = reverse("attendance:place_certificate", args=[placelinks.token(visitor) + "x"])
    assert client.get(forged).status_code == 404


def test_absent_person_is_refused_on_the_page_in_words(client_of, lead, event):
    person = make_participant(event)
    answer = client_of(lead).post(
        page_of(event), {"deed": "issue", "person": person.pk}, follow=True
    )
    assert person.name_cyrillic in str(next(iter(answer.context["messages"])))
    assert IssuedDocument.objects.count() == 0


@pytest.mark.parametrize("number", [1, 15])
def test_page_of_the_event_takes_as_many_queries_for_many(
    client_of, lead, event, django_assert_max_num_queries, number
):
    for one in range(number):
        make_visitor(event, lead, member=make_member(f"m{one}", f"Город {one}", f"City {one}"))
    client = client_of(lead)
    client.get(page_of(event))
    with django_assert_max_num_queries(30):
        response = client.get(page_of(event) + "?q=")
    assert len(response.context["rows"]) == number


def test_check_page_names_nobody_to_who_guesses_numbers(client, lead, visitor):
    document = certificates.issue(visitor, lead)
    by_number = client.get(reverse("check:form"), {"q": document.number}).content.decode()
    by_code = client.get(reverse("check:document", args=[document.code])).content.decode()
    typed = client.get(reverse("check:form"), {"q": document.code.upper()}).content.decode()

    assert document.number in by_number
    assert "notice--good" in by_number
    assert [name in by_number for name in (document.holder_ru, document.holder_en)] == [False] * 2
    assert all(document.holder_en in page for page in (by_code, typed))
