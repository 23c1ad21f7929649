"""Registrations at once for the last 20 places: 20 confirmed, the others waiting, none lost.

The figure of the issue, 200 at once, is measured with RUSH=200 in the environment. Letters are
written as rows, and handed over by a worker of their own: here nobody is woken to deliver them.
"""

import os
import threading
import time

import pytest
from django.db import connections

from events import registration
from events.tests.factories import make_event, make_member, make_people, make_user

COMERS, PLACES, AT_ONCE = int(os.environ.get("RUSH", "60")), 20, 8


@pytest.mark.django_db(transaction=True)
def test_evt_1_two_hundred_at_once_for_the_last_twenty_places(monkeypatch):
    """As a server answers them: eight at a time, the others wait for their turn."""
    monkeypatch.setattr("mailing.wake._queue", lambda _task: None)
    event, user = make_event(capacity=PLACES), make_user()
    cities = [make_member(slug=f"city-{number}") for number in range(COMERS)]
    todo, errors, answers = list(cities), [], []
    start = time.perf_counter()

    def serve():
        try:
            while todo:
                city = todo.pop()
                registration.register(event, city, make_people(1, city.slug), user)
                answers.append(time.perf_counter() - start)
        except Exception as error:
            errors.append(error)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=serve) for _number in range(AT_ONCE)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(120)

    print(f"slowest answer {max(answers):.2f} s, median {sorted(answers)[COMERS // 2]:.2f} s")
    assert errors == []
    confirmed = event.participants.filter(status="confirmed").order_by("confirmed_at")
    queue = list(event.participants.queue())
    assert (confirmed.count(), len(queue)) == (PLACES, COMERS - PLACES)
    assert [one.pk for one in queue] == sorted(one.pk for one in queue)
    assert sorted(event.participants.positions().values()) == list(range(1, len(queue) + 1))
    assert max(one.pk for one in confirmed) < min(one.pk for one in queue)
