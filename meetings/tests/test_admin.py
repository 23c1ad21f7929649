"""Meetings in the admin: sheet, attendance, minutes, papers, lists, queues."""

import uuid

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import DatabaseError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from content import workqueue
from content.models import AuditEntry
from dues.tests.factories import make_invoice
from meetings import minutes, nominating, results
from meetings.models import AssemblyDelegate, Election, Meeting, MeetingDocument, Minutes
from meetings.refusals import Refused
from meetings.tests.factories import (
    DAY,
    make_assembly,
    make_attendance,
    make_body,
    make_candidates,
    make_decision,
    make_delegate,
    make_election,
    make_item,
    make_meeting,
    make_person,
    make_seat,
    make_term,
)
from members.tests.factories import make_member

pytestmark = pytest.mark.django_db


@pytest.fixture
def desk(client_of, editor):
    client = client_of(editor)
    client.cookies["django_language"] = "en"
    return client


def page(name: str, pk: int, *more) -> str:
    return reverse(f"admin:meetings_meeting_{name}", args=[pk, *more])


def text(client, address: str) -> str:
    response = client.get(address)
    assert response.status_code == 200
    return " ".join(response.content.decode().split())


def test_gov_4_sheet_shows_both_tables_and_the_quorum_of_the_first(desk):
    assembly = make_meeting("assembly", make_assembly())
    omsk, perm = make_member("omsk", "Омск", "Omsk"), make_member("perm", "Пермь", "Perm")
    make_delegate(assembly, omsk)
    make_delegate(assembly, perm)
    make_invoice(perm, issued_on=assembly.day - 60 * DAY, due_on=assembly.day)

    html = text(desk, page("sheet", assembly.pk))

    words = [
        "Entitled to vote: 1. Quorum: 1.", "<h2>Entitled to vote</h2>", ">Omsk<",
        "<h2>Not entitled to vote</h2>", ">Perm<", "The due is not paid.",
    ]  # fmt: skip
    places = [html.index(word) for word in words]
    assert places == sorted(places)


@pytest.mark.parametrize("language", ["ru", "en"])
def test_gov_4_printing_gives_both_tables(desk, language):
    assembly = make_meeting("assembly", make_assembly())
    make_delegate(assembly, make_member("omsk", "Омск", "Omsk"))
    make_member("perm", "Пермь", "Perm")

    response = desk.get(page("sheet_pdf", assembly.pk, language))

    assert response.content.startswith(b"%PDF")
    assert response["Content-Disposition"] == (
        f'attachment; filename="eligibility-assembly-{language}.pdf"'
    )


def test_sheet_in_another_language_is_not_found(desk):
    meeting = make_meeting()

    assert desk.get(f"/admin/meetings/meeting/{meeting.pk}/sheet/de.pdf").status_code == 404


def test_attendance_is_prepared_taken_and_shows_the_quorum(desk):
    meeting = make_meeting()
    make_term(make_seat(), member=make_member(), delegate=make_person())
    address = page("attendance", meeting.pk)

    desk.post(address, {"deed": "prepare"})
    row = meeting.attendances.get()
    desk.post(
        address, {"deed": "take", "listed": [row.pk], "present": [row.pk], "online": [row.pk, "x"]}
    )
    html = text(desk, address)

    row.refresh_from_db()
    assert (row.is_present, row.mode) == (True, "online")
    assert "Entitled to vote: 1, present: 1, quorum: 1. There is a quorum." in html


def add_guest(desk, address: str, **typed):
    return desk.post(address, {"deed": "guest", "form_key": str(uuid.uuid4()), **typed})


def test_list_that_is_saved_leaves_alone_who_was_added_meanwhile(desk):
    meeting = make_meeting()
    make_term(make_seat(), member=make_member(), delegate=make_person())
    address = page("attendance", meeting.pk)
    desk.post(address, {"deed": "prepare"})
    row = meeting.attendances.get()

    add_guest(desk, address, name_en="UN-Habitat")
    desk.post(address, {"deed": "take", "listed": [row.pk], "present": [], "online": []})

    found = meeting.attendances.order_by("pk").values_list("role", "is_present")
    assert list(found) == [("delegate", False), ("guest", True)]
    assert f'name="listed" value="{row.pk}"' in text(desk, address)


def test_guest_is_added_and_a_nameless_one_refused(desk):
    meeting = make_meeting()
    address = page("attendance", meeting.pk)

    refused = add_guest(desk, address)
    add_guest(desk, address, name_en="UN-Habitat")

    assert "Give it in Russian or in English." in refused.content.decode()
    assert [(row.name_en, row.role) for row in meeting.attendances.all()] == [
        ("UN-Habitat", "guest")
    ]


