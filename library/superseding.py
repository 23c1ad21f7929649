"""Which text holds: a publication is superseded by a later one, never in a circle."""

from typing import TYPE_CHECKING

from django.core.exceptions import ValidationError
from django.db import connection
from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from library.models import Publication

# One number for all: chains are few, and a circle may run through any of them.
LOCK = 7_301_907


def lock() -> None:
    """Changes of what supersedes what are made one after another until the transaction ends."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [LOCK])


def check(publication: "Publication") -> None:
    """Raise ValidationError for a circle, and for an edition of an edition."""
    _check_edition(publication)
    seen, following = {publication.pk}, publication.superseded_by_id
    while following is not None:
        if following in seen:
            raise ValidationError(
                {"superseded_by": _("These publications would supersede one another in a circle.")}
            )
        seen.add(following)
        following = _next(publication, following)


def _next(publication: "Publication", pk: int) -> int | None:
    rows = type(publication).objects.filter(pk=pk).values_list("superseded_by", flat=True)
    return rows.first()


def _check_edition(publication: "Publication") -> None:
    if publication.edition_of_id is None:
        return
    has_own = publication.pk is not None and publication.editions.exists()
    if has_own or publication.edition_of.edition_of_id is not None:
        raise ValidationError(
            {"edition_of": _("Name the first edition: an edition has no editions of its own.")}
        )


def valid_text(publication: "Publication") -> "Publication":
    """The publication that holds today: the last one of the chain the public may see."""
    current = publication
    while current.superseded_by_id is not None and current.superseded_by.is_public():
        current = current.superseded_by
    return current
