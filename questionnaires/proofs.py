"""Proofs of answers: files behind a permission, and links to pages everybody can read."""

import datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.core.validators import URLValidator
from django.utils.translation import gettext as _

from content import privatefiles
from content.models import PrivateFile
from questionnaires import answering, wording
from questionnaires.models import Answer, AnswerChange, Evidence, Response
from questionnaires.refusals import Refused
from ratings import opening
from ratings.models import Indicator

# Staff with this right open them; cities and experts get them through pages of their own.
PURPOSE = privatefiles.reserve("questionnaires.evidence", "questionnaires.view_response")
MOST = 10
_is_link = URLValidator(schemes=["http", "https"])


def add_file(
    response: Response, indicator: Indicator, upload: UploadedFile, by: Any,
    now: datetime.datetime | None = None,
) -> Evidence:  # fmt: skip
    """Keep a file as a proof. Raises Refused as `answering.save` does, and for a file of a kind
    that is not taken, with another content than its name says, or over 20 MB.
    """
    try:
        with privatefiles.all_or_nothing():
            answer = _held(response, indicator, by, now)
            kept = privatefiles.store(upload, PURPOSE, by)
            return _added(answer, by, title=kept.name[:200], file=kept)
    except ValidationError as error:
        raise Refused(" ".join(error.messages)) from error


def add_link(
    response: Response, indicator: Indicator, link: str, by: Any,
    now: datetime.datetime | None = None,
) -> Evidence:  # fmt: skip
    """Keep a link as a proof; the same one twice is one. Raises Refused."""
    link = clean_link(link)
    with privatefiles.all_or_nothing():
        answer = _held(response, indicator, by, now)
        same = answer.evidence.filter(link=link).first()
        return same or _added(answer, by, link=link)


def clean_link(text: str) -> str:
    """A link as it is kept; "https://" is put before an address without it. Raises Refused."""
    link = text.strip()
    if "://" not in link and not link.lower().startswith(("javascript:", "data:", "mailto:")):
        link = f"https://{link}"
    try:
        _is_link(link)
    except ValidationError:
        raise Refused(
            _("Give the address of a page, such as https://example.org/report.")
        ) from None
    if len(link) > Evidence._meta.get_field("link").max_length:
        raise Refused(_("This address is too long: 500 characters are the most."))
    return link


def drop(
    response: Response, key: int, by: Any, now: datetime.datetime | None = None
) -> None:  # fmt: skip
    """Take a proof out, and log it; one that is gone already is left alone. Raises Refused."""
    with privatefiles.all_or_nothing():
        row = answering.hold(response, now=now)
        rows = Evidence.objects.filter(answer__response=row, pk=key)
        proof = rows.select_related("file", "answer__indicator", "answer__step").first()
        if proof is None:
            return
        kept = proof.file
        _log(proof.answer, by, _("Proof taken out: %(proof)s") % {"proof": str(proof)[:400]})
        proof.delete()
        if kept is not None and not _is_needed(row, kept):
            privatefiles.discard(kept)


def _is_needed(response: Response, file: PrivateFile) -> bool:
    """Whether it is the letter with the answers, or proves another of them."""
    is_letter = Response.objects.filter(pk=response.pk, letter=file).exists()
    return is_letter or Evidence.objects.filter(file=file).exists()


def _held(response: Response, indicator: Indicator, by: Any, now) -> Answer:
    """The answer that the proof belongs to, an empty one where nothing is answered yet."""
    row = answering.hold(response, now=now)
    columns = {"updated_by": by}
    answer, is_new = Answer.objects.get_or_create(
        response=row, indicator=indicator, defaults=columns
    )
    if is_new:
        opening.freeze(row.edition)
    if answer.evidence.count() >= MOST:
        raise Refused(
            _("No more than %(most)d proofs for one answer. Take one out first.") % {"most": MOST}
        )
    answer.indicator = indicator
    return answer


def _added(answer: Answer, by: Any, **columns: Any) -> Evidence:
    proof = Evidence.objects.create(answer=answer, added_by=by, **columns)
    _log(answer, by, _("Proof added: %(proof)s") % {"proof": str(proof)[:400]})
    return proof


def _log(answer: Answer, by: Any, reason: str) -> None:
    """A line about a proof; the answer itself stays as it is."""
    words = wording.said(answer)[:500]
    AnswerChange.objects.create(
        answer=answer, deed=AnswerChange.Deed.TYPED, before=words, after=words, by=by,
        reason=reason,
    )  # fmt: skip
