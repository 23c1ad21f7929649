"""The library: publications with those of their files that everybody may fetch."""

import datetime
from collections.abc import Sequence
from typing import Literal

from django.conf import settings
from django.db.models import QuerySet
from django.utils import translation
from django.utils.translation import gettext_noop
from pydantic import Field

from content.languages import LANGUAGE_CODES
from content.richtext import plain_text
from library.models import Publication, PublicationFile
from opendata.columns import (
    LICENCE,
    PARTIAL,
    TOPICS,
    Column,
    Row,
    addresses,
    at,
    bilingual,
    changed,
    key,
    kind_column,
    moment,
    on,
    pages,
    slug,
    texts,
)
from opendata.resources.base import SLUG, Asked, AskedList, Resource

COLUMNS = (
    key(), slug("report-2025"),
    kind_column(gettext_noop("Kind of publication"), Publication.Kind),
    *bilingual("title", gettext_noop("Title"), "Отчёт за 2025 год", "Report for 2025"),
    *bilingual("summary", gettext_noop("Summary"), "…", "…"),
    *bilingual("text", gettext_noop("Text without markup"), "…", "…"),
    Column("dated_on", str, gettext_noop("Date of the document, as exact as known"), "2025-12",
           pattern=PARTIAL),
    Column("series", str, gettext_noop("Series, by its address"), "gold"),
    Column("volume", int, gettext_noop("Volume of the series"), 6),
    Column("issued_by", str, gettext_noop("Body that issued it, by its address"), "council"),
    Column("country", str, gettext_noop("Country it is about, code of ISO 3166-1"), None),
    Column("superseded_by", int, gettext_noop("Number of the publication that replaces it"), None),
    *bilingual("file", gettext_noop("Address of the file to read"),
               "https://example.org/ru/library/report-2025/7/",
               "https://example.org/en/library/report-2025/8/"),
    *bilingual("file_pages", gettext_noop("Pages of that file"), 48, 46, kind=int),
    Column("files", list, gettext_noop("Addresses of all its files, in any language"),
           ["https://example.org/ru/library/report-2025/7/"]),
    moment("published_at", gettext_noop("When it became public")),
    TOPICS, LICENCE, *pages("/library/report-2025/"), changed(),
)  # fmt: skip


class AskedPublications(AskedList):
    kind: Literal[tuple(Publication.Kind.values)] | None = Field(  # type: ignore[valid-type]
        None, description=gettext_noop("Kind of publication")
    )
    year: int | None = Field(
        None, ge=1900, le=2100, description=gettext_noop("Year of the document")
    )
    topic: str | None = Field(
        None, pattern=SLUG, examples=["culture"],
        description=gettext_noop("Topic or goal, by its address"),
    )  # fmt: skip
    series: str | None = Field(
        None, pattern=SLUG, examples=["gold"], description=gettext_noop("Series, by its address")
    )


PLAIN = {
    "kind": "kind", "year": "dated_on__year", "topic": "topics__slug", "series": "series__slug",
}  # fmt: skip


def find(asked: AskedPublications | Asked, _day: datetime.date) -> QuerySet[Publication]:
    """Published publications, those dated last first."""
    chosen = {
        column: value for name, column in PLAIN.items() if (value := getattr(asked, name, None))
    }
    publications = Publication.objects.published().filter(**chosen)
    return (
        publications.select_related("series", "issued_by", "country", "superseded_by")
        .with_files()
        .prefetch_related("topics")
        .order_by("-dated_on", "-pk")
    )


def rows(publications: Sequence[Publication], _day: datetime.date) -> list[Row]:
    return [_row(one) for one in publications]


def _row(one: Publication) -> Row:
    newer = one.superseded_by
    return {
        "id": one.pk, "slug": one.slug, "kind": one.kind, **texts(one, "title", "summary"),
        "text_ru": plain_text(one.body_ru or "") or None,
        "text_en": plain_text(one.body_en or "") or None,
        "dated_on": on(one.dated_on, one.date_precision),
        "series": one.series.slug if one.series else None, "volume": one.volume,
        "issued_by": one.issued_by.slug if one.issued_by else None,
        "country": one.country.code if one.country else None,
        "superseded_by": newer.pk if newer and newer.is_public() else None,
        **_files(one), "published_at": at(one.published_at),
        "topics": [topic.slug for topic in one.topics.all()], "licence": one.licence,
        **addresses(one), "changed_at": at(one.updated_at),
    }  # fmt: skip


def _files(publication: Publication) -> Row:
    """Files for everybody alone: those for members and staff are not even named."""
    files = [one for one in publication.files.all() if not one.is_closed]
    for one in files:
        one.publication = publication
    found: Row = {"files": [_address(one) for one in files]}
    for code in LANGUAGE_CODES:
        fit = [one for one in files if one.language in (code, PublicationFile.Language.BOTH)]
        own = min(fit, key=lambda one, code=code: one.language != code, default=None)
        found[f"file_{code}"] = _address(own, code) if own else None
        found[f"file_pages_{code}"] = own.pages if own else None
    return found


def _address(file: PublicationFile, language: str = "") -> str:
    own = file.language if file.language in LANGUAGE_CODES else LANGUAGE_CODES[0]
    with translation.override(language or own):
        return f"{settings.SITE_URL}{file.get_absolute_url()}"


PUBLICATIONS = Resource(
    code="publications", title=gettext_noop("Publications"), schema="Publication",
    summary=gettext_noop("Reports, declarations, decisions of the library, the latest first"),
    columns=COLUMNS, asked=AskedPublications, find=find, rows=rows,
)  # fmt: skip
