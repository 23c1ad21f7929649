"""Runs of diplomas: a proof sheet, a second person's approval, then the papers, in one archive.

The approval is of exactly these diplomas with exactly these words: a change of one letter voids
it, also while the run is under way.
"""

import functools
import hashlib
import json
import tempfile
import uuid
import zipfile
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.text import get_valid_filename
from django.utils.translation import gettext as _

from content import approvals, audit, documents, jobs
from content.dates import day_text
from content.models import Approval, IssuedDocument, Job
from content.typesetting import UnfinishedDocument, qr_svg
from laureates import diplomas
from laureates.models import Diploma, DiplomaRun

DEED = "laureates.diplomas"
JOB = "laureates.diplomas"
MAY_RUN = "laureates.change_diplomarun"
FIRST_PAGES = 3
ZIP = "application/zip"
# What is printed, and by what it is counted and filed.
PRINTED = [
    *(f"{part}_{code}" for part in ("heading", "lead", "holder", "wording", "honour", "class")
      for code in ("ru", "en")),
    "series", "year", "presented_on", "city_id", "city_text",
]  # fmt: skip


class NotApproved(Exception):
    """A second person has not approved these words; the text says so."""


def words_of(diploma: Diploma) -> str:
    """All that is printed of a diploma, as one line of JSON."""
    return json.dumps([str(getattr(diploma, name) or "") for name in PRINTED], ensure_ascii=False)


def digest(run: DiplomaRun) -> str:
    """What an approval of a run is about: these diplomas, these words."""
    return digest_of(rows(run))


def digest_of(found: Iterable[Diploma]) -> str:
    """The same of diplomas that were read already."""
    lines = [f"{one.pk}:{words_of(one)}" for one in found]
    return hashlib.sha256("\n".join(lines).encode()).hexdigest()


def rows(run: DiplomaRun) -> list[Diploma]:
    """The diplomas of a run in the order of the proof sheet and of the numbers."""
    ordered = run.diplomas.with_words().order_by("series", "to", "laureate__place", "pk")
    return list(ordered)


def ask(run: DiplomaRun, by: Any) -> Approval:
    """Ask a second person to read the proof sheet. Raises ValidationError for an empty run."""
    if not run.diplomas.exists():
        raise ValidationError(_("There is no diploma in the run."), code="empty")
    return approvals.ask(DEED, run, digest(run), by)


def approve(run: DiplomaRun, seen: str, by: Any) -> Approval:
    """Approve the words that were `seen` (the digest of the page). Raises ApprovalRefused."""
    if seen != digest(run):
        raise approvals.ApprovalRefused(
            _("The diplomas were changed since you opened the page: read them again.")
        )
    return approvals.approve(DEED, run, seen, by)


def is_approved(run: DiplomaRun) -> bool:
    """Whether a second person approved the run as it is now."""
    return approvals.is_approved(DEED, run, digest(run))


def start(run: DiplomaRun, by: Any, key: uuid.UUID | None = None) -> Job:
    """Issue all diplomas of an approved run and pack the archive, in a worker.

    Raises NotApproved. Started again, it issues what is missing and packs everything.
    """
    if not is_approved(run):
        raise NotApproved(_("A second person has to approve the proof sheet first."))
    job = jobs.ask(JOB, _("Diplomas: %(run)s") % {"run": run}, {"run": run.pk}, by, key=key)
    audit.record("diplomas.started", run, by, str(run))
    return job


def _run(job: Job, progress: jobs.Progress) -> jobs.Made | None:
    run = DiplomaRun.objects.get(pk=job.params["run"])
    if not is_approved(run):
        raise NotApproved(_("The words were changed after the approval: ask for it again."))
    approved = {one.pk: words_of(one) for one in rows(run)}
    items = [(pk, "", pk) for pk in approved]
    for pk, _item in progress.each(items):
        _issue_one(pk, approved[pk], job, progress)
    made = _pack(run)
    return jobs.Made(made, f"diplomas-{run.pk}.zip", ZIP) if made else None


