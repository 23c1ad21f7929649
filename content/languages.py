"""Which language a value is in: fallback works both ways and is always marked."""

from collections.abc import Callable

from django.conf import settings
from django.db import models
from django.db.models import Q, Value
from django.db.models.functions import Coalesce
from django.db.models.lookups import GreaterThan
from django.utils import translation
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

LANGUAGE_CODES = tuple(code for code, _name in settings.LANGUAGES)


def reading_order(language: str | None = None) -> list[str]:
    """The languages to try for a reader, their own first."""
    language = language or (get_language() or settings.LANGUAGE_CODE)[:2]
    return [language, *(code for code in LANGUAGE_CODES if code != language)]


def in_language(record: models.Model, field: str, language: str | None = None) -> tuple[str, str]:
    """The text of a translated field for a reader, and the language it is in.

    Returns ("", the reader's language) when no language has it.
    """
    order = reading_order(language)
    for code in order:
        if text := getattr(record, f"{field}_{code}", None):
            return text, code
    return "", order[0]


def in_each(field: str, text: Callable[[], str]) -> dict[str, str]:
    """The columns of a translated field with what `text` gives in each language."""
    columns = {}
    for code in LANGUAGE_CODES:
        with translation.override(code):
            columns[f"{field}_{code}"] = str(text())
    return columns


def written_in(record: models.Model, title: str, body: str) -> list[str]:
    """The languages a record really exists in: titled, and with a text where any has a text.

    Pages in another language fall back; they are marked and not offered to search engines.
    """
    titled = [code for code in LANGUAGE_CODES if getattr(record, f"{title}_{code}", None)]
    with_text = [code for code in titled if getattr(record, f"{body}_{code}", None)]
    return with_text or titled


def only_in(
    records: models.QuerySet, language: str, title: str = "title", body: str = ""
) -> models.QuerySet:
    """The records that really exist in a language, as `written_in` judges; all for no language.

    `body` names the field of the text where the model has one.
    """
    if language not in LANGUAGE_CODES:
        return records
    found = records.filter(_has_text(title, language))
    if not body:
        return found
    anywhere = models.Q()
    for code in LANGUAGE_CODES:
        anywhere |= _has_text(title, code) & _has_text(body, code)
    return found.filter(_has_text(body, language) | ~anywhere)


def _has_text(field: str, code: str) -> Q:
    return Q(**{f"{field}_{code}__gt": ""})


def given_in_one_language(field: str) -> Q:
    """The condition that a translated field is given in at least one language.

    Language columns are nullable and NULL passes a CHECK, hence the Coalesce.
    """
    given = Q()
    for code in LANGUAGE_CODES:
        given |= Q(GreaterThan(Coalesce(f"{field}_{code}", Value("")), Value("")))
    return given


def one_language_required(field: str, name: str) -> models.CheckConstraint:
    """The constraint that a translated field is given in at least one language."""
    return models.CheckConstraint(
        condition=given_in_one_language(field),
        name=name,
        violation_error_message=_("Give it in Russian or in English."),
    )
