"""Meetings in the cabinet: papers, delegates to an assembly, nominations, what needs attention."""

import datetime
import uuid

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from accounts.tests.factories import make_user
from content.editing import CONFLICT
from governance.models import Office, OfficeTerm
from meetings import delegates
from meetings.models import AssemblyDelegate, Meeting, Minutes, Nomination
from meetings.refusals import Refused
from meetings.tests.factories import (
    DAY,
    HOUR,
    make_assembly,
    make_body,
    make_delegate,
    make_document,
    make_election,
    make_meeting,
    make_nomination,
    make_person,
    make_seat,
    make_term,
)
from members.attention import attention_for
from members.tests.factories import make_member, make_representative

pytestmark = pytest.mark.django_db

PDF = b"%PDF-1.7 mandate"
NO_MANDATE = "The substitute has no mandate: may speak, may not vote."


@pytest.fixture
def perm(db):
    return make_member("perm", "Пермь", "Perm", time_zone="Asia/Yekaterinburg")


@pytest.fixture
def rep(perm):
    user = make_user("rep@example.org", language="en")
    make_representative(user, perm)
    return user


@pytest.fixture
def door(client, rep):
    client.force_login(rep)
    return client


@pytest.fixture
def assembly(db):
    return make_meeting(
        "assembly", make_assembly(), starts_at=timezone.now() + 20 * DAY,
        title_en="General Assembly", title_ru="Генеральная ассамблея",
    )  # fmt: skip


ADDRESS = "/en/cabinet/perm/meetings/"


def send(door, assembly, **typed):
    """Open the form and send it; `seen` is what it was opened with unless it is given."""
    opened = door.get(f"{ADDRESS}{assembly.slug}/").context["form"]
    values = {
        "form_key": str(uuid.uuid4()), "seen": opened.initial["seen"],
        "delegate_name_en": "Anna Petrova", **typed,
    }  # fmt: skip
    return door.post(f"{ADDRESS}{assembly.slug}/", values, follow=True)


def scan(data: bytes = PDF, name: str = "mandate.pdf") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, data)


def rows() -> list[tuple]:
    found = AssemblyDelegate.objects.order_by("role")
    return [(row.role, row.name_en, row.is_coming, row.has_mandate) for row in found]


def test_gov_3_substitute_without_a_mandate_is_warned_of(door, assembly):
    response = send(
        door, assembly, delegate_mandate=scan(), cannot_come="on",
        substitute_name_en="Boris Orlov",
    )  # fmt: skip

    assert rows() == [
        ("delegate", "Anna Petrova", False, True),
        ("substitute", "Boris Orlov", True, False),
    ]
    assert NO_MANDATE in response.content.decode()
    assert NO_MANDATE in door.get(f"{ADDRESS}{assembly.slug}/").content.decode()


def test_mandate_lets_the_substitute_vote(door, assembly):
    response = send(door, assembly, substitute_name_en="Boris Orlov", substitute_mandate=scan())

    assert rows()[1] == ("substitute", "Boris Orlov", True, True)
    assert NO_MANDATE not in response.content.decode()


def test_saving_again_without_a_file_keeps_the_mandate(door, assembly):
    send(door, assembly, delegate_mandate=scan())
    send(door, assembly)

    assert rows() == [("delegate", "Anna Petrova", True, True)]


def test_mandate_does_not_pass_to_another_person(door, assembly):
    send(door, assembly, delegate_mandate=scan())
    send(door, assembly, delegate_name_en="Somebody Else")

    assert rows() == [("delegate", "Somebody Else", True, False)]


def test_name_taken_out_removes_the_delegate(door, assembly):
    send(door, assembly)
    send(door, assembly, delegate_name_en="")

    assert rows() == []


def test_delegates_named_meanwhile_are_not_overwritten_unseen(door, perm, assembly):
    stale = door.get(f"{ADDRESS}{assembly.slug}/").context["form"].initial["seen"]
    send(door, assembly, delegate_name_en="Boris Orlov")

    refused = send(door, assembly, delegate_name_en="Anna Petrova", seen=stale)
    form = refused.context["form"]

    assert rows() == [("delegate", "Boris Orlov", True, False)]
    assert form.errors == {
        "__all__": [str(CONFLICT)], "delegate_name_en": ["Now stored: Boris Orlov"],
    }  # fmt: skip
    assert form["delegate_name_en"].value() == "Anna Petrova"
    send(door, assembly, delegate_name_en="Anna Petrova", seen=form["seen"].value())
    assert rows() == [("delegate", "Anna Petrova", True, False)]


def test_second_click_names_once_and_is_no_conflict(door, assembly):
    seen, key = "", str(uuid.uuid4())

    send(door, assembly, seen=seen, form_key=key)
    response = send(door, assembly, seen=seen, form_key=key)

    assert rows() == [("delegate", "Anna Petrova", True, False)]
    assert str(CONFLICT) not in response.content.decode()


def test_nobody_is_named_once_the_minutes_are_approved(door, perm, rep, assembly):
    paper = make_document(assembly).file
    Minutes.objects.create(meeting=assembly, language="ru", file=paper, approved_by=rep)

    response = send(door, assembly)

    assert (rows(), "The minutes are approved" in response.content.decode()) == ([], True)
    with pytest.raises(Refused, match="The minutes are approved"):
        delegates.name(assembly, perm, "delegate", by=rep, name_en="A")


def test_file_of_another_kind_is_refused_and_the_names_stay(door, assembly):
    response = send(door, assembly, delegate_mandate=scan(b"MZ", "virus.exe"))

    html = response.content.decode()
    assert (rows(), "Files of this kind are not taken." in html, "Anna Petrova" in html) == (
        [], True, True,
    )  # fmt: skip


