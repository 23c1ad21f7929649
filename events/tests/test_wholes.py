"""Parts of an event lie inside the whole, whoever writes them and when."""

import datetime
import threading

import pytest
from django.db import IntegrityError, connection, transaction
from django.utils import timezone, translation

from events import rescheduling, wholes
from events.models import Event
from events.tests.factories import DAY, make_event

pytestmark = pytest.mark.django_db
HOUR = datetime.timedelta(hours=1)


@pytest.fixture
def start():
    return timezone.now().replace(minute=0, second=0, microsecond=0) + 40 * DAY


@pytest.fixture
def congress(start):
    return make_event(starts_at=start, ends_at=start + 3 * DAY)


def make_part(whole, first, last, slug="council", **fields):
    return make_event(slug, parent=whole, starts_at=first, ends_at=last, **fields)


@pytest.mark.parametrize(("first", "last"), [(-1, 5), (1, 80), (-30, -20)])
def test_part_outside_the_whole_is_refused_by_the_database(congress, start, first, last):
    with pytest.raises(IntegrityError), transaction.atomic():
        make_part(congress, start + first * HOUR, start + last * HOUR)

    assert list(Event.objects.values_list("slug", flat=True)) == ["congress"]


def test_part_may_be_as_long_as_the_whole(congress, start):
    assert make_part(congress, start, start + 3 * DAY).parent == congress


def test_whole_cannot_leave_its_parts_behind(congress, start):
    make_part(congress, start + HOUR, start + 2 * HOUR)
    congress.starts_at = start + DAY

    with pytest.raises(IntegrityError), transaction.atomic():
        congress.save()


def test_whole_and_parts_move_together(congress, start):
    council = make_part(congress, start + HOUR, start + 2 * HOUR)

    with wholes.moving_together():
        for event in (congress, council):
            event.starts_at += 10 * DAY
            event.ends_at += 10 * DAY
            event.save()

    council.refresh_from_db()
    assert council.starts_at == start + 10 * DAY + HOUR


def test_moving_together_compares_at_the_end(congress, start):
    make_part(congress, start + HOUR, start + 2 * HOUR)
    congress.starts_at += 10 * DAY
    congress.ends_at += 10 * DAY

    with pytest.raises(IntegrityError), wholes.moving_together():
        congress.save()

    congress.refresh_from_db()
    assert congress.starts_at == start


def test_part_of_a_part_is_refused_from_both_ends(congress, start):
    council = make_part(congress, start, start + DAY)
    other = make_event("other", starts_at=start, ends_at=start + 4 * DAY)

    with pytest.raises(IntegrityError), transaction.atomic():
        make_part(council, start, start + HOUR, "session")
    congress.parent = other
    with pytest.raises(IntegrityError), transaction.atomic():
        congress.save()


def test_misfits_are_told_in_a_sentence(congress, start):
    council = make_part(congress, start, start + DAY)
    fresh = Event()

    with translation.override("en"):
        inside = wholes.misfit_of_part(fresh, congress, start, start + DAY)
        outside = wholes.misfit_of_part(fresh, congress, start - DAY, start + DAY)
        deep = wholes.misfit_of_part(fresh, council, start, start + HOUR)
        with_parts = wholes.misfit_of_part(congress, make_event("b"), start, start + HOUR)
        behind = wholes.misfit_of_parts(congress, start + HOUR, start + DAY)

    assert inside == ""
    assert outside.startswith("A part lies within the whole. “Congress of Local Governments”: ")
    assert deep == "“Congress of Local Governments” is a part itself: a part has no parts."
    assert with_parts == "This event has parts of its own, so it cannot be a part."
    assert behind.startswith("The part “Congress of Local Governments” would lie outside: ")
    assert wholes.misfit_of_parts(congress, start, start + DAY) == ""


@pytest.mark.django_db(transaction=True)
def test_part_written_while_the_whole_shrinks_never_lies_outside(congress, start):
    begin, outcomes = threading.Barrier(2), []

    def attempt(name, deed):
        try:
            begin.wait(10)
            deed()
            outcomes.append(name)
        except IntegrityError:
            outcomes.append("refused")
        finally:
            connection.close()

    def shrink():
        whole = Event.objects.get(pk=congress.pk)
        whole.ends_at = start + DAY
        whole.save()

    def add():
        make_part(congress, start + 2 * DAY, start + 2 * DAY + HOUR)

    deeds = {"shrunk": shrink, "added": add}
    threads = [threading.Thread(target=attempt, args=pair) for pair in deeds.items()]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)

    assert sorted(outcomes) in (["added", "refused"], ["refused", "shrunk"])
    whole = Event.objects.get(pk=congress.pk)
    assert all(part.ends_at <= whole.ends_at for part in whole.parts.all())


def test_move_out_of_the_whole_is_refused_in_a_sentence(congress, start):
    council = make_part(congress, start + HOUR, start + 2 * HOUR)
    later = {"starts_at": start + 9 * DAY, "ends_at": start + 9 * DAY + HOUR}

    for event in (council, congress):
        with pytest.raises(rescheduling.ReschedulingRefused):
            rescheduling.move(event, by=None, **later)

    council.refresh_from_db()
    assert council.starts_at == start + HOUR