def test_second_click_adds_a_guest_once(desk, editor):
    meeting = make_meeting()
    address = page("attendance", meeting.pk)
    key = desk.get(address).context["guest"]["form_key"].value()

    answers = [add_guest(desk, address, name_en="UN-Habitat", form_key=key) for _n in range(2)]

    assert [answer["Location"] for answer in answers] == [address, address]
    assert [(row.name_en, row.role, row.is_present) for row in meeting.attendances.all()] == [
        ("UN-Habitat", "guest", True)
    ]
    entries = AuditEntry.objects.filter(verb="meetings.guest.added")
    assert [(one.actor, one.summary) for one in entries] == [(editor, "UN-Habitat")]


def test_attendance_page_of_200_asks_as_often_as_of_one(desk):
    meeting = make_meeting()
    make_attendance(meeting)
    address = page("attendance", meeting.pk)
    desk.get(address)
    with CaptureQueriesContext(connection) as one:
        desk.get(address)
    for number in range(200):
        make_attendance(meeting, name_ru=f"Гость {number}")

    with CaptureQueriesContext(connection) as many:
        desk.get(address)

    assert len(many) == len(one)


def held(**fields) -> Meeting:
    meeting = make_meeting(state="held", chair=make_person("chair"), **fields)
    item = make_item(meeting)
    make_decision(meeting, item=item, votes_for=9, votes_against=1, votes_abstained=0)
    return meeting


def test_minutes_hold_attendance_decisions_and_votes(desk):
    meeting = held()
    make_attendance(meeting, name_en="UN-Habitat")

    html = text(desk, page("minutes", meeting.pk))

    words = ["UN-Habitat", "The plan of work", "Decision 1: approved", "For: 9, against: 1"]
    places = [html.index(word) for word in words]
    assert places == sorted(places)


def test_approved_minutes_are_kept_in_both_languages_and_close_the_meeting(desk, editor):
    meeting = held()
    address = page("minutes", meeting.pk)

    desk.post(address)
    before = desk.get(page("minutes_pdf", meeting.pk, "ru")).getvalue()
    Meeting.objects.update(place_ru="Иначе")
    after = desk.get(page("minutes_pdf", meeting.pk, "ru")).getvalue()

    assert sorted(meeting.minutes.values_list("language", flat=True)) == ["en", "ru"]
    assert before == after
    with pytest.raises(Refused, match="approved already"):
        minutes.approve(meeting, editor)
    with pytest.raises(DatabaseError), transaction.atomic():
        Minutes.objects.all().delete()
    form = text(desk, reverse("admin:meetings_meeting_change", args=[meeting.pk]))
    assert 'name="agenda-0-title_ru"' not in form
    kept = ("body", "number", "state", "time_zone", "starts_at_0", "place_ru", "chair")
    assert [name for name in kept if f'name="{name}"' in form] == []
    assert 'name="title_ru"' in form


@pytest.mark.parametrize(("audience", "papers"), [("members", 2), ("", 0), ("everyone", 0)])
def test_approved_minutes_go_among_the_papers_when_asked(desk, audience, papers):
    meeting = held()

    desk.post(page("minutes", meeting.pk), {"audience": audience})

    found = meeting.documents.order_by("language")
    assert [(one.language, one.title_en, one.audience) for one in found] == [
        ("en", "Minutes", "members"), ("ru", "Minutes", "members"),
    ][:papers]  # fmt: skip


def test_minutes_wait_until_the_meeting_is_held_and_its_results_published(editor):
    planned = make_meeting()
    meeting = held(slug="held")
    make_election(meeting=meeting, body=meeting.body)

    with pytest.raises(Refused, match="that was held"):
        minutes.approve(planned, editor)
    with pytest.raises(Refused, match="Publish the results"):
        minutes.approve(meeting, editor)


def upload(data: bytes = b"%PDF-1.7 paper", name: str = "plan.pdf") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, data)


def change(client, meeting, **values):
    """Post the form of a meeting as it stands, with these values on top."""
    response = client.get(reverse("admin:meetings_meeting_change", args=[meeting.pk]))
    form = response.context["adminform"].form
    typed = {}
    for name, field in form.fields.items():
        bound = form[name].value()
        if isinstance(bound, list | tuple):
            typed |= {f"{name}_{number}": part for number, part in enumerate(bound)}
        elif hasattr(field.widget, "widgets"):
            parts = field.widget.decompress(bound)
            typed |= {f"{name}_{number}": part or "" for number, part in enumerate(parts)}
        else:
            typed[name] = "" if bound is None else bound
    for inline in response.context["inline_admin_formsets"]:
        management = inline.formset.management_form
        typed |= {f"{inline.formset.prefix}-{name}": management[name].value()
                  for name in management.fields}  # fmt: skip
    typed = {name: value for name, value in typed.items() if value is not False}
    return client.post(
        reverse("admin:meetings_meeting_change", args=[meeting.pk]), {**typed, **values}
    )


