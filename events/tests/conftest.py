"""A city, its representative, and a client of theirs."""

import pytest

from events import calendar_deadlines, calendar_sources
from events.tests.factories import make_member, make_representative, make_user


@pytest.fixture
def kazan(db):
    return make_member()


@pytest.fixture
def rep(kazan):
    user = make_user("rep@example.org")
    make_representative(user, kazan)
    return user


@pytest.fixture
def cabinet(client, rep):
    """A client of the representative of Kazan."""
    client.force_login(rep)
    return client


@pytest.fixture
def desk(client, events_officer):
    """A client of the member of staff who keeps the events."""
    client.force_login(events_officer)
    return client


@pytest.fixture
def own_sources(monkeypatch):
    """Calendars without what apps of upper floors put into them."""
    own = [calendar_deadlines.registrations, calendar_deadlines.nominations]
    monkeypatch.setattr(calendar_sources, "_public", own)
