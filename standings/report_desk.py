"""The page inside the admin on which staff asks for the analytical report of an edition."""

import uuid
from typing import Any

from django.http import Http404, HttpRequest, HttpResponseBase
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from content import jobs
from content.models import Job
from standings import report
from standings.models import Advice, Seal
from standings.results_desk import DeskView, job_key

MOST_JOBS = 10


class ReportDesk(DeskView):
    """Asks for a report in a language, with recommendations or without; lists those made."""

    needs = report.PERMISSION
    template = "report"

    def values(self) -> dict[str, Any]:
        seal = report.newest_seal(self.edition)
        made = Job.objects.filter(kind=report.JOB, params__seal=seal.pk) if seal else []
        return {
            "title": _("Analytical report: %(edition)s") % {"edition": self.edition},
            "seal": seal, "form_key": uuid.uuid4(),
            "texts": Advice.objects.filter(rating=self.edition.rating_id).count(),
            "jobs": [one for one in made[:MOST_JOBS] if jobs.may_see(one, self.request.user)],
        }  # fmt: skip

    def post(self, request: HttpRequest, *args, **kwargs) -> HttpResponseBase:
        """Ask for one report and go to the page of the work. 404 where nothing is sealed."""
        try:
            job = report.ask(
                self.edition, request.POST.get("language", ""), request.user,
                with_advice="advice" in request.POST,
                key=job_key(request.POST.get("form_key", "")),
            )  # fmt: skip
        except Seal.DoesNotExist:
            raise Http404 from None
        return redirect("admin:content_job_change", job.pk)
