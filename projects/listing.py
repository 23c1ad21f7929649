"""What the pages of this app show, fetched in a constant number of queries."""

from content import dated
from members.models import Member
from projects import wording
from projects.models import Commitment, OutsideLibrary, Project, Recommendation, Strategy

PLANNED, RUNNING, ENDED = "planned", "running", "ended"


def stage(record) -> str:
    """Whether an undertaking is planned, running or ended today."""
    today = dated.today()
    if record.starts_on and record.starts_on > today:
        return PLANNED
    return ENDED if record.ends_on and record.ends_on < today else RUNNING


def row(record) -> dict:
    """An undertaking with its period in words and its stage."""
    return {"record": record, "period": wording.period(record), "stage": stage(record)}


def projects() -> list[dict]:
    """Public projects, the running ones first, then the latest. One query."""
    rows = [row(project) for project in Project.objects.published()]
    order = [RUNNING, PLANNED, ENDED]
    return sorted(rows, key=lambda one: order.index(one["stage"]))


def strategies() -> list[dict]:
    """Public strategies with their waves, the latest first. Two queries."""
    return [row(one) for one in Strategy.objects.published().prefetch_related("waves")]


def recommendations():
    """Public recommendations of others, the latest first. One query."""
    return Recommendation.objects.published().select_related("document")


def commitments() -> list[dict]:
    """Commitments that stand today, with charter and papers. Two queries."""
    rows = Commitment.objects.on().select_related("member", "charter")
    rows = rows.order_by("member__name_ru", "pk").prefetch_related("papers__publication")
    return [_commitment(one) for one in rows]


def commitments_of(member: Member) -> list[dict]:
    """Those of one member that stand today. Up to three queries."""
    rows = Commitment.objects.on().filter(member=member).select_related("member", "charter")
    return [_commitment(one) for one in rows.prefetch_related("papers__publication")]


def _commitment(one: Commitment) -> dict:
    papers = [{"paper": paper, "url": _address(paper)} for paper in one.papers.all()]
    return {"record": one, "period": wording.period(one), "papers": papers}


def _address(paper) -> str:
    if paper.publication and paper.publication.is_public():
        return paper.publication.get_absolute_url()
    return paper.url


def outside_libraries():
    """Libraries of others, in their order. One query."""
    return OutsideLibrary.objects.all()


def public_documents(strategy: Strategy):
    """The papers of a strategy that the public may read. One query."""
    return strategy.documents.published()
