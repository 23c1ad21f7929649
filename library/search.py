"""Makes the library searchable: titles, texts, and what is written in the files for everybody."""

from dataclasses import replace

from django.utils.translation import gettext_lazy as _

from content import search
from content.languages import LANGUAGE_CODES
from library.models import Publication, PublicationFile

Language = PublicationFile.Language


def texts(publication: Publication) -> dict[str, search.Text]:
    """Each language with the text of its file; a file in both languages counts for each."""
    names = [publication.source_ru, publication.source_en, *_volume_names(publication)]
    found = search.texts_of(
        publication, "title", "summary", "body", names=names, dated_on=publication.dated_on,
        topics=(topic.pk for topic in publication.topics.all()),
        is_superseded=publication.superseded_by_id is not None,
    )  # fmt: skip
    written = _written(publication)
    return {
        code: replace(text, text=f"{text.text}\n{written[code]}".strip())
        for code, text in found.items()
    }


def _written(publication: Publication) -> dict[str, str]:
    """What the files for everybody say, by language."""
    parts: dict[str, list[str]] = {code: [] for code in LANGUAGE_CODES}
    for row in publication.files.all():
        for code in LANGUAGE_CODES:
            if row.text and not row.is_closed and row.language in (code, Language.BOTH):
                parts[code].append(row.text)
    return {code: "\n".join(found) for code, found in parts.items()}


def _volume_names(publication: Publication) -> list[str]:
    """ "GOLD IV" and the theme: what people call a volume by."""
    series = publication.series
    if series is None:
        return []
    titles = [series.title_ru, series.title_en]
    words = [f"{title} {publication.volume_text}".strip() for title in titles if title]
    return [*words, publication.theme_ru or "", publication.theme_en or ""]


search.register(
    search.Kind(
        model=Publication,
        label=_("Library"),
        texts=texts,
        visible_from=lambda publication: publication.visible_from,
        queryset=lambda: Publication.objects.select_related("series").prefetch_related(
            "files", "topics"
        ),
    )
)
