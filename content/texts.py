"""Texts as they are stored: NFC, without characters that nobody sees or that turn the order."""

import re
import unicodedata

from django.db import models
from modeltranslation.translator import NotRegistered, translator

UNSEEN = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\u202a-\u202e\u2066-\u2069]")


def tidy(text: str) -> str:
    """NFC, no control characters (they break feeds), no marks that turn the reading order."""
    return UNSEEN.sub("", unicodedata.normalize("NFC", text))


def tidy_texts(record: models.Model) -> None:
    """Tidy every text of a record in memory, in each of its languages.

    The base column of a translated field is left alone: writing it would write a language.
    """
    try:
        translated = set(translator.get_options_for_model(type(record)).get_field_names())
    except NotRegistered:
        translated = set()
    for field in record._meta.concrete_fields:
        if not isinstance(field, models.CharField | models.TextField) or field.name in translated:
            continue
        value = record.__dict__.get(field.attname)
        if isinstance(value, str) and (tidied := tidy(value)) != value:
            setattr(record, field.attname, tidied)
