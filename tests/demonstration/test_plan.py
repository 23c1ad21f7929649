"""The plan of the demonstration is alive: parts, series, a tentative and a moved event."""

import pytest
from django.utils import translation

from events import clocks
from events.models import Event, Series

pytestmark = pytest.mark.django_db


def test_plan_of_the_demonstration_shows_what_a_plan_can(client):
    council = Event.objects.get(slug="congress-council-session")
    assert council.parent.slug == "congress-and-assembly"
    series = Series.objects.get(slug="bulgaria-russia-meetings")
    editions = list(series.events.order_by("edition").values_list("edition", flat=True))
    assert editions == [1, 2, 3, 4, 5, 6, 7, 8]
    assert sorted(series.countries.values_list("code", flat=True)) == ["BG", "RU"]
    assert Event.objects.tentative().upcoming().count() == 1
    moved = Event.objects.get(slug="water-seminar-ulaanbaatar")
    assert [change.what for change in moved.changes.all()] == ["moved"]
    online = Event.objects.get(slug="night-shift-online")
    assert len(clocks.strip(online)) >= 7
    assert Event.objects.get(slug="mayors-table-kazan").invitations.count() == 4
    with translation.override("en"):
        for event in (council, moved, online, *series.events.all()):
            assert client.get(event.get_absolute_url()).status_code == 200, event.slug
    for path in ("plan/", "month/", "series/bulgaria-russia-meetings/", "calendar.ics"):
        assert client.get(f"/en/events/{path}", follow=True).status_code == 200, path
