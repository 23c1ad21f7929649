"""Makes results searchable, by the names of their cities; nothing before its moment."""

import datetime

from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from content import search
from content.languages import LANGUAGE_CODES, in_language
from standings.models import Seal


def texts(seal: Seal) -> dict[str, search.Text]:
    """One entry for an edition, that of its first seal: a correction has the same page."""
    if seal.revision > 1:
        return {}
    edition = seal.edition
    responses = edition.responses.counted().select_related("member")
    cities = [(one, one.member) for one in responses]
    spellings = {
        name for _one, member in cities if member for name in member.name_search.split("\n")
    }
    found = {}
    for code in LANGUAGE_CODES:
        with translation.override(code):
            found[code] = search.Text(
                title=": ".join([gettext("Results"), in_language(edition, "title", code)[0]]),
                text=", ".join(one.name_in(code) for one, _member in cities),
                names=" ".join(sorted(spellings)),
                url=reverse("standings:results", args=[edition.rating.slug, edition.slug]),
                dated_on=seal.sealed_at.date(),
            )
    return found


def visible_from(seal: Seal) -> datetime.datetime | None:
    """The last of three moments: of the seal, of its edition, of the rating."""
    edition = seal.edition
    moments = [seal.published_at, edition.visible_from, edition.rating.visible_from]
    return None if None in moments else max(moments)


search.register(
    search.Kind(
        model=Seal,
        label=_("Results of ratings"),
        texts=texts,
        visible_from=visible_from,
        queryset=lambda: Seal.objects.select_related("edition__rating").defer("canonical"),
    )
)
