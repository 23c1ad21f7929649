"""Verification: what was tampered with is found and said, what is whole is said to be whole."""

import pytest
from django.core.management import CommandError, call_command
from django.db import connection

from standings import canonical, computing, verifying
from standings.models import Points, Seal, Standing
from standings.tests.factories import make_sealed

pytestmark = pytest.mark.django_db


@pytest.fixture
def seal():
    return make_sealed()


def tamper(change) -> None:
    """Change sealed rows past their triggers, as somebody with all rights on the database could."""
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL session_replication_role = 'replica'")
        change()
        cursor.execute("SET LOCAL session_replication_role = 'origin'")


def verify(seal, capsys) -> str:
    call_command("verify_rating", seal.edition.rating.slug, seal.edition.slug)
    return capsys.readouterr().out


def test_whole_seal_is_said_to_be_whole(seal, capsys):
    assert verify(seal, capsys).splitlines()[1:] == [
        f"  The SHA-256 of the stored text is {seal.sha256}.",
        "  The 3 places in the tables are those of the text.",
        "  Scored anew by the program of today, all 3 places are the same.",
    ]


def test_changed_place_is_found(seal, capsys):
    tamper(lambda: Standing.objects.filter(rank=3).update(rank=1))

    with pytest.raises(CommandError, match="Differences: 1"):
        verify(seal, capsys)

    out = capsys.readouterr().out
    assert "DIFFERENT: Khabarovsk: the tables say otherwise: rank." in out


def test_changed_points_are_found(seal):
    tamper(lambda: Points.objects.update(detail={"score": 100}))

    assert len(verifying.verify(seal).differs) == 3


def test_changed_text_is_found(seal):
    text = seal.canonical.replace('"revision":1', '"revision":2')
    tamper(lambda: Seal.objects.update(canonical=text))
    seal.refresh_from_db()

    assert verifying.verify(seal).differs == [
        f"The text has the SHA-256 {canonical.sha256(canonical.public_text(seal))},"
        f" not {seal.sha256}."
    ]


def test_answer_changed_in_the_text_is_found(seal):
    text = seal.canonical.replace('"P1":5.0', '"P1":9.0')
    tamper(lambda: Seal.objects.update(canonical=text))
    seal.refresh_from_db()

    found = verifying.verify(seal).differs

    assert found[0] == ("The answers and points are not those whose SHA-256 the public text holds.")
    assert any(one.startswith("Khabarovsk: scored anew") for one in found)


def test_broken_text_is_said(seal):
    tamper(lambda: Seal.objects.update(canonical="{"))
    seal.refresh_from_db()

    assert verifying.verify(seal).differs == ["The canonical text cannot be read."]


def test_program_of_today_is_asked(seal, monkeypatch):
    """Where the scoring has changed so that places are others, the command says which."""
    real = computing.outcome_of

    def other(taken, **options):
        outcome = real(taken, **options)
        rows = outcome.as_rows()
        rows[0]["rank"] = 2
        return type("Outcome", (), {"as_rows": lambda _self: rows})()

    monkeypatch.setattr(computing, "outcome_of", other)
    monkeypatch.setattr(canonical, "code_version", lambda: "another")

    report = verifying.verify(seal)

    assert report.differs == ["Bishkek: scored anew, rank 1 → 2."]
    assert "The program has changed since" in report.agrees[-1]


def test_unknown_edition_is_an_error(db):
    with pytest.raises(CommandError, match="no such"):
        call_command("verify_rating", "nothing", "at-all")
