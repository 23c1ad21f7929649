"""How the printing of 800 diplomas bears: one run, 14 a second at least, one archive by city.

`python -m bench.diplomas` starts services of its own, makes the entries of a contest, has the run
approved by a second person and lets the job do it; memory is that of the process at its highest.
"""

import argparse
import os
import resource
import sys
import time
from pathlib import Path

from uclg_portal.services.embedded import EmbeddedServices, explained_errors

ROOT = Path(__file__).resolve().parent.parent
LEAST_A_SECOND = 14
CITIES = 40


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m bench.diplomas", description=__doc__)
    parser.add_argument("--diplomas", type=int, default=800)
    options = parser.parse_args()
    folder = ROOT / "var/bench-diplomas"
    services = EmbeddedServices(folder, purpose="another benchmark", say=print)
    with explained_errors(folder), services:
        os.environ.update(services.environment)
        os.environ.update(DEMO="1", DJANGO_SETTINGS_MODULE="uclg_portal.settings")
        return _measure(options.diplomas)


def _measure(number: int) -> int:
    import django

    django.setup()
    from django.core.management import call_command

    from accounts.models import User
    from content import jobs
    from laureates import diploma_making, diploma_runs
    from laureates.models import DiplomaRun

    call_command("migrate", verbosity=0)
    call_command("flush", interactive=False, verbosity=0)
    first = User.objects.create_superuser("bench@example.org", "x")
    second = User.objects.create_superuser("second@example.org", "x")
    round = _contest(number)
    _timed("making", lambda: diploma_making.make(round, "participant", first))
    run = DiplomaRun.objects.create(round=round, title="Bench", made_by=first)
    run.diplomas.set(round.diplomas.all())
    _timed("proof sheet", lambda: diploma_runs.proof(run, "ru"))
    diploma_runs.ask(run, first)
    diploma_runs.approve(run, diploma_runs.digest(run), second)
    job = diploma_runs.start(run, first)
    cpu = time.process_time()
    seconds = _timed("printing and packing", lambda: jobs.run(job.pk))
    cpu = time.process_time() - cpu
    job.refresh_from_db()
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    speed = job.done / seconds
    print(f"  {job.state}, {job.done} of {job.total}, {job.result.size / 1024**2:.1f} MB archive")
    print(f"  {cpu:.1f} s of its own CPU: {job.done / cpu:.0f} a second of one core")
    print(f"diplomas: {speed:.0f} a second (at least {LEAST_A_SECOND}), {memory:.0f} MB at most")
    return 0 if speed >= LEAST_A_SECOND and not job.failed else 1


def _contest(number: int):
    """A round of children with so many works from forty cities, each with consent."""
    from awards.tests.factories import (
        make_author,
        make_category,
        make_entrant,
        make_entry,
        make_round,
    )
    from members.tests.factories import make_member

    round = make_round(is_for_children=True)
    category, entrant = make_category(round), make_entrant(round)
    cities = [make_member(f"city{one}", f"Город {one}", f"City {one}") for one in range(CITIES)]
    for place in range(number):
        entry = make_entry(entrant, category, home=cities[place % CITIES])
        make_author(entry, consents=("entry",), family_name_ru=f"Сафина-{place}")
    return round


def _timed(name: str, deed) -> float:
    started = time.monotonic()
    deed()
    seconds = time.monotonic() - started
    print(f"  {name}: {seconds:.2f} s")
    return seconds


if __name__ == "__main__":
    sys.exit(main())
