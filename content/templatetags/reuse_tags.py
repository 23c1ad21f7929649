"""How others may use a page: its licence, and a line to copy with it."""

from django import template
from django.conf import settings
from django.db import models
from django.utils.translation import gettext

from content.languages import in_language
from content.licences import ADDRESSES, Licence

register = template.Library()


def licence_of(record: models.Model) -> Licence:
    """The licence that a record gives; CC BY 4.0 where it has none of its own."""
    return Licence(getattr(record, "licence", "") or Licence.CC_BY)


def attribution_line(title: str, path: str, licence: Licence) -> str:
    """Title, association, address and licence in one line of plain text."""
    words = str(licence.label) if licence == Licence.RESERVED else short_name(licence)
    publisher = gettext("UCLG-Eurasia")
    return f"{title} – {publisher}, {settings.SITE_URL}{path}, {words}"


def short_name(licence: Licence) -> str:
    """CC BY 4.0, as the licences themselves ask to be named."""
    return {
        Licence.CC_BY: "CC BY 4.0", Licence.CC_BY_SA: "CC BY-SA 4.0", Licence.CC0: "CC0 1.0",
    }.get(licence, "")  # fmt: skip


@register.inclusion_tag("content/includes/attribution.html")
def attribution(record: models.Model, prefix: str = "", path: str = "") -> dict:
    """“Copy with attribution”: the line in a field, with a button where scripts run.

    `prefix` and `path` are for a page about a part of the record: "Results", its address.
    """
    licence = licence_of(record)
    title = in_language(record, getattr(record, "title_field", "title"))[0]
    named = f"{prefix}: {title}" if prefix else title
    return {
        "line": attribution_line(named, path or record.get_absolute_url(), licence),
        "licence_name": short_name(licence),
        "licence_url": ADDRESSES.get(licence, ""),
    }
