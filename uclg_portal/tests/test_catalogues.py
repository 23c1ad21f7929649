"""Compiling the catalogue in a process that goes on working."""

import pytest
from django.utils.translation import gettext, override

from uclg_portal import catalogues

PO = """
msgid ""
msgstr "Content-Type: text/plain; charset=UTF-8\\n"

msgid "stands in no other catalogue"
msgstr "больше нигде не стоит"
"""


@pytest.fixture
def folder(tmp_path, settings, monkeypatch):
    """A catalogue that was never compiled, as after the first checkout."""
    folder = tmp_path / "ru/LC_MESSAGES"
    folder.mkdir(parents=True)
    (folder / "django.po").write_text(PO, encoding="utf-8")
    settings.LOCALE_PATHS = [tmp_path]
    monkeypatch.setattr(catalogues, "FOLDER", folder)
    return folder


def in_russian():
    with override("ru"):
        return gettext("stands in no other catalogue")


def test_compiled_catalogue_is_read_by_the_process_that_compiled_it(folder):
    before = in_russian()

    catalogues.compile_catalogue()

    assert (before, in_russian()) == ("stands in no other catalogue", "больше нигде не стоит")
    assert [path.name for path in sorted(folder.iterdir())] == ["django.mo", "django.po"]
