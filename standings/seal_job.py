"""Sealing many cities takes longer than a page may: a worker does it, the page of the job tells."""

import uuid

from django.utils.translation import gettext as _

from content import jobs
from content.models import Job
from ratings.models import Edition
from standings import errata, honours_following, sealing
from standings.models import Erratum
from standings.sealing import SealRefused

JOB = "standings.seal"
# More cities than this are left to a worker.
MOST_AT_ONCE = 60


def is_long(edition: Edition) -> bool:
    """Whether so many cities take part that a worker seals them."""
    return edition.responses.counted().count() > MOST_AT_ONCE


def ask(target: Edition | Erratum, seen: str, by, key: uuid.UUID | None = None) -> Job:
    """Have a worker seal an edition or publish a correction, for `by` who saw the state `seen`."""
    title = _("Sealing: %(edition)s") % {"edition": getattr(target, "edition", target)}
    kind = "erratum" if isinstance(target, Erratum) else "edition"
    return jobs.ask(JOB, title, {kind: target.pk, "seen": seen}, by, key=key)


def _run(job: Job, progress: jobs.Progress) -> None:
    """A refusal is said on the page of the job; run again, it is refused: there is one seal."""
    progress.start(1)
    try:
        _seal(job)
        progress.step()
    except SealRefused as refused:
        progress.fail("seal", job.title, " ".join(refused.reasons))


def _seal(job: Job) -> None:
    seen = job.params["seen"]
    if "erratum" in job.params:
        seal = errata.seal(Erratum.objects.get(pk=job.params["erratum"]), job.asked_by, seen)
        honours_following.follow(seal.edition, job.asked_by)
        return
    edition = Edition.objects.select_related("rating").get(pk=job.params["edition"])
    sealing.seal(edition, job.asked_by, seen)


jobs.register(jobs.Kind(JOB, sealing.MAY_SEAL, _run))
