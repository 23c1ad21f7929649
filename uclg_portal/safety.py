"""What production refuses to start with, and why, in one sentence each."""

import datetime
from collections.abc import Mapping
from typing import Any

from django.core.exceptions import ImproperlyConfigured


def unsafe_values(settings: Mapping[str, Any]) -> list[str]:
    """Sentences about values that production must not start with; empty when all is well.

    `settings` maps setting names to values (the globals of the settings module).
    """
    env = settings["env"]
    rules = [
        (
            settings["DEBUG"] and settings["DEMO"],
            "DEMO and DEBUG exclude each other: the demonstration runs the production code path.",
        ),
        (
            not _is_day_of_every_year(settings["YEARLY_CONFIRMATION_OPENS"]),
            "YEARLY_CONFIRMATION_OPENS is no day of every year: write it as 02-01.",
        ),
    ]
    if not settings["RELAXED"]:
        rules += [
            (
                not settings["SECRET_KEY"],
                "SECRET_KEY is empty: sessions and links in mails are signed with it.",
            ),
            (
                0 < len(settings["SECRET_KEY"]) < 50
                or settings["SECRET_KEY"].startswith(("not-a-secret", "django-insecure")),
                "SECRET_KEY is too short or a known one: take 50 random characters or more.",
            ),
            (
                not settings["ALLOWED_HOSTS"] or "*" in settings["ALLOWED_HOSTS"],
                "ALLOWED_HOSTS is empty or '*': name the hosts, or links in mails can be forged.",
            ),
            (
                not settings["SITE_URL"].startswith("https://"),
                "SITE_URL must start with https://: links in mails are made from it.",
            ),
            (
                not env("DATABASE_URL", default=""),
                "DATABASE_URL is missing: the portal needs its PostgreSQL database.",
            ),
            (
                not settings["REDIS_URL"],
                "REDIS_URL is missing: limits on sign-in must be shared by all processes.",
            ),
            (
                settings["ASSOCIATION_EMAIL"].endswith("example.org"),
                "ASSOCIATION_EMAIL is the one of the demonstration: readers write to it.",
            ),
            (
                not env("EMAIL_URL", default=""),
                "EMAIL_URL is missing: reminders and sign-in codes leave by mail.",
            ),
        ]
    return [sentence for is_unsafe, sentence in rules if is_unsafe]


def _is_day_of_every_year(text: str) -> bool:
    """Whether the text is a month and a day, 29 February excepted."""
    try:
        datetime.date.fromisoformat(f"2001-{text}")
    except ValueError:
        return False
    return True


def refuse_unsafe(settings: Mapping[str, Any]) -> None:
    """Stop the start when a value is unsafe.

    Raises ImproperlyConfigured with every sentence of `unsafe_values`.
    """
    if sentences := unsafe_values(settings):
        raise ImproperlyConfigured(
            "The portal does not start with these settings: " + " ".join(sentences)
        )
