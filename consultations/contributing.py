"""What a city sends to a report: kept, sent, returned with a reason, accepted."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from consultations import letters
from consultations.models import Answer, Attachment, Call, Contribution
from content import audit, privatefiles
from content.editing import CONFLICT
from members.models import Member

PURPOSE = privatefiles.reserve("consultations.file", "consultations.view_contribution")
ENDINGS = (".pdf", ".docx", ".xlsx")
MOST_FILES = 10
Status = Contribution.Status


class ContributionRefused(Exception):
    """Nothing was written; a sentence for the reader."""


@dataclass(frozen=True)
class Offer:
    """What the form says: `texts` by question key, new files, keys of attachments to take out."""

    language: str
    texts: Mapping[int, str]
    uploads: Sequence[UploadedFile] = ()
    dropped: Sequence[int] = ()


def of(call: Call, member: Member) -> Contribution | None:
    """The contribution of a city to a call, where it has begun one."""
    return Contribution.objects.filter(call=call, member=member).first()


@privatefiles.all_or_nothing()
def keep(call: Call, member: Member, by, offer: Offer, *, seen: int, send: bool) -> Contribution:
    """Keep what a city wrote; `send` hands it to the secretariat.

    seen: the version that the form was opened with, 0 for none. Raises ContributionRefused, and
    ValidationError for a file that is not taken.
    """
    Call.objects.select_for_update(of=("self",)).get(pk=call.pk)
    found = of(call, member) or Contribution(call=call, member=member)
    if found.version != seen:
        raise ContributionRefused(str(CONFLICT))
    if not found.is_editable():
        raise ContributionRefused(_("The contribution cannot be changed now."))
    found.language, found.by = offer.language, by
    if send:
        found.status, found.sent_at = Status.SENT, timezone.now()
    found.save()
    _keep_answers(found, offer)
    _keep_files(found, offer, by)
    if send and (lacks := _lacking(found)):
        raise ContributionRefused(
            _("Before you send it, answer also: %(questions)s") % {"questions": "; ".join(lacks)}
        )
    return found


def _keep_answers(found: Contribution, offer: Offer) -> None:
    for question in found.call.questions.all():
        text = offer.texts.get(question.pk, "")
        Answer.objects.update_or_create(
            contribution=found, question=question, defaults={"text": text}
        )


def _keep_files(found: Contribution, offer: Offer, by) -> None:
    for row in found.attachments.filter(pk__in=offer.dropped).select_related("file"):
        row.delete()
        privatefiles.discard(row.file)
    if found.attachments.count() + len(offer.uploads) > MOST_FILES:
        raise ContributionRefused(
            _("A contribution has at most %(number)d files.") % {"number": MOST_FILES}
        )
    for upload in offer.uploads:
        stored = privatefiles.store(upload, PURPOSE, by, endings=ENDINGS)
        Attachment.objects.create(contribution=found, file=stored)


def _lacking(found: Contribution) -> list[str]:
    """The questions that must be answered and are not."""
    answered = set(found.answers.exclude(text="").values_list("question_id", flat=True))
    asked = found.call.questions.filter(is_required=True)
    return [str(question) for question in asked if question.pk not in answered]


@transaction.atomic
def give_back(found: Contribution, by, remark: str, *, seen: int) -> Contribution:
    """Send it back with what to change; the city is told by a letter. Raises ContributionRefused.

    Not once a chapter uses it.
    """
    if not remark.strip():
        raise ContributionRefused(_("Say what the city is asked to change."))
    found = _locked(found, seen)
    if found.answers.filter(excerpts__isnull=False).exists():
        raise ContributionRefused(_("A chapter uses it: take the excerpts out first."))
    found.status, found.remark = Status.RETURNED, remark
    return _decided(found, by, "returned")


@transaction.atomic
def accept(found: Contribution, by, *, seen: int) -> Contribution:
    """Say that it is what was asked for; the city is told by a letter."""
    found = _locked(found, seen)
    found.status, found.remark = Status.ACCEPTED, ""
    return _decided(found, by, "accepted")


def _locked(found: Contribution, seen: int) -> Contribution:
    rows = Contribution.objects.select_for_update(of=("self",)).select_related("call", "member")
    found = rows.get(pk=found.pk)
    if found.version != seen:
        raise ContributionRefused(str(CONFLICT))
    if found.status not in (Status.SENT, Status.ACCEPTED):
        raise ContributionRefused(_("The city is still writing it."))
    return found


def _decided(found: Contribution, by, verb: str) -> Contribution:
    found.save(update_fields=["status", "remark", "updated_at"])
    audit.record(f"consultations.{verb}", found, by, str(found))
    letters.decision(found, verb)
    return found
