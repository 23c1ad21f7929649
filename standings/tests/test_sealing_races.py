"""What is on its way while an edition is being sealed: nothing comes in after the seal."""

import threading

import pytest
from django.db import DatabaseError, connection, transaction
from django.utils import timezone, translation

from members.tests.factories import make_member
from questionnaires.models import Answer, Response
from questionnaires.tests.factories import make_response
from ratings.models import Indicator
from standings import sealing
from standings.models import Standing
from standings.sealing import SealRefused
from standings.tests.factories import accept_all, make_answered

pytestmark = pytest.mark.django_db(transaction=True)
State = Response.State


@pytest.fixture(autouse=True)
def _english():
    with translation.override("en"):
        yield


@pytest.fixture
def staff(make_user):
    return make_user("anna@example.org"), make_user("boris@example.org")


@pytest.fixture
def edition():
    edition = accept_all(make_answered())
    type(edition).objects.filter(pk=edition.pk).update(frozen_at=timezone.now())
    edition.refresh_from_db()
    return edition


@pytest.fixture
def late(edition) -> Response:
    """A draft with an answer, as it stands at the deadline."""
    response = make_response(edition, make_member("ufa", "Уфа", "Ufa"))
    indicator = Indicator.objects.get(edition=edition, code="P1")
    Answer.objects.create(response=response, indicator=indicator, number=99)
    return response


def in_thread(deed) -> tuple[threading.Thread, list]:
    """Begin a deed in a transaction of its own; the list holds what came of it."""
    outcome: list = []

    def run() -> None:
        try:
            with transaction.atomic():
                deed()
            outcome.append("done")
        except (DatabaseError, SealRefused) as refused:
            outcome.append(type(refused).__name__)
        finally:
            connection.close()

    thread = threading.Thread(target=run)
    thread.start()
    return thread, outcome


def test_seal_waits_for_what_is_being_sent_and_is_refused(edition, late, staff):
    sealing.ask(edition, staff[0], timezone.now())
    written, commit = threading.Event(), threading.Event()

    def send() -> None:
        Response.objects.filter(pk=late.pk).update(
            state=State.SUBMITTED, submitted_at=timezone.now()
        )
        written.set()
        commit.wait(10)

    sender, sent = in_thread(send)
    written.wait(10)
    sealer, outcome = in_thread(lambda: sealing.seal(edition, staff[1]))
    sealer.join(1)
    assert outcome == []
    commit.set()
    sender.join(20)
    sealer.join(20)

    assert (sent, outcome) == (["done"], ["SealRefused"])
    assert Standing.objects.count() == 0
