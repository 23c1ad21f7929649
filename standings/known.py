"""Places of past editions, of which only what is publicly known is kept: by staff, with sources."""

from django.db import transaction

from content import cacheversion
from content.sortkeys import sort_key
from ratings.models import Edition
from standings.models import Standing


def keep(standing: Standing) -> Standing:
    """Save a known place: a member gives it name and country, pages are renewed."""
    member = standing.member
    if member is not None:
        standing.name_ru = standing.name_ru or member.name_ru or ""
        standing.name_en = standing.name_en or member.name_en or ""
        standing.country = standing.country or member.country
    standing.sort_key_ru = sort_key(standing.name_ru or standing.name_en)[:300]
    standing.sort_key_en = sort_key(standing.name_en or standing.name_ru)[:300]
    with transaction.atomic():
        standing.save()
        cacheversion.bump()
    return standing


def forget(standing: Standing) -> None:
    """Take a known place away. Places of sealed results stay: a trigger refuses."""
    with transaction.atomic():
        standing.delete()
        cacheversion.bump()


def takes_known(edition: Edition | None) -> bool:
    """Whether an edition is a past one, of which places are typed in."""
    return edition is not None and edition.kind == Edition.Kind.KNOWN
