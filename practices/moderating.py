"""The way of a practice: written and sent by the city, returned, accepted or refused by staff.

Every deed is one transaction under the lock of the practice, and writes its step.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from content import audit, pictures, privatefiles
from content.editing import CONFLICT
from content.models import Topic
from content.pictures import CheckedPicture
from content.slugs import free_slug
from members.models import Member
from practices import letters, placing
from practices.models import Practice, PracticeFile, PracticePicture, PracticeStep

PURPOSE = privatefiles.reserve("practices.file", "practices.view_practice")
ENDINGS = (".pdf", ".docx", ".xlsx")
MOST_FILES = 10
MOST_PICTURES = 10
Stage, Verb = Practice.Stage, PracticeStep.Verb
# Where the city may still change it.
OPEN = (Stage.WRITING, Stage.RETURNED)


class PracticeRefused(Exception):
    """Nothing was written; a sentence for the reader."""


@dataclass(frozen=True)
class Offer:
    """What a city writes: `texts` are columns of one language ("problem_ru"), `facts` the others.

    `photo` with `alt`, what it shows, in the same language; `dropped` are keys of files and
    `dropped_pictures` of pictures to take out.
    """

    texts: Mapping[str, str]
    facts: Mapping[str, Any]
    topics: Sequence[Topic] = ()
    uploads: Sequence[UploadedFile] = ()
    dropped: Sequence[int] = ()
    photo: CheckedPicture | None = None
    alt: Mapping[str, str] = field(default_factory=dict)
    dropped_pictures: Sequence[int] = ()


@privatefiles.all_or_nothing()
def keep(
    practice: Practice | None, member: Member, offer: Offer, by: Any, *, seen: int = 0,
    language: str = "ru",
) -> Practice:  # fmt: skip
    """Keep what the city wrote, as a new practice or in its own one.

    seen: the version its form was opened with. Raises PracticeRefused, and ValidationError for a
    file that is not taken.
    """
    if practice is None:
        practice = Practice(member=member, source_language=language)
    else:
        practice = _of_city(practice, seen)
    for name, value in {**offer.texts, **offer.facts}.items():
        setattr(practice, name, value)
    if not practice.slug:
        practice.slug = free_slug(practice, practice.title_en or practice.title_ru)
    placing.place(practice)
    practice.save(by=by)
    practice.topics.set(offer.topics)
    _keep_files(practice, offer, by)
    _keep_pictures(practice, offer, by)
    return practice


def _of_city(practice: Practice, seen: int) -> Practice:
    practice = locked(practice)
    if practice.stage not in OPEN:
        raise PracticeRefused(_("The practice is with the secretariat and is not changed now."))
    if practice.version != seen:
        raise PracticeRefused(str(CONFLICT))
    return practice


def locked(practice: Practice) -> Practice:
    """The practice as it is now; other deeds about it wait until the transaction ends."""
    rows = Practice.objects.select_for_update(of=("self",)).select_related("member")
    return rows.get(pk=practice.pk)


def _keep_files(practice: Practice, offer: Offer, by: Any) -> None:
    for row in practice.files.filter(pk__in=offer.dropped).select_related("file"):
        row.delete()
        privatefiles.discard(row.file)
    if practice.files.count() + len(offer.uploads) > MOST_FILES:
        raise PracticeRefused(
            _("A practice has at most %(number)d files.") % {"number": MOST_FILES}
        )
    for upload in offer.uploads:
        stored = privatefiles.store(upload, PURPOSE, by, endings=ENDINGS)
        PracticeFile.objects.create(practice=practice, file=stored)


def _keep_pictures(practice: Practice, offer: Offer, by: Any) -> None:
    for row in practice.pictures.filter(pk__in=offer.dropped_pictures).select_related("picture"):
        row.delete()
        pictures.discard(row.picture)
    if offer.photo is None:
        return
    order = practice.pictures.count() + 1
    if order > MOST_PICTURES:
        raise PracticeRefused(
            _("A practice has at most %(number)d pictures.") % {"number": MOST_PICTURES}
        )
    made = pictures.make_picture(offer.photo, uploaded_by=by, **offer.alt)
    PracticePicture.objects.create(practice=practice, picture=made, order=order)


@transaction.atomic
def send(practice: Practice, by: Any) -> Practice:
    """Hand it to the secretariat; sent once is enough. Raises PracticeRefused."""
    practice = locked(practice)
    if practice.stage == Stage.SENT:
        return practice
    if practice.stage not in OPEN:
        raise PracticeRefused(_("The secretariat has decided on this practice already."))
    if lacks := lacking(practice):
        raise PracticeRefused(
            _("Before it is sent, tell also: %(fields)s.") % {"fields": ", ".join(lacks)}
        )
    practice.sent_by, practice.sent_at = by, timezone.now()
    placing.place(practice)
    return _step(practice, Stage.SENT, Verb.SENT, by)


def lacking(practice: Practice) -> list[str]:
    """The labels of what a reader cannot do without and nobody has written yet."""
    language = practice.source_language
    needed = ("summary", "problem", "action", "results")
    return [
        str(Practice._meta.get_field(name).verbose_name)
        for name in needed
        if not getattr(practice, f"{name}_{language}")
    ]


@transaction.atomic
def take_back(practice: Practice, by: Any) -> Practice:
    """The city takes back what it sent, to change it. Raises PracticeRefused."""
    practice = locked(practice)
    if practice.stage != Stage.SENT:
        raise PracticeRefused(_("Only what waits for the secretariat is taken back."))
    return _step(practice, Stage.WRITING, Verb.TAKEN_BACK, by)


@transaction.atomic
def accept(practice: Practice, by: Any, comment: str = "", *, seen: int | None = None) -> Practice:
    """Accept what waits, and publish it at once. Raises PracticeRefused.

    seen: the version that was on the screen of who decides; another one is refused.
    """
    practice = _waiting(practice, seen)
    practice.status = Practice.Status.PUBLISHED
    practice.published_at = practice.published_at or timezone.now()
    return _decided(practice, Stage.ACCEPTED, Verb.ACCEPTED, by, comment)


@transaction.atomic
def give_back(practice: Practice, by: Any, comment: str, *, seen: int | None = None) -> Practice:
    """Return what waits to the city with comments. Raises PracticeRefused."""
    return _decided(_waiting(practice, seen), Stage.RETURNED, Verb.RETURNED, by, _said(comment))


@transaction.atomic
def refuse(practice: Practice, by: Any, comment: str, *, seen: int | None = None) -> Practice:
    """Refuse what waits, with the reason. Raises PracticeRefused."""
    return _decided(_waiting(practice, seen), Stage.REFUSED, Verb.REFUSED, by, _said(comment))


def _said(comment: str) -> str:
    if not comment.strip():
        raise PracticeRefused(_("Say why: the city reads it."))
    return comment


def _waiting(practice: Practice, seen: int | None = None) -> Practice:
    practice = locked(practice)
    if practice.stage != Stage.SENT:
        raise PracticeRefused(_("This practice does not wait for a decision any more."))
    if seen is not None and practice.version != seen:
        raise PracticeRefused(_("The city changed the practice meanwhile: read it again."))
    return practice


def _decided(practice: Practice, stage: str, verb: str, by: Any, comment: str) -> Practice:
    practice = _step(practice, stage, verb, by, comment)
    letters.decision(practice, practice.steps.last())
    return practice


def _step(practice: Practice, stage: str, verb: str, by: Any, comment: str = "") -> Practice:
    practice.stage = stage
    practice.save(by=by)
    PracticeStep.objects.create(practice=practice, verb=verb, by=by, comment=comment)
    audit.record(f"practices.{verb}", practice, by, f"{practice.member}: {practice}")
    return practice
