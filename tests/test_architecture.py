"""The house keeps its floors: what the import linter cannot see is checked here."""

import importlib
import re
from pathlib import Path

import pytest
from celery import current_app
from django.apps import apps
from django.conf import settings
from django.core.management import call_command

from uclg_portal import catalogues

ROOT = Path(settings.BASE_DIR)
FLOORS = {
    "content": 0, "mailing": 0, "accounts": 1, "facts": 2, "search": 2, "translating": 2,
    "editorial": 3, "members": 4, "dues": 5, "governance": 6, "meetings": 7, "partnerships": 7,
    "events": 8, "news": 8, "library": 8, "programme": 9, "travel": 9, "hosting": 9, "awards": 9,
    "attendance": 10, "judging": 10, "laureates": 11, "nominations": 12, "ratings": 12,
    "questionnaires": 13, "standings": 14, "practices": 15, "projects": 15, "consultations": 15,
    "association": 16, "newsletter": 17, "opendata": 17,
}  # fmt: skip
OWN = set(FLOORS)


def test_no_relation_points_up_or_sideways():
    wrong = []
    for model in apps.get_models():
        app = model._meta.app_label
        for field in model._meta.get_fields():
            if app not in OWN or not field.is_relation or field.auto_created:
                continue
            target = field.related_model
            if target is None or target is apps.get_model(settings.AUTH_USER_MODEL):
                continue
            other = target._meta.app_label
            if other in OWN and other != app and FLOORS[other] >= FLOORS[app]:
                wrong.append(f"{model.__name__}.{field.name} -> {other}")
    assert wrong == []


def test_no_template_loads_tags_of_a_higher_floor():
    """Pages are made of several apps in the templates of the app that owns the page; only the
    blocks of equal or higher floors come in through their inclusion tags, and content's own
    templates load nothing but content."""
    wrong = [
        f"{path.relative_to(ROOT)}: {name}"
        for path in (ROOT / "templates/includes").rglob("*.html")
        for line in re.findall(r"{% load ([\w ]+) %}", path.read_text(encoding="utf-8"))
        for name in line.split()
        if name in {"members_tags", "events_tags", "news_tags"}
    ]
    assert wrong == []


def test_every_task_of_the_timetable_exists():
    for module in OWN:
        if (ROOT / module / "tasks.py").exists():
            importlib.import_module(f"{module}.tasks")
    wanted = {entry["task"] for entry in current_app.conf.beat_schedule.values()}
    assert wanted - set(current_app.tasks) == set()


@pytest.mark.django_db
def test_no_migration_is_missing(capsys):
    call_command("makemigrations", check=True, dry_run=True, verbosity=1)
    assert "No changes detected" in capsys.readouterr().out


def test_the_russian_catalogue_is_complete():
    stored = catalogues.stored()
    known = {(entry.context, str(entry.id)) for entry in stored if entry.id}
    wanted = {(entry.context, str(entry.id)) for entry in catalogues.extracted() if entry.id}

    assert catalogues.untranslated(stored) == []
    assert sorted(wanted - known, key=str) == []
    assert not stored.fuzzy


def test_no_message_hides_in_an_f_string():
    """The extractor does not look into f-strings: such a message would stay English."""
    pattern = re.compile(r"\{(n?p?gettext(_lazy)?|_)\(")
    wrong = [
        f"{path.relative_to(ROOT)}: {line.strip()}"
        for path in catalogues.sources()
        if path.suffix == ".py"
        for line in path.read_text(encoding="utf-8").splitlines()
        if pattern.search(line)
    ]
    assert wrong == []


def test_no_file_outgrows_one_subject():
    long = [
        f"{path.relative_to(ROOT)}: {count}"
        for package in [*OWN, "uclg_portal", "tests"]
        for path in (ROOT / package).rglob("*.py")
        if "migrations" not in path.parts
        and (count := len(path.read_text(encoding="utf-8").splitlines())) > 420
    ]
    assert long == []


@pytest.mark.parametrize("suffix", [".html"])
def test_no_template_holds_inline_style_or_script(suffix):
    pattern = re.compile(r"<style|\sstyle=|\son\w+=|<script(?![^>]*\bsrc=)", re.IGNORECASE)
    wrong = [
        str(path.relative_to(ROOT))
        for path in (ROOT / "templates").rglob(f"*{suffix}")
        if "/mail/" not in path.as_posix() and path.name != "layout.html"
        and pattern.search(path.read_text(encoding="utf-8"))
    ]  # fmt: skip
    assert wrong == []
