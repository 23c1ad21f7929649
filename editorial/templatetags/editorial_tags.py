"""What the desk adds to public pages."""

from django import template
from django.db import models

from content.languages import LANGUAGE_CODES
from editorial.models import Correction

register = template.Library()


@register.inclusion_tag("editorial/includes/corrections.html")
def corrections(record: models.Model) -> dict:
    """The corrections of a record with their dates, the oldest first; nothing without any."""
    return {"corrections": Correction.objects.about(record)}


@register.filter
def language_word(code: str) -> str:
    """Whether a column of a comparison is in a language: "ru", "en" or nothing."""
    return code if code in LANGUAGE_CODES else ""
