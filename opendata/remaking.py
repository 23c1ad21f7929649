"""The bulk files made anew because a person asks: a job with progress."""

from content import jobs
from content.models import Job

JOB = "opendata.files"
PERMISSION = "opendata.change_datafile"


def make(_job: Job, progress: jobs.Progress) -> None:
    """Every kind of data, one after another; one that fails does not stop the others."""
    # Loaded with the work, not with the app: a worker that makes no files needs none of it.
    from opendata import bulk
    from opendata.code_book import title_of
    from opendata.resources import BY_CODE

    kinds = [(code, title_of(BY_CODE[code]), code) for code in bulk.codes()]
    for key, code in progress.each(kinds):
        try:
            bulk.remake(code)
        except OSError as error:
            progress.fail(key, title_of(BY_CODE[code]), str(error))


jobs.register(jobs.Kind(JOB, PERMISSION, make))
