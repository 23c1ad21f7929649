"""An event leads to the meeting of a body that it is the occasion of."""

import pytest
from django.core.cache import cache

from events.tests.factories import make_event
from meetings.tests.factories import make_meeting

pytestmark = pytest.mark.django_db


def test_event_leads_to_its_meeting_once_it_is_public(client):
    event = make_event("assembly-event", meeting=make_meeting(title_en="Spring session"))
    address = f"/en/events/{event.slug}/"

    shown = client.get(address).content.decode()
    event.meeting.status = "draft"
    event.meeting.save()
    cache.clear()  # a page of the past minute may be kept until the change is committed
    hidden = client.get(address).content.decode()

    assert ("Spring session" in shown, "Spring session" in hidden) == (True, False)
