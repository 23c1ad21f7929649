"""Projects, strategies, recommendations, commitments, outside libraries of the demonstration."""

import datetime
from typing import Any

from django.utils import timezone

from content.dated import last_day, parse_partial
from members.models import Member
from projects.models import (
    Commitment,
    CommitmentPaper,
    OutsideLibrary,
    Project,
    Recommendation,
    Strategy,
    Wave,
)
from uclg_portal.demonstration import data


def load() -> None:
    """Everything of projects.toml; members have to be there."""
    table = data.table("projects.toml")
    members = {member.slug: member for member in Member.objects.all()}
    for row in table["projects"]:
        texts = data.texts(row, "title", "summary", "body", "results")
        project = Project.objects.create(slug=row["slug"], **_public(), **_period(row), **texts)
        project.members.set(members[slug] for slug in row["members"] if slug in members)
    for row in table["strategies"]:
        _load_strategy(row)
    for row in table["recommendations"]:
        texts = data.texts(row, "title", "text", "body", "meeting", "source")
        Recommendation.objects.create(slug=row["slug"], **_public(), **texts)
    for row in table["commitments"]:
        _load_commitment(row, members)
    for position, row in enumerate(table["libraries"], 1):
        texts = data.texts(row, "name", "kept_by", "about")
        OutsideLibrary.objects.create(position=position, **texts)


def _public() -> dict[str, Any]:
    return {"status": "published", "published_at": timezone.now() - datetime.timedelta(hours=1)}


def _period(row: dict[str, Any]) -> dict[str, Any]:
    found = {}
    if "starts" in row:
        found["starts_on"], found["starts_precision"] = parse_partial(row["starts"])
    if "ends" in row:
        day, precision = parse_partial(row["ends"])
        found |= {"ends_on": last_day(day, precision), "ends_precision": precision}
    return found


def _load_strategy(row: dict[str, Any]) -> None:
    texts = data.texts(row, "title", "summary")
    strategy = Strategy.objects.create(slug=row["slug"], **_public(), **_period(row), **texts)
    for position, wave in enumerate(row["waves"], 1):
        Wave.objects.create(
            strategy=strategy,
            position=position,
            **_period(wave),
            **data.texts(wave, "title", "text"),
        )


def _load_commitment(row: dict[str, Any], members: dict[str, Member]) -> None:
    member = members[row["member"]]
    commitment = Commitment.objects.create(
        member=member, charter=member.charter_signings.first(), **_period(row),
        **data.texts(row, "title", "note", "source"),
    )  # fmt: skip
    for paper in row["papers"]:
        CommitmentPaper.objects.create(commitment=commitment, **data.texts(paper, "title"))
