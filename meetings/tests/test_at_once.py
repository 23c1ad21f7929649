"""Two people at once: one result is published, one nomination stands, minutes are kept once."""

import threading

import pytest
from django.db import connection

from accounts.tests.factories import make_user
from meetings import counting, nominating, publishing, results
from meetings.models import Election, Protocol
from meetings.refusals import Refused
from meetings.tests.factories import make_candidates, make_election
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
        except Refused:
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
