"""The analytical report of sealed results as a PDF, made by a job in the language chosen."""

import uuid
from typing import Any

from django.utils import translation
from django.utils.translation import gettext as _

from content import documents, jobs
from content.languages import LANGUAGE_CODES
from content.models import Job
from ratings.models import Edition
from standings import report_data
from standings.models import Seal

JOB = "standings.report"
# Recommendations rest on the answers of each city: whoever may read points may read the report.
PERMISSION = "standings.view_points"
TEMPLATE = "standings/pdf/report.typ"


def newest_seal(edition: Edition) -> Seal | None:
    """The seal of which a report is made: the last revision, public or not yet."""
    seals = Seal.objects.filter(edition=edition).select_related("edition__rating")
    return seals.order_by("-revision").first()


def pdf(seal: Seal, language: str, *, with_advice: bool = False) -> bytes:
    """The report in Russian or in English: the same bytes for the same seal on the same day."""
    with translation.override(language):
        data = report_data.data_of(seal, with_advice=with_advice)
        return documents.pdf(TEMPLATE, data, title=data["title"], language=language)


def ask(
    edition: Edition, language: str, by: Any, *, with_advice: bool, key: uuid.UUID | None = None
) -> Job:
    """A job for the report of the newest seal; the same key gives the same job.

    Raises PermissionDenied, and Seal.DoesNotExist where nothing is sealed.
    """
    seal = newest_seal(edition)
    if seal is None:
        raise Seal.DoesNotExist
    params = {
        "seal": seal.pk, "language": language if language in LANGUAGE_CODES else "ru",
        "advice": with_advice,
    }  # fmt: skip
    title = _("Analytical report: %(edition)s") % {"edition": edition}
    return jobs.ask(JOB, title, params, by, key=key)


def make(job: Job, progress: jobs.Progress) -> jobs.Made:
    """The job itself."""
    progress.start(1)
    seal = Seal.objects.select_related("edition__rating").get(pk=job.params["seal"])
    language, with_advice = job.params["language"], job.params["advice"]
    made = pdf(seal, language, with_advice=with_advice)
    progress.step()
    kind = "report-with-advice" if with_advice else "report"
    return jobs.Made(made, f"{kind}-{seal.edition.slug}-{seal.revision}-{language}.pdf")


jobs.register(jobs.Kind(JOB, PERMISSION, make))
