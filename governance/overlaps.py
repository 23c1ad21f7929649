"""Periods that may not meet: the refusal names the other period and its days."""

from django.core.exceptions import ValidationError
from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from content.dated import Dated
from content.dates import partial_text, since_text


def overlapping(row: Dated, others: QuerySet) -> QuerySet:
    """Those of `others` that are valid on a day on which `row` is; never `row` itself."""
    found = others.exclude(pk=row.pk)
    if row.ends_on:
        found = found.filter(Q(starts_on__isnull=True) | Q(starts_on__lte=row.ends_on))
    if row.starts_on:
        found = found.filter(Q(ends_on__isnull=True) | Q(ends_on__gte=row.starts_on))
    return found


def refuse_overlap(row: Dated, others: QuerySet) -> None:
    """Raise ValidationError with the name and the days of the first row that `row` meets.

    A row that ends before it starts is left to its own constraint.
    """
    if row.starts_on and row.ends_on and row.ends_on < row.starts_on:
        return
    other = overlapping(row, others).first()
    if other is not None:
        raise ValidationError(
            _("These days overlap with “%(other)s” (%(days)s). End it first or change the days.")
            % {"other": other, "days": days_text(other)},
            code="overlap",
        )


def days_text(row: Dated) -> str:
    """The days of a row in the active language, never more precise than they are known.

    "1 May 2019 – 14 October 2025"; "since May 2019"; "until 2025"; "days not known".
    """
    if row.starts_on and row.ends_on:
        first = partial_text(row.starts_on, row.starts_precision)
        return f"{first} – {partial_text(row.ends_on, row.ends_precision)}"
    if row.starts_on:
        return _("since %(day)s") % {"day": since_text(row.starts_on, row.starts_precision)}
    if row.ends_on:
        return _("until %(day)s") % {"day": since_text(row.ends_on, row.ends_precision)}
    return _("days not known")
