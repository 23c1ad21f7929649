"""Production refuses unsafe values and says which and why."""

import environ
import pytest

from uclg_portal.safety import unsafe_values

SAFE = {
    "DEBUG": False,
    "DEMO": False,
    "RELAXED": False,
    "SECRET_KEY": "k" * 50,
    "ALLOWED_HOSTS": ["portal.example.org"],
    "SITE_URL": "https://portal.example.org",
    "REDIS_URL": "redis://cache:6379",
    "ASSOCIATION_EMAIL": "office@portal.example",
    "YEARLY_CONFIRMATION_OPENS": "02-01",
}
VARIABLES = {"DATABASE_URL": "postgres://db/uclg", "EMAIL_URL": "smtp://mail:25"}


def sentences(monkeypatch, without: str = "", **changes) -> list[str]:
    for name, value in VARIABLES.items():
        monkeypatch.setenv(name, value)
    if without:
        monkeypatch.delenv(without)
    return unsafe_values({**SAFE, **changes, "env": environ.Env()})


def test_safe_values_start(monkeypatch):
    assert sentences(monkeypatch) == []


@pytest.mark.parametrize(
    ("changes", "word"),
    [
        ({"SECRET_KEY": ""}, "SECRET_KEY"),
        ({"SECRET_KEY": "short"}, "SECRET_KEY"),
        ({"SECRET_KEY": "django-insecure-" + "x" * 60}, "SECRET_KEY"),
        ({"ALLOWED_HOSTS": []}, "ALLOWED_HOSTS"),
        ({"ALLOWED_HOSTS": ["*"]}, "ALLOWED_HOSTS"),
        ({"SITE_URL": "http://portal.example.org"}, "SITE_URL"),
        ({"REDIS_URL": ""}, "REDIS_URL"),
        ({"ASSOCIATION_EMAIL": "secretariat@example.org"}, "ASSOCIATION_EMAIL"),
        ({"YEARLY_CONFIRMATION_OPENS": "02-29"}, "YEARLY_CONFIRMATION_OPENS"),
        ({"YEARLY_CONFIRMATION_OPENS": "1 February"}, "YEARLY_CONFIRMATION_OPENS"),
        ({"without": "DATABASE_URL"}, "DATABASE_URL"),
        ({"without": "EMAIL_URL"}, "EMAIL_URL"),
        ({"DEBUG": True, "DEMO": True, "RELAXED": True}, "DEMO"),
    ],
)
def test_each_unsafe_value_is_named(monkeypatch, changes, word):
    (sentence,) = sentences(monkeypatch, **changes)

    assert sentence.startswith(word)
