"""Bad requests get the proper status, in the reader's language, without a trace."""

import pytest
from django.core.cache import cache
from django.db import OperationalError
from django.test import Client

from association import home

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("path", "language", "words"),
    [
        ("/ru/no-such-page/", "ru", "Такой страницы нет"),
        ("/en/no-such-page/", "en", "no such page"),
        ("/xx/news/", "ru", "Такой страницы нет"),
        ("/ru/news/?page=999999", "ru", "Такой страницы нет"),
        ("/ru/members/nowhere/", "ru", "Такой страницы нет"),
        ("/ru/events/nothing/", "ru", "Такой страницы нет"),
    ],
)
def test_what_is_not_there_is_not_found_in_the_readers_language(client, path, language, words):
    response = client.get(path)

    shown = response.content.decode().replace("\u00a0", " ")
    assert response.status_code == 404
    assert f'<html lang="{language}">' in shown
    assert words.lower() in shown.lower()
    assert "Traceback" not in shown


def test_unknown_host_is_a_bad_request(client):
    response = client.get("/ru/", headers={"Host": "evil.example"})

    assert response.status_code == 400
    assert "evil.example" not in response.content.decode()


def test_expired_form_says_so():
    client = Client(enforce_csrf_checks=True)

    response = client.post("/accounts/login/", {"login": "a@example.org", "password": "x"})

    assert response.status_code == 403
    assert "Traceback" not in response.content.decode()


def test_failure_shows_a_page_and_no_trace(monkeypatch):
    def fail():
        raise ValueError("secret detail")

    monkeypatch.setattr(home, "figures", fail)
    client = Client(raise_request_exception=False)

    response = client.get("/ru/")

    assert response.status_code == 500
    assert "secret detail" not in response.content.decode()
    assert "Content-Security-Policy" in response.headers


def test_database_gone_is_a_503_with_retry_after(monkeypatch):
    def fail():
        raise OperationalError("the server closed the connection")

    monkeypatch.setattr(home, "figures", fail)
    client = Client(raise_request_exception=False)

    response = client.get("/ru/")

    assert (response.status_code, response.headers["Retry-After"]) == (503, "10")
    assert "server closed" not in response.content.decode()


def test_pages_answer_while_the_cache_is_gone(client, settings):
    gone = {**settings.CACHES["default"], "LOCATION": "redis://127.0.0.1:1/0"}
    settings.CACHES = {**settings.CACHES, "default": gone}

    assert client.get("/ru/").status_code == 200
    assert cache.get("anything", "lost") == "lost"


def test_odd_methods_and_paths_are_no_failure():
    client = Client(raise_request_exception=False)

    assert client.generic("OPTIONS", "*").status_code < 500
    assert client.get("//").status_code < 500


@pytest.mark.parametrize("path", ["/ru/", "/ru/no-such-page/", "/accounts/login/", "/healthz"])
def test_every_answer_carries_the_headers_of_safety(client, path):
    headers = client.get(path).headers

    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["X-Frame-Options"] == "DENY"
    assert headers["Cross-Origin-Opener-Policy"] == "same-origin"
    assert headers["Cross-Origin-Resource-Policy"] == "same-origin"
    assert headers["Referrer-Policy"] == "strict-origin-when-cross-origin"
    assert "geolocation=()" in headers["Permissions-Policy"]
    policy = headers["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
