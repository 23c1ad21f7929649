"""How long papers and words of people are kept: two years after the results were sealed.

What was counted stays: numbers, choices, corrections and their reasons are the record of the
rating. Of an edition that was never sealed everything goes three years after it closed.
"""

import datetime

from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from content import privatefiles, retention
from content.models import PrivateFile
from questionnaires.models import Answer, AnswerChange, AnswerNote, Evidence, Response
from ratings.models import Edition, Indicator

KEPT = datetime.timedelta(days=2 * 365)
NEVER_SEALED = datetime.timedelta(days=3 * 365)
# Deeds whose words are the city's or a question to it; reasons of corrections stay.
SAID = ["typed", "offered", "letter", "asked", "replied"]


def over(now: datetime.datetime) -> QuerySet[Edition]:
    """Editions whose papers are not needed any more."""
    return Edition.objects.filter(
        Q(sealed_at__lt=now - KEPT) | Q(sealed_at=None, closes_at__lt=now - NEVER_SEALED)
    )


def purge_evidence(now: datetime.datetime) -> int:
    """Erase the proofs of answers with their files and links; says how many."""
    rows = list(Evidence.objects.filter(answer__response__edition__in=over(now)))
    files = {row.file_id for row in rows} - {None}
    Evidence.objects.filter(pk__in=[row.pk for row in rows]).delete()
    _discard(files)
    return len(rows)


def purge_papers(now: datetime.datetime) -> int:
    """Erase letters, what they were called, and the papers of what was sent; says how many."""
    rows = Response.objects.filter(edition__in=over(now)).filter(
        Q(letter__isnull=False) | Q(paper__isnull=False) | ~Q(letter_details="")
    )
    found = list(rows)
    files = {one for row in found for one in (row.letter_id, row.paper_id)} - {None}
    Response.objects.filter(pk__in=[row.pk for row in found]).update(
        letter=None, paper=None, letter_details=""
    )
    _discard(files)
    return len(found)


def purge_words(now: datetime.datetime) -> int:
    """Erase texts, comments and questions, in the log as well; says how many answers had any."""
    answers = Answer.objects.filter(response__edition__in=over(now))
    worded = answers.filter(Q(text__gt="") | Q(comment__gt=""))
    notes = AnswerNote.objects.filter(answer__in=answers)
    keys = set(worded.values_list("pk", flat=True)) | set(notes.values_list("answer", flat=True))
    log = AnswerChange.objects.filter(answer__response__edition__in=over(now))
    log.filter(deed__in=SAID, reason__gt="").update(reason="")
    texts = log.filter(answer__indicator__kind=Indicator.Kind.TEXT)
    texts.filter(Q(before__gt="") | Q(after__gt="")).update(before="", after="")
    notes.delete()
    Answer.objects.filter(pk__in=keys).update(text="", comment="")
    return len(keys)


def _discard(keys: set[int]) -> None:
    """Erase these files; a letter may be the proof of answers as well and goes with the last."""
    proofs = Evidence.objects.filter(file__in=keys).values("file")
    letters = Response.objects.filter(letter__in=keys).values("letter")
    loose = PrivateFile.objects.filter(pk__in=keys).exclude(pk__in=proofs)
    for kept in loose.exclude(pk__in=letters):
        privatefiles.discard(kept)


retention.register(
    "questionnaires.evidence",
    label=_("Proofs of answers to questionnaires of ratings"),
    purpose=_("checking the answers of a rating"),
    basis=_("the city’s own answer"),
    keeps=_("two years after the results were sealed"),
    purge=purge_evidence,
)
retention.register(
    "questionnaires.papers",
    label=_("Letters with answers, papers of what was sent"),
    purpose=_("checking the answers of a rating"),
    basis=_("the city’s own answer"),
    keeps=_("two years after the results were sealed"),
    purge=purge_papers,
)
retention.register(
    "questionnaires.words",
    label=_("Texts, comments and questions in questionnaires; names people wrote into them"),
    purpose=_("checking the answers of a rating"),
    basis=_("the city’s own answer"),
    keeps=_("two years after the results were sealed; numbers stay"),
    purge=purge_words,
)
