"""How long an issue of the newsletter takes to plan for 20,000 subscribers.

`python -m bench.newsletter` starts services of its own, subscribes 20,000 readers with all kinds of
wishes, kills the planner in the middle and runs it again, then plans all letters anew in one go.
"""

import argparse
import datetime
import os
import random
import subprocess
import sys
import time
from pathlib import Path

from uclg_portal.services.embedded import EmbeddedServices, explained_errors

ROOT = Path(__file__).resolve().parent.parent
MOST_SECONDS = 60
KILLED_AFTER = 3  # seconds after the first letter
PATIENCE = 120
ITEMS, TOPICS = 25, 8


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m bench.newsletter", description=__doc__)
    parser.add_argument("--readers", type=int, default=20_000)
    parser.add_argument("--issue", type=int, help="plan this issue, and nothing else")
    options = parser.parse_args()
    if options.issue:
        return plan(options.issue)
    folder = ROOT / "var/bench-newsletter"
    services = EmbeddedServices(folder, purpose="another benchmark", say=print)
    with explained_errors(folder), services:
        os.environ.update(services.environment)
        os.environ.update(DEMO="1", DJANGO_SETTINGS_MODULE="uclg_portal.settings")
        return _measure(options.readers)


def plan(issue: int) -> int:
    """Plan in this process; for the one that is killed."""
    import django

    django.setup()
    from newsletter import sending
    from newsletter.models import Bulletin

    sending.plan(Bulletin.objects.get(pk=issue))
    return 0


def _measure(readers: int) -> int:
    import django

    django.setup()
    from django.core.management import call_command

    from mailing.models import Message
    from newsletter import sending
    from newsletter.models import Bulletin

    call_command("migrate", verbosity=0)
    call_command("flush", interactive=False, verbosity=0)
    issue, nothing = _make(readers)

    _killed(issue)
    first = Message.objects.count()
    started = time.monotonic()
    rest = sending.plan(Bulletin.objects.get(pk=issue))["written"]
    emails = Message.objects.values_list("email", flat=True)
    is_once = len(emails) == len(set(emails)) == readers - nothing
    print(f"killed in the middle: {first} written, then {rest} in "
          f"{time.monotonic() - started:.1f} s; each once: {is_once}")  # fmt: skip

    Message.objects.all().delete()
    started, cpu = time.monotonic(), time.process_time()
    counts = sending.plan(Bulletin.objects.get(pk=issue))
    seconds, cpu = time.monotonic() - started, time.process_time() - cpu
    print(f"{counts['written']} letters of {readers} readers planned in {seconds:.1f} s "
          f"(at most {MOST_SECONDS}), {cpu:.1f} s of them at work; nothing fits "
          f"{counts['nothing']}")  # fmt: skip
    started = time.monotonic()
    again = sending.plan(Bulletin.objects.get(pk=issue))["written"]
    print(f"run again: {again} written in {time.monotonic() - started:.1f} s")
    is_right = is_once and counts["written"] == readers - nothing and not again
    return 0 if is_right and seconds <= MOST_SECONDS else 1


def _make(readers: int) -> tuple[int, int]:
    """An issue of many items, and readers of one to three topics; how many of them want nothing."""
    from django.utils import timezone

    from content.models import Topic
    from news.tests.factories import make_article
    from newsletter import composing
    from newsletter.models import Subscription, address_hash

    chance = random.Random(7)
    topics = [
        Topic.objects.create(slug=f"theme-{n}", kind="theme", title_ru=f"Тема {n}",
                             title_en=f"Theme {n}")
        for n in range(TOPICS)
    ]  # fmt: skip
    for number in range(ITEMS):
        make_article(f"item-{number}").topics.add(topics[number % TOPICS])
    rows = [
        Subscription(
            email=f"reader{n}@example.com", address_hash=address_hash(f"reader{n}@example.com"),
            state="active", language=chance.choice(["ru", "en"]), consent_version="bench",
            confirmed_at=timezone.now(), kinds=["library"] if n % 50 == 0 else [],
        )
        for n in range(readers)
    ]  # fmt: skip
    Subscription.objects.bulk_create(rows, batch_size=1000)
    through = Subscription.topics.through
    through.objects.bulk_create(
        [
            through(subscription_id=row.pk, topic_id=topic.pk)
            for row in rows
            for topic in chance.sample(topics, chance.choice([0, 1, 2, 3]))
        ],
        batch_size=1000,
    )
    today = timezone.localdate()
    issue = composing.compose(today - datetime.timedelta(days=7), today, None)
    return issue.pk, len(rows[::50])


def _killed(issue: int) -> None:
    """Plan in another process, which is killed soon after its first letters."""
    from mailing.models import Message

    command = [sys.executable, "-m", "bench.newsletter", "--issue", str(issue)]
    process = subprocess.Popen(command, cwd=ROOT)
    until = time.monotonic() + PATIENCE
    while process.poll() is None and not Message.objects.exists() and time.monotonic() < until:
        time.sleep(0.1)
    try:
        process.wait(KILLED_AFTER)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()


if __name__ == "__main__":
    sys.exit(main())
