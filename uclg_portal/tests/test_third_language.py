"""LNG: another language needs a setting and generated migrations, no code."""

import os
import re
import subprocess
import sys

from django.conf import settings

OPERATION = re.compile(r"^    ([+~-]) (.+)$", re.MULTILINE)
SETTINGS = {"MORE_LANGUAGES": "kk", "DJANGO_SETTINGS_MODULE": "uclg_portal.settings"}
# What widens with the languages: the choice of one, and the rule that one of them is given.
WIDENED = re.compile(r"Alter field (?:\w*language\w*) on \w+")


def test_lng_third_language_needs_a_setting_and_migrations_that_only_add():
    """`makemigrations` checks the whole project first: models, admin pages, addresses."""
    made = subprocess.run(
        [sys.executable, "manage.py", "makemigrations", "--dry-run"],
        cwd=settings.BASE_DIR,
        env={
            **os.environ,
            "MORE_LANGUAGES": "kk",
            "DJANGO_SETTINGS_MODULE": "uclg_portal.settings",
        },
        capture_output=True,
        text=True,
        timeout=180,
        check=False,
    )
    assert made.returncode == 0, made.stderr
    deeds: dict[str, set[str]] = {"+": set(), "~": set(), "-": set()}
    for sign, words in OPERATION.findall(made.stdout):
        deeds[sign].add(words)

    assert "Add field title_kk to article" in deeds["+"]
    assert {words.split()[0] for words in deeds["+"]} == {"Add", "Create"}
    assert {words for words in deeds["~"] if not WIDENED.match(words)} == set()
    removed = {words.removeprefix("Remove constraint ").split()[0] for words in deeds["-"]}
    created = {words.split()[2] for words in deeds["+"] if words.startswith("Create constraint")}
    assert removed <= created
