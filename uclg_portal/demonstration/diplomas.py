"""Diplomas of the demonstration: runs that were printed, one that waits for a second person."""

from typing import Any

from awards.models import Round
from content import documents
from laureates import diploma_making, diploma_runs, diplomas
from laureates.models import Diploma, DiplomaRun
from uclg_portal.demonstration import data

WORDS = ("lead", "holder", "wording", "honour", "class")
PLAIN = ("series", "presented_on")


def load(users: dict[str, Any]) -> None:
    """Everything of diplomas.toml; the laureates have to be there."""
    for row in data.table("diplomas.toml")["runs"]:
        _load(row, users["editor@example.org"], users["admin@example.org"])


def _load(row: dict[str, Any], first: Any, second: Any) -> None:
    round = Round.objects.get(award__slug=row["award"], slug=row["round"])
    diploma_making.make(round, Diploma.To.LAUREATE, first)
    for words in row.get("words", []):
        _reword(round.diplomas.get(city__slug=words["member"]), words)
    run = DiplomaRun.objects.create(round=round, title=row["title"], made_by=first)
    run.diplomas.set(round.diplomas.all())
    diploma_runs.ask(run, first)
    if row["state"] == "waiting":
        return
    diploma_runs.approve(run, diploma_runs.digest(run), second)
    for diploma in diploma_runs.rows(run):
        diplomas.issue(diploma, first)
    for words in row.get("words", []):
        _afterwards(round.diplomas.get(city__slug=words["member"]), words, second)


def _reword(diploma: Diploma, words: dict[str, Any]) -> None:
    changes = {**data.texts(words, *WORDS), **{one: words[one] for one in PLAIN if one in words}}
    for name, value in changes.items():
        setattr(diploma, name, value)
    diploma.save()


def _afterwards(diploma: Diploma, words: dict[str, Any], by: Any) -> None:
    """What happened to the paper later."""
    paper = diplomas.current(diploma)
    if "reissued" in words:
        documents.reissue(paper, by, words["reissued"])
    if "revoked" in words:
        documents.revoke(paper, by, words["revoked"])
