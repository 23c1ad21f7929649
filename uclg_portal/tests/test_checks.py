"""The start-up check of the database's letters."""

import pytest

from uclg_portal import checks


@pytest.mark.django_db
def test_our_database_passes():
    assert checks.database_knows_letters(databases=["default"]) == []


@pytest.mark.parametrize("kind", ["C", "POSIX"])
def test_a_database_without_letters_is_refused(monkeypatch, kind):
    monkeypatch.setattr(checks, "_character_type", lambda _alias: kind)

    (error,) = checks.database_knows_letters(databases=["default"])

    assert error.id == "uclg_portal.E001"
    assert checks.database_knows_letters(databases=None) == []
