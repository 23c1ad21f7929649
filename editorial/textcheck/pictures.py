"""Pictures that hang on a record: described in every language that the record is in?

Foreign keys to a picture are found by themselves; galleries are registered by their apps.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field

from django.db import models
from django.utils.translation import gettext as _

from content.languages import LANGUAGE_CODES
from content.models import Picture
from editorial.textcheck.findings import Finding


@dataclass(frozen=True)
class Shown:
    """A picture of a record as readers meet it: its name for staff, its words by language.

    `captions` None: captions are not asked for here.
    """

    name: str
    is_decorative: bool
    alts: dict[str, str] = field(default_factory=dict)
    captions: dict[str, str] | None = None


_galleries: dict[type[models.Model], Callable[[models.Model], Iterable[Shown]]] = {}


def register(model: type[models.Model], shown: Callable[[models.Model], Iterable[Shown]]) -> None:
    """`shown` gives the pictures of a gallery, beside those that foreign keys name."""
    _galleries[model] = shown


def of_picture(picture: Picture, *, with_caption: bool = False) -> Shown:
    """A picture with its own words."""
    return Shown(
        name=str(picture),
        is_decorative=picture.is_decorative,
        alts={code: getattr(picture, f"alt_{code}") or "" for code in LANGUAGE_CODES},
        captions=(
            {code: getattr(picture, f"caption_{code}") or "" for code in LANGUAGE_CODES}
            if with_caption
            else None
        ),
    )


def shown_on(record: models.Model) -> list[Shown]:
    """All pictures of a record."""
    own = [
        of_picture(picture)
        for one in record._meta.concrete_fields
        if one.related_model is Picture and (picture := getattr(record, one.name))
    ]
    gallery = _galleries.get(type(record))
    return own + (list(gallery(record)) if gallery and record.pk else [])


def undescribed(record: models.Model, languages: list[str]) -> Iterator[Finding]:
    """Pictures without a description or a caption in a language of the record; equal captions."""
    pictures = [shown for shown in shown_on(record) if not shown.is_decorative]
    for language in languages:
        seen: set[str] = set()
        for shown in pictures:
            if not shown.alts.get(language):
                yield _finding("missing-alt", language, shown, _no_alt(language, shown))
            if shown.captions is None:
                continue
            caption = shown.captions.get(language, "")
            if not caption:
                yield _finding("missing-caption", language, shown, _no_caption(language, shown))
            elif caption in seen:
                message = _("Two pictures have the same caption: “%s”.") % caption
                yield _finding("same-caption", language, shown, message)
            seen.add(caption)


def _no_alt(language: str, shown: Shown) -> str:
    if language == "ru":
        return _("The picture “%s” has no description in Russian.") % shown.name
    return _("The picture “%s” has no description in English.") % shown.name


def _no_caption(language: str, shown: Shown) -> str:
    if language == "ru":
        return _("The picture “%s” has no caption in Russian.") % shown.name
    return _("The picture “%s” has no caption in English.") % shown.name


def _finding(code: str, language: str, shown: Shown, message: str) -> Finding:
    return Finding(code, language, "", shown.name, message, wrong=shown.name)
