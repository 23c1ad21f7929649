"""What the page of an event costs when it is not served from the cache of pages."""

import datetime

import pytest

from content.models import Topic
from events.models import EventParty
from events.tests.factories import make_event, make_member

pytestmark = pytest.mark.django_db

HOUR = datetime.timedelta(hours=1)


def rich_event(parts: int):
    """A congress with parts, parties and topics, with registration open."""
    event = make_event(host_member=make_member("kazan"))
    for number in range(parts):
        begins = event.starts_at + number * HOUR / 10
        make_event(f"part-{number}", parent=event, starts_at=begins, ends_at=begins + HOUR / 10)
        EventParty.objects.create(
            event=event, role="partner", name_ru=f"Партнёр {number}", name_en=f"Partner {number}"
        )
        event.topics.add(Topic.objects.create(slug=f"t{number}", title_ru=f"Тема {number}"))
    return event


@pytest.mark.parametrize("parts", [1, 12])
def test_page_that_was_written_once_asks_nothing_until_the_content_changes(
    client, django_assert_num_queries, parts
):
    address = rich_event(parts).get_absolute_url()
    first = client.get(address)
    with django_assert_num_queries(0):
        again = client.get(f"{address}?n=1")
    assert first.status_code == again.status_code == 200
    assert "Партнёр 0" in again.content.decode()
