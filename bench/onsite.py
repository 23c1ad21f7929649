"""How the day of an event bears 10,000 people: the roster, the workbook, the badges, the door.

`python -m bench.onsite` starts services of its own, registers people of 200 cities, and measures
every step with the number of its queries, for a tenth of the people and for all.
"""

import argparse
import os
import sys
import time
import uuid
from pathlib import Path

from uclg_portal.services.embedded import EmbeddedServices, explained_errors

ROOT = Path(__file__).resolve().parent.parent
LEAST_BADGES_A_SECOND = 20


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m bench.onsite", description=__doc__)
    parser.add_argument("--people", type=int, default=10_000)
    options = parser.parse_args()
    folder = ROOT / "var/bench-onsite"
    services = EmbeddedServices(folder, purpose="another benchmark", say=print)
    with explained_errors(folder), services:
        os.environ.update(services.environment)
        os.environ.update(DEMO="1", DJANGO_SETTINGS_MODULE="uclg_portal.settings")
        return _measure(options.people)


def _measure(people: int) -> int:
    import django

    django.setup()
    from django.core.management import call_command

    from accounts.models import User
    from attendance.tests.factories import crowd, make_event

    call_command("migrate", verbosity=0)
    call_command("flush", interactive=False, verbosity=0)
    by = User.objects.create_superuser("bench@example.org", "x")
    speeds = []
    for slug, number in (("tenth", people // 10), ("all", people)):
        event = make_event(slug)
        cities = max(1, number // 50)
        crowd(event, cities=cities, people=number // cities)
        print(f"{event.participants.count()} people of {cities} cities")
        speeds.append(_of(event, by))
    print(f"badges: {speeds[-1]:.0f} a second (at least {LEAST_BADGES_A_SECOND})")
    return 0 if speeds[-1] >= LEAST_BADGES_A_SECOND else 1


def _of(event, by) -> float:
    """Measure all steps for one event; gives badges a second."""
    from django.test import Client
    from django.urls import reverse

    from attendance import badges, checkin, rosters
    from attendance.checkin import Keeper
    from attendance.rosters import Filters
    from content import jobs

    client = Client(SERVER_NAME="localhost")
    client.force_login(by)
    address = reverse("admin:attendance_roster", args=[event.pk])
    for order in ("city", "country", "protocol"):
        _timed(f"roster {order}", lambda order=order: client.get(address, {"order": order}))
    person = event.participants.first()
    _timed("door: scan", lambda: checkin.scan(event, person.badge_code, Keeper(user=by)))
    _timed("door: page by city", lambda: client.get(
        reverse("attendance:door", args=[event.slug]), {"cities": 1}))  # fmt: skip
    job = rosters.ask(event, Filters(), by, uuid.uuid4())
    _timed("workbook", lambda: jobs.run(job.pk))
    job = badges.ask("badges", event, by, uuid.uuid4())
    seconds = _timed("badges", lambda: jobs.run(job.pk))
    job.refresh_from_db()
    print(f"  {job.state}, {job.done} of {job.total}, {job.result.size / 1024**2:.1f} MB")
    return job.done / seconds


def _timed(name: str, deed) -> float:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    with CaptureQueriesContext(connection) as queries:
        started = time.monotonic()
        deed()
        seconds = time.monotonic() - started
    print(f"  {name}: {seconds:.2f} s, {len(queries)} queries")
    return seconds


if __name__ == "__main__":
    sys.exit(main())
