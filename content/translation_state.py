"""Keeps the state of translations: bound to the text they were made from, never to a time stamp.

Saving without a change of the text, or moving a record, outdates nothing.
"""

import functools
import hashlib
import re
from collections.abc import Sequence
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db import models, transaction
from django.utils import timezone
from modeltranslation.translator import translator

from content import audit
from content.languages import LANGUAGE_CODES
from content.models.translation import TranslationState

BLOCK_END = re.compile(r"(?<=</p>)|(?<=</h2>)|(?<=</h3>)|(?<=</li>)|(?<=</blockquote>)|\n{2,}")


def paragraphs(text: str | None) -> list[str]:
    """The blocks of a plain or rich text, without the empty ones."""
    return [block.strip() for block in BLOCK_END.split(text or "") if block.strip()]


def _hash(text: str) -> str:
    return hashlib.sha256(" ".join(text.split()).encode()).hexdigest()[:16]


def translated_fields(record: models.Model) -> list[str]:
    """Names of the fields that a record keeps in both languages."""
    return _translated_fields(type(record))


@functools.cache
def _translated_fields(model: type[models.Model]) -> list[str]:
    return sorted(translator.get_options_for_model(model).get_field_names())


def _texts(record: models.Model, language: str) -> dict[str, str]:
    return {
        field: getattr(record, f"{field}_{language}") or "" for field in translated_fields(record)
    }


def _fingerprint(texts: dict[str, str]) -> dict[str, list[str]]:
    return {
        field: [_hash(block) for block in paragraphs(text)] for field, text in texts.items() if text
    }


def keep(record: models.Model, *, small_edit: bool = False, by: Any = None) -> None:
    """Bring the translation states of a saved record up to date.

    `small_edit` says that the change of the source needs no new translation; `by` said so.
    """
    source = _texts(record, record.source_language)
    made_from = _fingerprint(source)
    content_type = ContentType.objects.get_for_model(record)
    known = {
        row.language: row
        for row in TranslationState.objects.filter(content_type=content_type, object_id=record.pk)
    }
    known.pop(record.source_language, None)
    for language in LANGUAGE_CODES:
        if language == record.source_language:
            TranslationState.objects.filter(
                content_type=content_type, object_id=record.pk, language=language
            ).delete()
            continue
        row = known.get(language) or TranslationState(
            content_type=content_type, object_id=record.pk, language=language
        )
        if _judge(row, source, made_from, _texts(record, language), small_edit, by, record):
            row.save()


def keep_many(records: Sequence[models.Model]) -> None:
    """Bring the translation states of records of one model up to date, in three statements."""
    if not records:
        return
    content_type = ContentType.objects.get_for_model(records[0])
    states = TranslationState.objects.filter(
        content_type=content_type, object_id__in=[record.pk for record in records]
    )
    known = {(row.object_id, row.language): row for row in states}
    sources, changed = [], []
    for record in records:
        source = _texts(record, record.source_language)
        made_from = _fingerprint(source)
        for language in LANGUAGE_CODES:
            row = known.get((record.pk, language))
            if language == record.source_language:
                sources += [row.pk] if row else []
                continue
            row = row or TranslationState(
                content_type=content_type, object_id=record.pk, language=language
            )
            if _judge(row, source, made_from, _texts(record, language), False, None, record):
                changed.append(row)
    TranslationState.objects.filter(pk__in=sources).delete()
    TranslationState.objects.bulk_create(
        changed,
        update_conflicts=True,
        unique_fields=["content_type", "object_id", "language"],
        update_fields=["state", "made_from", "made_from_texts", "text_hashes", "changed_at"],
    )


def _judge(row, source, made_from, texts, small_edit, by, record) -> bool:
    """Set the state of one translation, unsaved; says whether anything changed.

    Each field counts by itself: a translated field that was changed now stands for its present
    source, the others go on standing for the source they were made from.
    """
    before = (row.state, row.made_from, row.text_hashes, row.made_from_texts)
    hashes = {field: _hash(text) for field, text in texts.items() if text}
    known = {field: row.made_from[field] for field in made_from if field in row.made_from}
    for field, fingerprint in made_from.items():
        if field in hashes and hashes[field] != row.text_hashes.get(field):
            known[field] = fingerprint
    stale = [
        field for field in made_from if field in hashes and known.get(field) != made_from[field]
    ]
    if stale and small_edit and row.state == TranslationState.State.CURRENT:
        known, stale = made_from, []
        audit.record("translation.small_edit", record, by, f"{row.language}: small edit")
    known = known if hashes else {}
    row.made_from_texts = _texts_behind(row, known, made_from, source)
    row.made_from, row.text_hashes = known, hashes
    row.state = _state(made_from, hashes, stale)
    if row.state != before[0]:
        row.changed_at = timezone.now()
    after = (row.state, row.made_from, row.text_hashes, row.made_from_texts)
    return row._state.adding or before != after


def _texts_behind(row, known: dict, made_from: dict, source: dict[str, str]) -> dict:
    """The source paragraphs that each translated field was made from, as far as they are known.

    What differs in white space alone is no other text, and is not written anew.
    """
    texts = {}
    for field, fingerprint in known.items():
        kept = row.made_from_texts.get(field)
        if kept is not None and [_hash(text) for text in kept] == fingerprint:
            texts[field] = kept
        elif fingerprint == made_from.get(field):
            texts[field] = paragraphs(source[field])
    return texts


def _state(made_from: dict, hashes: dict, stale: list[str]) -> str:
    if not hashes:
        return TranslationState.State.MISSING
    if stale:
        return TranslationState.State.OUTDATED
    is_complete = all(field in hashes for field in made_from)
    return TranslationState.State.CURRENT if is_complete else TranslationState.State.DRAFT


def stands(record: models.Model, language: str, *, by: Any) -> bool:
    """Somebody looked at an outdated translation and found that it still fits; the log says who.

    Returns whether there was anything to say it of.
    """
    with transaction.atomic():
        row = (
            TranslationState.objects.select_for_update()
            .filter(
                content_type=ContentType.objects.get_for_model(record),
                object_id=record.pk,
                language=language,
                state=TranslationState.State.OUTDATED,
            )
            .first()
        )
        if row is None:
            return False
        made_from = _fingerprint(_texts(record, record.source_language))
        row.made_from = {field: made_from[field] for field in made_from if field in row.text_hashes}
        _judge_and_save(row, record)
        audit.record("translation.stands", record, by, f"{language}: the translation stands")
    return True


def _judge_and_save(row: TranslationState, record: models.Model) -> None:
    source = _texts(record, record.source_language)
    texts = _texts(record, row.language)
    _judge(row, source, _fingerprint(source), texts, False, None, record)
    row.save()


def forget(record: models.Model) -> None:
    """Drop the states of a record that is being deleted."""
    content_type = ContentType.objects.get_for_model(record)
    TranslationState.objects.filter(content_type=content_type, object_id=record.pk).delete()


def outdated_paragraphs(record: models.Model, language: str) -> dict[str, list[str]]:
    """Per outdated field, the source paragraphs that changed since the translation was made.

    An empty list: paragraphs were only taken away or put in another order.
    """
    row = TranslationState.objects.filter(
        content_type=ContentType.objects.get_for_model(record),
        object_id=record.pk,
        language=language,
        state=TranslationState.State.OUTDATED,
    ).first()
    if row is None:
        return {}
    source = _texts(record, record.source_language)
    return {
        field: [block for block in paragraphs(source[field]) if _hash(block) not in known]
        for field, fingerprint in _fingerprint(source).items()
        if field in row.text_hashes and (known := row.made_from.get(field, [])) != fingerprint
    }
