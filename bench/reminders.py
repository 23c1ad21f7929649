"""How long 50,000 reminders take to plan, and whether a killed planner repeats any.

`python -m bench.reminders` starts services of its own, registers 50,000 people for one event, kills
the planner after ten seconds and runs it again, then plans a second event's 50,000 in one go.
"""

import argparse
import datetime
import os
import subprocess
import sys
import time
from pathlib import Path

from uclg_portal.services.embedded import EmbeddedServices, explained_errors

ROOT = Path(__file__).resolve().parent.parent
MOST_SECONDS = 60
KILLED_AFTER = 10


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m bench.reminders", description=__doc__)
    parser.add_argument("--people", type=int, default=50_000)
    parser.add_argument("--at", help="plan what is due at this moment, and nothing else")
    options = parser.parse_args()
    if options.at:
        return plan(options.at)
    folder = ROOT / "var/bench-reminders"
    services = EmbeddedServices(folder, purpose="another benchmark", say=print)
    with explained_errors(folder), services:
        os.environ.update(services.environment)
        os.environ.update(DEMO="1", DJANGO_SETTINGS_MODULE="uclg_portal.settings")
        return _measure(options.people)


def plan(at: str) -> int:
    """Plan in this process; for the one that is killed."""
    import django

    django.setup()
    from django.utils.dateparse import parse_datetime

    from mailing import reminders

    reminders.plan(parse_datetime(at))
    return 0


def _measure(people: int) -> int:
    import django

    django.setup()
    from django.core.management import call_command

    from events.tests.reminded import make_reminded_event
    from mailing import reminders
    from mailing.models import Message

    call_command("migrate", verbosity=0)
    call_command("flush", interactive=False, verbosity=0)
    event = make_reminded_event(people)
    now = event.starts_at - datetime.timedelta(days=1)

    _killed(now)
    first = Message.objects.count()
    started = time.monotonic()
    rest = reminders.plan(now)["written"]
    emails = Message.objects.values_list("email", flat=True)
    is_once = len(emails) == len(set(emails)) == people
    print(f"killed after {KILLED_AFTER} s: {first} written, then {rest} in "
          f"{time.monotonic() - started:.1f} s; each once: {is_once}")  # fmt: skip

    Message.objects.all().delete()
    started, cpu = time.monotonic(), time.process_time()
    written = reminders.plan(now)["written"]
    seconds, cpu = time.monotonic() - started, time.process_time() - cpu
    print(f"{written} reminders planned in {seconds:.1f} s (at most {MOST_SECONDS}), "
          f"{cpu:.1f} s of them at work")  # fmt: skip
    started = time.monotonic()
    again = reminders.plan(now)["written"]
    print(f"run again: {again} written in {time.monotonic() - started:.1f} s")
    return 0 if is_once and written == people and not again and seconds <= MOST_SECONDS else 1


def _killed(now: datetime.datetime) -> None:
    command = [sys.executable, "-m", "bench.reminders", "--at", now.isoformat()]
    process = subprocess.Popen(command, cwd=ROOT)
    try:
        process.wait(KILLED_AFTER)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()


if __name__ == "__main__":
    sys.exit(main())
