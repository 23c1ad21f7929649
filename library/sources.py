"""What can be published in the library: apps say how a record of theirs becomes a publication."""

from collections.abc import Callable
from dataclasses import dataclass, field

from django.db import models

from content.languages import LANGUAGE_CODES
from content.models import PrivateFile


@dataclass(frozen=True)
class Draft:
    """A publication that is not yet stored.

    texts: "title_ru", "summary_en", "body_ru", "source_en" …; files: (language of
    `PublicationFile.Language`, the stored file); source_path: the page it comes from, as a path
    without its language ("/events/congress/"); is_open: whether everybody could read it before.
    """

    kind: str
    dated_on: object
    texts: dict[str, str]
    files: list[tuple[str, PrivateFile]] = field(default_factory=list)
    source_path: str = ""
    is_open: bool = True

    def missing(self) -> list[str]:
        """The languages in which a reader would find no title, or neither text nor file."""
        covered = {language for language, _file in self.files}
        return [
            code
            for code in LANGUAGE_CODES
            if not self.texts.get(f"title_{code}")
            or not (self.texts.get(f"body_{code}") or covered & {code, "both"})
        ]


@dataclass(frozen=True)
class Source:
    """A model whose records can be published: `draft` makes the Draft, `may` asks for a right."""

    model: type[models.Model]
    draft: Callable[[models.Model], Draft]
    permission: str


_sources: dict[str, Source] = {}


def register(source: Source) -> None:
    """Make the records of a model publishable."""
    _sources[source.model._meta.label_lower] = source


def of(label: str) -> Source | None:
    """The source of a model, by "app.model"; None when nobody registered it."""
    return _sources.get(label)


def without_language(path: str) -> str:
    """ "/ru/events/congress/" as "/events/congress/": a page that exists in every language."""
    first, _slash, rest = path.lstrip("/").partition("/")
    return f"/{rest}" if first in LANGUAGE_CODES else path
