"""Publishing in the library: one record, one publication, whoever presses twice."""

import hashlib

from django.db import connection, models, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from content import audit
from content.languages import LANGUAGE_CODES
from content.slugs import free_slug
from library import sources
from library.models import Publication, PublicationFile
from library.sources import Draft


class PublishingRefused(Exception):
    """Nothing was published; the text says why."""


@transaction.atomic
def publish(origin: models.Model, by, *, although_incomplete: bool = False) -> Publication:
    """Publish a record that an app registered with `library.sources`; the first call makes it.

    Raises PublishingRefused when a language lacks its title or its text and nobody said
    `although_incomplete`, and when the record has nothing to read.
    """
    draft = draft_of(origin)
    _lock(origin)
    if published := Publication.objects.of(origin).first():
        return published
    if len(draft.missing()) == len(LANGUAGE_CODES):
        raise PublishingRefused(_("There is neither a file nor a text to publish."))
    if draft.missing() and not although_incomplete:
        raise PublishingRefused(_("One of the languages is missing. Confirm that it may be."))
    publication = _write(origin, draft, by)
    audit.record("library.published", publication, by, f"{origin._meta.label_lower} {origin.pk}")
    return publication


def draft_of(origin: models.Model) -> Draft:
    """What would be published of a record. Raises PublishingRefused for unknown models."""
    source = sources.of(origin._meta.label_lower)
    if source is None:
        raise PublishingRefused(_("Records of this kind are not published in the library."))
    return source.draft(origin)


def _write(origin: models.Model, draft: Draft, by) -> Publication:
    publication = Publication(
        kind=draft.kind, dated_on=draft.dated_on, source_path=draft.source_path, origin=origin,
        status=Publication.Status.PUBLISHED, published_at=timezone.now(), **draft.texts,
    )  # fmt: skip
    publication.slug = free_slug(publication, publication.title_en or publication.title_ru or "")
    publication.save(by=by)
    for language, file in draft.files:
        PublicationFile.objects.create(publication=publication, language=language, file=file)
    return publication


def _lock(origin: models.Model) -> None:
    """Publications of one record are made one after another until the transaction ends."""
    name = f"library {origin._meta.label_lower} {origin.pk}"
    key = hashlib.blake2b(name.encode(), digest_size=8).digest()
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [int.from_bytes(key, signed=True)])
