"""Two people at once: one result is published, one nomination stands, minutes are kept once."""

import threading
import time

import pytest
from django.db import DatabaseError, connection, transaction

from accounts.tests.factories import make_user
from meetings import counting, minutes, nominating, publishing, results
from meetings.models import Election, Protocol
from meetings.refusals import Refused
from meetings.tests.factories import make_candidates, make_decision, make_election, make_meeting
from members.tests.factories import make_member

pytestmark = pytest.mark.django_db(transaction=True)


def at_once(*deeds) -> list[str]:
    """Do the deeds in threads that start together; "done" or "refused" of each, sorted."""
    start, outcomes = threading.Barrier(len(deeds)), []

    def run(deed) -> None:
        try:
            start.wait(10)
            deed()
            outcomes.append("done")
        except (Refused, DatabaseError):
            outcomes.append("refused")
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=(deed,)) for deed in deeds]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    return sorted(outcomes)


@pytest.fixture
def staff(db):
    return [make_user(f"{name}@example.org", is_staff=True) for name in ("one", "other")]


def counted(staff) -> Election:
    election = make_election()
    (candidate,) = make_candidates(election, "anna")
    results.record(election, {candidate.pk: 3}, staff[0])
    publishing.ask(election, staff[0])
    publishing.approve(election, staff[1], publishing.digest_of(election))
    return election


def test_result_is_published_once(staff):
    election = counted(staff)

    outcomes = at_once(*[lambda by=by: publishing.publish(election, by) for by in staff])

    assert (outcomes, Protocol.objects.count()) == (["done", "refused"], 1)


def test_numbers_are_those_that_were_approved(staff):
    """New numbers come either before, then nothing is published, or too late."""
    election = counted(staff)
    candidate = election.nominations.get()

    outcomes = at_once(
        lambda: publishing.publish(election, staff[0]),
        lambda: results.record(election, {candidate.pk: 9}, staff[1]),
    )

    assert outcomes == ["done", "refused"]
    found = counting.count(Election.objects.get())
    published = [protocol.candidates[0]["votes"] for protocol in Protocol.objects.all()]
    stored = [one.votes for one in found.standings]
    assert (published, stored) in [([[3]], [(3,)]), ([], [(9,)])]


def test_one_candidate_is_nominated_once(staff):
    election, city = make_election(closed=False), make_member()

    outcomes = at_once(
        *[lambda by=by: nominating.nominate(election, member=city, by=by) for by in staff]
    )

    assert (outcomes, election.nominations.count()) == (["done", "refused"], 1)


def test_decision_waits_for_the_minutes_that_are_being_approved(staff):
    """It is refused when it comes while they are approved, past all forms as well."""
    meeting, waits = make_meeting(state="held"), threading.Event()

    def approve() -> None:
        with transaction.atomic():
            minutes.approve(meeting, staff[0])
            waits.set()
            time.sleep(0.5)

    def decide() -> None:
        assert waits.wait(30)
        make_decision(meeting)

    assert at_once(approve, decide) == ["done", "refused"]
    assert (meeting.minutes.count(), meeting.decisions.count()) == (2, 0)
