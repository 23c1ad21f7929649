"""The papers of an event: every upload is a version, what comes late says so."""

from collections.abc import Iterable

from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from content import audit, cacheversion, privatefiles
from content.dates import local_day
from content.languages import LANGUAGE_CODES, in_language
from content.models import PrivateFile
from library.models import Publication
from library.sources import Draft, Source, register, without_language
from programme.models import DocumentVersion, EventDocument

PURPOSE = "event-document"
ENDINGS = (".pdf", ".docx", ".xlsx", ".jpg", ".jpeg", ".png", ".webp")
Kind = EventDocument.Kind


@privatefiles.all_or_nothing()
def upload(document: EventDocument, file: UploadedFile, by) -> DocumentVersion:
    """Keep an upload as the next version of a stored document.

    Raises ValidationError for files that are not taken, and for a recording.
    """
    return keep(document, privatefiles.store(file, PURPOSE, by, endings=ENDINGS), by)


@transaction.atomic
def keep(document: EventDocument, file: PrivateFile, by, at=None) -> DocumentVersion:
    """Make a stored file the newest version; earlier ones stay. `at`: now unless given.

    A document that is due and comes later is late; slides and corrections of what was there in
    time are not.
    """
    stored = EventDocument.objects.select_for_update(of=("self",)).get(pk=document.pk)
    if stored.kind == Kind.RECORDING:
        raise ValidationError(_("A recording has an address, not a file."), code="recording")
    now = at or timezone.now()
    version = DocumentVersion.objects.create(
        document=stored, number=stored.versions.count() + 1, file=file, uploaded_by=by,
        uploaded_at=now, is_late=stored.kind == Kind.DOCUMENT and now > stored.deadline,
    )  # fmt: skip
    document.file, document.uploaded_at = file, now
    document.is_late = version.is_late
    document.save(update_fields=["file", "uploaded_at", "is_late"])
    audit.record("programme.document.uploaded", document, by, f"{version}")
    return version


@transaction.atomic
def release(documents: Iterable[EventDocument], by) -> int:
    """Show to readers what speakers sent; how many were not shown before."""
    waiting = EventDocument.objects.filter(pk__in=[one.pk for one in documents], is_shown=False)
    found = list(waiting.select_for_update(of=("self",)))
    EventDocument.objects.filter(pk__in=[one.pk for one in found]).update(is_shown=True)
    for document in found:
        audit.record("programme.document.released", document, by, str(document))
    if found:
        cacheversion.bump()
    return len(found)


def with_content(documents: QuerySet[EventDocument]) -> QuerySet[EventDocument]:
    """Those that there is something to fetch of, in their order, with what a list reads."""
    found = documents.filter(Q(file__isnull=False) | Q(kind=Kind.RECORDING))
    return found.select_related("file", "event", "session", "item").order_by("order", "pk")


def as_publication(document: EventDocument) -> Draft:
    """A document as the library takes it, with the one of the same name in the other language."""
    event, item = document.event, document.item
    pair = [one for one in (document, _twin(document)) if one and one.file]
    texts = {}
    for code in LANGUAGE_CODES:
        title = in_language(event, "title", code)[0]
        point = in_language(item, "title", code)[0] if item else ""
        texts[f"title_{code}"] = getattr(document, f"title_{code}") or ""
        texts[f"source_{code}"] = (f"{title}. {item.order}. {point}" if item else title)[:300]
    return Draft(
        kind=Publication.Kind.SLIDES if document.kind == Kind.SLIDES else Publication.Kind.REPORT,
        dated_on=local_day(event.starts_at, event.zone),
        texts=texts,
        files=[(one.language, one.file) for one in pair],
        source_path=without_language(event.get_absolute_url()) if event.is_public() else "",
        is_open=all(one.access == EventDocument.Access.PUBLIC and one.is_shown for one in pair),
    )


def _twin(document: EventDocument) -> EventDocument | None:
    same = Q()
    for code in LANGUAGE_CODES:
        if title := getattr(document, f"title_{code}"):
            same |= Q(**{f"title_{code}": title})
    others = document.event.documents.filter(same, kind=document.kind, file__isnull=False)
    other = {"ru": "en", "en": "ru"}.get(document.language, "")
    return others.exclude(pk=document.pk).filter(language=other).select_related("file").first()


register(
    Source(
        model=EventDocument, draft=as_publication, permission="programme.view_eventdocument"
    )
)  # fmt: skip
