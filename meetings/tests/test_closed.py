"""What approved minutes close: delegates, attendance, agenda and decisions of the meeting."""

import uuid

import pytest
from django.db import DatabaseError, connection, transaction
from django.urls import reverse

from meetings import attending, minutes
from meetings.models import AssemblyDelegate, Election, Meeting
from meetings.refusals import Refused
from meetings.tests.factories import (
    make_assembly,
    make_attendance,
    make_decision,
    make_delegate,
    make_election,
    make_item,
    make_meeting,
    make_person,
)
from members.tests.factories import make_member

pytestmark = pytest.mark.django_db


@pytest.fixture
def desk(client_of, editor):
    client = client_of(editor)
    client.cookies["django_language"] = "en"
    return client


def text(client, address: str) -> str:
    response = client.get(address)
    assert response.status_code == 200
    return " ".join(response.content.decode().split())


def held(slug: str = "council-2026", **fields) -> Meeting:
    """A meeting that was held, with an agenda and a decision."""
    meeting = make_meeting(slug, state="held", chair=make_person("chair"), **fields)
    make_decision(meeting, item=make_item(meeting), votes_for=9, votes_against=1)
    return meeting


def test_no_guest_is_added_once_the_minutes_are_approved(desk, editor):
    meeting = held()
    minutes.approve(meeting, editor)

    response = desk.post(
        reverse("admin:meetings_meeting_attendance", args=[meeting.pk]),
        {"deed": "guest", "form_key": str(uuid.uuid4()), "name_en": "UN-Habitat"}, follow=True,
    )  # fmt: skip

    assert "The minutes are approved" in response.content.decode()
    with pytest.raises(Refused, match="The minutes are approved"):
        attending.add_guest(meeting, name_ru="", name_en="UN-Habitat", by=editor)
    assert meeting.attendances.count() == 0


def test_delegates_stay_once_the_minutes_are_approved(desk, editor):
    assembly = held(slug="assembly", body=make_assembly())
    city, other = make_member(), make_member("omsk", "Омск", "Omsk")
    row = make_delegate(assembly, city)
    address = reverse("admin:meetings_assemblydelegate_change", args=[row.pk])
    values = {"person": "", "name_ru": "Пётр Петров", "name_en": "", "is_coming": "on"}
    before = text(desk, address)
    minutes.approve(assembly, editor)

    changed = desk.post(address, values)
    deleted = desk.post(
        reverse("admin:meetings_assemblydelegate_delete", args=[row.pk]), {"post": "yes"}
    )
    added = desk.post(
        reverse("admin:meetings_assemblydelegate_add"),
        {**values, "meeting": assembly.pk, "member": other.pk, "role": "delegate"},
    )  # fmt: skip

    assert ('name="name_ru"' in before, 'name="name_ru"' in text(desk, address)) == (True, False)
    assert (changed.status_code, deleted.status_code) == (403, 403)
    assert added.context["adminform"].form.errors == {
        "meeting": ["The minutes are approved: the meeting is changed no more."]
    }
    assert [one.name_ru for one in AssemblyDelegate.objects.all()] == [row.name_ru]


def changes(meeting: Meeting) -> list:
    """Every way to change what the minutes of this meeting say, past all forms."""
    rows = (meeting.agenda, meeting.decisions, meeting.attendances)
    item, decision, guest = (related.get() for related in rows)
    return [
        lambda: meeting.agenda.update(title_ru="Иначе"),
        lambda: meeting.decisions.update(votes_for=99),
        lambda: meeting.attendances.update(is_present=False),
        lambda: make_item(meeting, 2),
        lambda: make_decision(meeting, 2),
        lambda: make_attendance(meeting),
        decision.delete,
        item.delete,
        guest.delete,
    ]


def test_database_keeps_what_approved_minutes_say(editor):
    meeting, other = held(), make_meeting("other")
    make_attendance(meeting)
    foreign = make_item(other)
    minutes.approve(meeting, editor)

    for change in [*changes(meeting), lambda: other.agenda.update(meeting=meeting)]:
        with pytest.raises(DatabaseError), transaction.atomic():
            change()

    assert [meeting.agenda.count(), meeting.decisions.get().votes_for] == [1, 9]
    assert meeting.attendances.get().is_present
    foreign.delete()


def test_result_is_not_published_without_a_protocol(editor):
    election = make_election()

    def publish() -> None:
        with transaction.atomic():
            Election.objects.update(state="published")
            connection.check_constraints()

    with pytest.raises(DatabaseError, match="has a protocol"):
        publish()
    assert Election.objects.get(pk=election.pk).state == "announced"