def test_paper_is_uploaded_beside_the_meeting(desk, editor):
    meeting = make_meeting()

    response = change(
        desk, meeting,
        **{
            "documents-TOTAL_FORMS": 1, "documents-0-title_en": "Plan", "documents-0-title_ru": "",
            "documents-0-language": "en", "documents-0-audience": "members",
            "documents-0-upload": upload(), "documents-0-meeting": meeting.pk,
        },
    )  # fmt: skip

    assert response.status_code == 302
    (paper,) = MeetingDocument.objects.all()
    assert (paper.title_en, paper.audience, paper.file.uploaded_by) == ("Plan", "members", editor)


def test_paper_without_a_file_is_refused(desk):
    meeting = make_meeting()

    response = change(
        desk, meeting,
        **{
            "documents-TOTAL_FORMS": 1, "documents-0-title_en": "Plan", "documents-0-title_ru": "",
            "documents-0-language": "en", "documents-0-audience": "members",
            "documents-0-meeting": meeting.pk,
        },
    )  # fmt: skip

    assert "Choose a file." in response.content.decode()


def test_meeting_that_ends_before_it_starts_is_refused(desk):
    meeting = make_meeting()

    response = change(desk, meeting, ends_at_0="2020-01-01", ends_at_1="10:00")

    assert "A meeting cannot end before it starts." in response.content.decode()


@pytest.mark.parametrize("model", ["meeting", "election", "assemblydelegate"])
def test_lists_ask_as_often_for_many_as_for_one(desk, model):
    def make(number: int) -> None:
        body = make_body(f"body-{number}", name_en=f"Body {number}")
        meeting = make_meeting(f"meeting-{number}", body)
        make_election(body=body, meeting=meeting)
        city = make_member(f"city-{number}", f"Город {number}", f"City {number}")
        make_delegate(meeting, city, person=make_person(f"person-{number}"))

    make(0)
    where = reverse(f"admin:meetings_{model}_changelist")
    desk.get(where)
    with CaptureQueriesContext(connection) as one:
        desk.get(where)
    for number in range(1, 9):
        make(number)

    with CaptureQueriesContext(connection) as many:
        desk.get(where)

    # The filter by meeting of the delegates reads the meetings' names, all at once.
    assert len(many) == len(one)


def test_delegate_is_entered_by_staff(desk, editor):
    assembly = make_meeting("assembly", make_assembly())
    city = make_member()

    desk.post(
        reverse("admin:meetings_assemblydelegate_add"),
        {"meeting": assembly.pk, "member": city.pk, "role": "delegate", "person": "",
         "name_ru": "Иван Иванов", "name_en": "", "is_coming": "on", "has_mandate": "on"},
    )  # fmt: skip

    (row,) = AssemblyDelegate.objects.all()
    assert (row.name_ru, row.has_mandate, row.entered_by) == ("Иван Иванов", True, editor)


def test_queues_count_what_waits(editor):
    held()
    make_election()
    counted = make_election()
    (one,) = make_candidates(counted, "anna")
    results.record(counted, {one.pk: 3}, editor)
    late = make_election()
    nominating.nominate(late, member=make_member(), by=editor)

    found = {queue.title: queue.count for queue in workqueue.queues_for(editor)}

    assert [found[title] for title in (
        "Results to approve and publish", "Elections to count", "Late nominations",
        "Minutes to approve",
    )] == [1, 2, 1, 1]  # fmt: skip


def test_queue_links_open_the_counted_rows(desk, editor):
    make_election(title_en="To count")
    counted = make_election(title_en="To publish")
    (one,) = make_candidates(counted, "anna")
    results.record(counted, {one.pk: 3}, editor)

    html = text(desk, reverse("admin:meetings_election_changelist") + "?step=publish")

    assert ("To publish" in html, "To count" in html) == (True, False)


def test_counted_election_keeps_its_seats(desk, editor):
    election = make_election(seats=1)
    (one,) = make_candidates(election, "anna")
    results.record(election, {one.pk: 3}, editor)

    html = text(desk, reverse("admin:meetings_election_change", args=[election.pk]))

    assert 'name="seats"' not in html
    assert Election.objects.get().state == "counted"