def test_scan_needs_a_name(door, assembly):
    response = send(door, assembly, substitute_mandate=scan())

    assert "Whose mandate is it? Give the name." in response.content.decode()
    assert rows() == []


def test_contributor_names_nobody(client, perm, rep, assembly):
    helper = make_user("helper@example.org")
    make_representative(helper, perm, role="contributor")
    client.force_login(helper)

    response = send(client, assembly)

    assert rows() == []
    assert "Delegates are named by the lead representative." in response.content.decode()


def test_nobody_is_named_after_the_beginning(door, perm, rep, assembly):
    Meeting.objects.update(starts_at=timezone.now() - HOUR)

    response = send(door, assembly)

    assert (rows(), "The meeting has begun" in response.content.decode()) == ([], True)
    with pytest.raises(Refused):
        delegates.name(assembly, perm, "delegate", by=rep, name_en="A")


def test_meeting_of_a_body_has_no_delegates_form(door):
    make_meeting("council", starts_at=timezone.now() + DAY)

    assert door.get(f"{ADDRESS}council/").status_code == 404


def test_page_lists_meetings_of_own_bodies_alone(door, perm, assembly):
    soon = timezone.now() + 5 * DAY
    make_term(make_seat(), member=perm)
    make_meeting("council", starts_at=soon, title_en="Council in spring")
    others = make_body("committee", kind="committee", name_en="Committee")
    make_meeting("foreign", others, starts_at=soon, title_en="Committee of others")

    html = door.get(ADDRESS).content.decode()

    assert ["Council in spring" in html, "General Assembly" in html, "of others" in html] == [
        True, True, False,
    ]  # fmt: skip


def test_page_lists_papers_for_members_and_not_for_other_bodies(door, assembly):
    make_document(assembly, "members", title_en="Report for members")
    make_document(make_meeting(), "body", title_en="Secret of the Council")

    html = door.get(ADDRESS).content.decode()

    assert ("Report for members" in html, "Secret of the Council" in html) == (True, False)


def nominate(door, election, **typed):
    values = {"form_key": str(uuid.uuid4()), "person": "", **typed}
    return door.post(f"/en/cabinet/perm/elections/{election.pk}/", values, follow=True)


def test_member_nominates_itself(door, perm, rep):
    election = make_election(closed=False)

    response = nominate(door, election, statement_en="We build bridges.")

    (found,) = election.nominations.standing()
    assert (found.member, found.person, found.proposed_by, found.statement_en) == (
        perm, None, rep, "We build bridges.",
    )  # fmt: skip
    assert "Nominated: Perm" in " ".join(response.content.decode().split())


def test_member_nominates_who_holds_an_office_there(door, perm):
    election = make_election(closed=False)
    mayor, stranger = make_person(), make_person("stranger")
    office = Office.objects.create(member=perm, title_ru="Мэр", title_en="Mayor")
    OfficeTerm.objects.create(office=office, person=mayor)

    refused = nominate(door, election, person=stranger.pk)
    nominate(door, election, person=mayor.pk)

    assert "Select a valid choice" in refused.content.decode()
    assert [one.person for one in election.nominations.all()] == [mayor]


def test_guest_record_nominates_nobody(door, perm):
    perm.periods.all().delete()
    election = make_election(closed=False)

    html = nominate(door, election).content.decode()

    assert "Only members of today nominate." in html
    assert election.nominations.count() == 0


def test_second_click_nominates_once(door):
    election = make_election(closed=False)
    key = str(uuid.uuid4())

    nominate(door, election, form_key=key)
    nominate(door, election, form_key=key)

    assert election.nominations.count() == 1


def test_gov_7_late_nomination_is_refused_on_the_screen_and_kept(door):
    closes = timezone.now().replace(second=0, microsecond=0) - datetime.timedelta(minutes=1)
    election = make_election(opens_at=closes - DAY, closes_at=closes)

    html = nominate(door, election, statement_en="We were late.").content.decode()

    assert "The nomination came too late" in html
    assert ("Nominations closed on" in html, "by your clock" in html) == (True, True)
    assert ("Kazan time (UTC+3)" in html, "Yekaterinburg time (UTC+5)" in html) == (True, True)
    assert [(one.is_late, one.statement_en) for one in Nomination.objects.refused()] == [
        (True, "We were late.")
    ]


def test_draft_election_is_not_found(door):
    election = make_election(state="draft", closed=False)

    assert door.get(f"/en/cabinet/perm/elections/{election.pk}/").status_code == 404


def titles(perm, rep) -> list[tuple]:
    found = attention_for(perm, rep)
    return [
        (one.title, one.note, one.zone) for one in found
        if "General Assembly" in one.title or "Council" in one.title
    ]  # fmt: skip


def test_attention_asks_for_delegates_by_the_clock_of_the_member(perm, rep, assembly):
    assert titles(perm, rep) == [("Name the delegates: General Assembly", "", "Asia/Yekaterinburg")]


def test_attention_asks_for_a_mandate(perm, rep, assembly):
    make_delegate(assembly, perm)
    make_delegate(assembly, perm, "substitute", has_mandate=False)

    assert titles(perm, rep) == [
        ("Send a mandate: General Assembly", NO_MANDATE, "Asia/Yekaterinburg")
    ]


def test_attention_is_quiet_when_all_is_done(perm, rep, assembly):
    make_delegate(assembly, perm)

    assert titles(perm, rep) == []


def test_attention_reminds_of_nominations_until_there_is_one(perm, rep):
    election = make_election(closed=False)
    before = titles(perm, rep)
    make_nomination(election, perm, proposed_by_member=perm)

    assert (before, titles(perm, rep)) == (
        [("Nominations close: Election to the Council", "", "Asia/Yekaterinburg")], [],
    )  # fmt: skip