def _issue_one(pk: int, words: str, job: Job, progress: jobs.Progress) -> None:
    """Issue one diploma; what goes wrong is noted and keeps no other."""
    label = _("Diploma %(number)s") % {"number": pk}
    try:
        with transaction.atomic():
            diploma = Diploma.objects.select_for_update().get(pk=pk)
            label = str(diploma)
            if words_of(diploma) != words:
                raise ValidationError(_("The words were changed after the approval."))
            diplomas.issue(diploma, job.asked_by)
    except ValidationError as refused:
        progress.fail(pk, label, " ".join(refused.messages))
    except (UnfinishedDocument, OSError) as broken:
        progress.fail(pk, label, _("The paper could not be made: %(why)s") % {
            "why": type(broken).__name__,
        })  # fmt: skip


def _pack(run: DiplomaRun) -> Path | None:
    """A temporary archive of all papers of a run: a folder for each city, files by number.

    One paper at a time is in memory.
    """
    papers = diplomas.papers(run.diplomas.deliverable())
    if not papers:
        return None
    with tempfile.NamedTemporaryFile(prefix="diplomas-", suffix=".zip", delete=False) as kept:
        path = Path(kept.name)
        with zipfile.ZipFile(kept, "w", zipfile.ZIP_STORED) as archive:
            for diploma in rows(run):
                if (document := papers.get(diploma.pk)) and document.pdf:
                    with document.pdf.file.open() as paper:
                        archive.writestr(name_in_archive(diploma, document), paper.read())
    return path


def name_in_archive(diploma: Diploma, document: IssuedDocument) -> str:
    """ "Казань/2020-A-017.pdf": the city and the number, nobody's name."""
    city = diplomas.city_in(diploma, "ru") or _("without a city")
    folder = get_valid_filename(city.replace("/", "-").strip(". ") or "-")
    return f"{folder}/{document.number}.pdf"


def proof(run: DiplomaRun, language: str) -> bytes:
    """The proof sheet: every wording of a run on paper, as it will be printed."""
    found = rows(run)
    title = _("Proof sheet: %(run)s") % {"run": run}
    data = {
        "title": title,
        "lead": _("%(number)d diplomas. Read every line; the numbers come with the printing.")
        % {"number": len(found)},
        "made": _("State of the words: %(digest)s") % {"digest": digest(run)[:12]},
        "headings": [
            "№", _("For"), _("City"), _("Check page"), _("In Russian"), _("In English")
        ],
        "rows": [_line(place, one) for place, one in enumerate(found, start=1)],
    }  # fmt: skip
    return documents.pdf("laureates/pdf/proof.typ", data, title=title, language=language)


def _line(place: int, diploma: Diploma) -> dict[str, Any]:
    said = {
        code: {
            part: getattr(diploma, f"{part}_{code}") for part in ("lead", "holder", "wording")
        }
        for code in ("ru", "en")
    }  # fmt: skip
    seen = [f"{diploma.year}-{diploma.series}", diploma.honour_ru, diploma.class_ru]
    return {
        "place": place,
        "to": diploma.get_to_display(),
        "city": diplomas.city_in(diploma, "ru"),
        "facts": "; ".join(part for part in seen if part),
        **said,
    }


def specimens(found: Iterable[Diploma], language: str) -> bytes:
    """How diplomas will look, the first few of them: without numbers, marked across the sheet."""
    title = _("Specimens of diplomas")
    sheets = [_specimen(one) for one in list(found)[:FIRST_PAGES]]
    data = {"sheets": sheets, "gates": diplomas.gates()}
    return documents.pdf("laureates/pdf/specimens.typ", data, title=title, language=language)


def _specimen(diploma: Diploma) -> dict[str, Any]:
    address = documents.check_url("specimen")
    parts = [f"{part}_{code}" for part in ("holder", "wording") for code in ("ru", "en")]
    day = diploma.presented_on
    return {
        **{name: getattr(diploma, name) for name in parts},
        **{f"day_{code}": day_text(day, code) if day else "" for code in ("ru", "en")},
        **diplomas.printed(diploma),
        "number": f"{diploma.year}-{diploma.series}-…",
        "check_url": address,
        "qr": _qr(address),
        "specimen": _("SPECIMEN"),
    }


_qr = functools.cache(qr_svg)
jobs.register(jobs.Kind(JOB, MAY_RUN, _run))
