"""The period of an undertaking in words."""

from django.utils.translation import gettext as _

from content.dated import Dated
from content.dates import partial_text, since_text


def period(record: Dated) -> str:
    """ "2019–2021", "since May 2020"; never more precise than it is known; empty when unknown."""
    start, end = record.starts_on, record.ends_on
    if start and end:
        first = partial_text(start, record.starts_precision)
        last = partial_text(end, record.ends_precision)
        if first == last:
            return first
        short = record.starts_precision == record.ends_precision == "year"
        return f"{first}–{last}" if short else f"{first} – {last}"
    if start:
        return _("since %(day)s") % {"day": since_text(start, record.starts_precision)}
    if end:
        return _("until %(day)s") % {"day": since_text(end, record.ends_precision)}
    return ""
