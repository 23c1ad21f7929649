"""The desk of an election: from nominations to a published protocol, on the screens."""

import pytest
from django.urls import reverse

from governance.models import SeatTerm
from meetings import publishing, results
from meetings.models import Protocol
from meetings.tests.factories import (
    make_candidates,
    make_election,
    make_nomination,
    make_person,
    make_seat,
)
from members.tests.factories import make_member

pytestmark = pytest.mark.django_db


@pytest.fixture
def desk(client_of, editor):
    client = client_of(editor)
    client.cookies["django_language"] = "en"
    return client


@pytest.fixture
def second(client_of, lead):
    client = client_of(lead)
    client.cookies["django_language"] = "en"
    return client


def text(client, address: str) -> str:
    response = client.get(address)
    assert response.status_code == 200
    return " ".join(response.content.decode().split())


def address(election) -> str:
    return reverse("admin:meetings_election_desk", args=[election.pk])


def post(client, election, deed: str, **values) -> str:
    response = client.post(address(election), {"deed": deed, **values}, follow=True)
    assert response.status_code == 200
    return " ".join(response.content.decode().split())


def test_gov_5_from_a_tie_to_a_published_protocol_on_the_screens(desk, second):
    election = make_election()
    one, other = make_candidates(election, "anna", "boris")

    tied = post(desk, election, "votes", **{f"votes-{one.pk}": 34, f"votes-{other.pk}": 34})
    refused = post(desk, election, "publish")
    post(desk, election, "tie", rule="lot", note_en="The oldest drew.", winners=[other.pk])
    post(desk, election, "ask")
    own = post(desk, election, "approve", seen="")
    seen = text(second, address(election)).split('name="seen" value="')[1].split('"')[0]
    post(second, election, "approve", seen=seen)
    done = post(desk, election, "publish", starts_on="")

    assert "tied for the last seat" in tied
    assert "A tie for the last seat: choose a rule" in refused
    assert "Somebody else has to approve it." in own
    assert "A tie for the last seat was settled by: lot. The oldest drew." in done
    assert [row["en"] for row in Protocol.objects.get().candidates if row["is_elected"]] == [
        "Boris"
    ]


def test_gov_7_late_nomination_is_admitted_with_a_reason_on_the_desk(desk):
    election = make_election()
    late = make_nomination(
        election, person=make_person(), is_late=True, sender_zone="Asia/Yekaterinburg",
        received_at=election.closes_at,
    )  # fmt: skip

    shown = text(desk, address(election))
    without = post(desk, election, "admit", nomination=late.pk)
    post(desk, election, "admit", nomination=late.pk, reason_en="The line was down.")

    assert "Yekaterinburg time (UTC+5)" in shown
    assert "Say why the late nomination is admitted." in without
    assert list(election.nominations.standing()) == [late]


def test_desk_takes_a_nomination_from_paper(desk):
    election = make_election(closed=False)
    city = make_member()

    post(desk, election, "nominate", member=city.pk)
    nobody = post(desk, election, "nominate")

    assert [one.member for one in election.nominations.standing()] == [city]
    assert "Choose a member or a person." in nobody


def test_candidate_withdraws_on_the_desk(desk):
    election = make_election(closed=False)
    (one,) = make_candidates(election, "anna")

    post(desk, election, "withdraw", nomination=one.pk)

    assert list(election.nominations.standing()) == []


def test_wrong_votes_are_said_beside_the_field(desk):
    election = make_election()
    (one,) = make_candidates(election, "anna")

    html = post(desk, election, "votes", **{f"votes-{one.pk}": "-4"})

    assert "greater than or equal to 0" in html
    assert 'value="-4"' in html


def test_s3_15_publishing_begins_the_chosen_terms(desk, second):
    election = make_election()
    seat = make_seat(election.body)
    winner = make_nomination(election, make_member(), make_person())
    post(desk, election, "votes", **{f"votes-{winner.pk}": 12})
    post(desk, election, "ask")
    seen = text(second, address(election)).split('name="seen" value="')[1].split('"')[0]
    post(second, election, "approve", seen=seen)

    without_day = post(desk, election, "publish", **{f"seat-{winner.pk}": seat.pk})
    post(desk, election, "publish", starts_on="2026-07-01", **{f"seat-{winner.pk}": seat.pk})

    assert "Say from when the terms run." in without_day
    assert [(term.seat, term.member) for term in SeatTerm.objects.all()] == [(seat, winner.member)]


def test_erratum_is_written_on_the_desk(desk, editor, lead):
    election = make_election()
    (one,) = make_candidates(election, "anna")
    results.record(election, {one.pk: 3}, editor)
    publishing.ask(election, editor)
    publishing.approve(election, lead, publishing.digest_of(election))
    publishing.publish(election, editor)

    empty = post(desk, election, "erratum")
    post(desk, election, "erratum", text_en="Anna is Anna Petrova.")

    assert "Give it in Russian or in English." in empty
    assert [one.text_en for one in election.errata.all()] == ["Anna is Anna Petrova."]


def test_unknown_deed_leads_back(desk):
    election = make_election()

    assert desk.post(address(election), {"deed": "dispatch"}).status_code == 302
