"""Nobody signs in before a restored database was purged (uclg_portal.opening)."""

import pytest

from content import retention
from content.models import RetentionRun

pytestmark = pytest.mark.django_db

DOORS = ["/accounts/login/", "/admin/login/", "/ru/cabinet/", "/files/1/", "/ru/events/places/x/"]


@pytest.fixture
def purging(monkeypatch, settings):
    """The gate is on; the list of what the purge did."""
    settings.PURGE_BEFORE_SIGN_IN = True
    monkeypatch.setattr(retention, "_registered", {})
    done = []
    retention.register(
        "test", label="", purpose="", basis="", keeps="", purge=lambda now: done.append(now) or 1
    )
    return done


@pytest.mark.parametrize("door", DOORS)
def test_no_door_opens_while_the_purge_fails(client, purging, monkeypatch, door):
    retention.register("test", label="", purpose="", basis="", keeps="", purge=lambda now: 1 // 0)
    answer = client.get(door)
    assert (answer.status_code, answer["Retry-After"]) == (503, "10")


def test_first_door_purges_and_opens(client, purging):
    assert client.get("/accounts/login/").status_code == 200
    assert client.get("/accounts/login/").status_code == 200
    assert len(purging) == 1
    assert [(run.cause, run.total) for run in RetentionRun.objects.all()] == [("opening", 1)]


def test_old_session_does_not_pass_by(client, purging, make_user):
    client.force_login(make_user())
    retention.register("test", label="", purpose="", basis="", keeps="", purge=lambda now: 1 // 0)
    assert client.get("/ru/").status_code == 503


@pytest.mark.parametrize("address", ["/", "/ru/", "/en/news/", "/healthz", "/readyz"])
def test_public_pages_do_not_wait(client, purging, address):
    assert client.get(address).status_code in (200, 302)
    assert purging == []
