"""The rows of the library's lists and what its pages say of one publication."""

from dataclasses import dataclass

from django.utils.text import capfirst
from django.utils.translation import get_language, pgettext

from content.languages import in_language, reading_order
from content.models import Picture
from library.models import Publication, PublicationFile


def rows(publications) -> list[dict]:
    """Rows of a list: expects what `for_reading` fetches."""
    return [row_of(one) for one in publications]


def row_of(publication: Publication) -> dict:
    """What a list says of one publication."""
    title, language = in_language(publication, "title")
    files = files_for(publication)
    return {
        "publication": publication,
        "url": publication.get_absolute_url(),
        "title": title,
        "lang": language if language != reading_order()[0] else "",
        "kind": capfirst(publication.get_kind_display()),
        "volume": volume_words(publication),
        "cover": cover_of(files),
        "files": files,
    }


def files_for(publication: Publication) -> list[PublicationFile]:
    """The files of a publication that readers learn of, that in their language first.

    Files for staff alone are not among them; those for members are, marked as such.
    """
    order = [(get_language() or "ru")[:2], "both"]
    found = [
        one for one in publication.files.all() if one.audience != PublicationFile.Audience.STAFF
    ]
    for one in found:
        one.publication = publication
    return sorted(
        found, key=lambda one: order.index(one.language) if one.language in order else len(order)
    )


def cover_of(files: list[PublicationFile]) -> Picture | None:
    """The cover in the reader's language, or in another one where that has none."""
    return next((one.cover for one in files if one.cover is not None), None)


def volume_words(publication: Publication) -> str:
    """The series and the volume in words: "GOLD IV"; empty outside of a series."""
    if publication.series_id is None:
        return ""
    series = in_language(publication.series, "title")[0]
    words = pgettext("series and volume", "%(series)s %(volume)s")
    return (words % {"series": series, "volume": publication.volume_text}).strip()


@dataclass(frozen=True)
class Neighbours:
    """Other publications that a page leads to; public ones only."""

    valid: Publication | None
    replaced: list[Publication]
    editions: list[Publication]
    volumes: list[Publication]


def neighbours(publication: Publication, valid: Publication) -> Neighbours:
    """What holds instead (None: it is valid), what it replaced, its editions and its series."""
    shown = Publication.objects.published().select_related("series")
    first = publication.edition_of_id or publication.pk
    editions = shown.filter(edition_of=first) | shown.filter(pk=first)
    volumes = shown.none()
    if publication.series_id:
        volumes = shown.filter(series=publication.series_id, edition_of=None).order_by(
            "volume", "dated_on"
        )
    return Neighbours(
        valid=valid if valid != publication else None,
        replaced=list(shown.filter(superseded_by=publication)),
        editions=[one for one in editions.order_by("dated_on", "pk") if one != publication],
        volumes=list(volumes),
    )
