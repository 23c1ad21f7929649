"""Tells the text check which photos hang on an article, with the words they have there."""

from collections.abc import Iterator

from content.languages import LANGUAGE_CODES
from editorial.textcheck import pictures
from news.models import Article, Photo


def photos_of(article: Article) -> Iterator[pictures.Shown]:
    """The photos of the gallery: their own words, or those of the picture. One query."""
    for photo in article.photos.select_related("picture"):
        yield pictures.Shown(
            name=str(photo),
            is_decorative=photo.is_decorative or photo.picture.is_decorative,
            alts={code: _words(photo, "alt", code) for code in LANGUAGE_CODES},
            captions={code: _words(photo, "caption", code) for code in LANGUAGE_CODES},
        )


def _words(photo: Photo, field: str, code: str) -> str:
    own = getattr(photo, f"{field}_{code}")
    return own or getattr(photo.picture, f"{field}_{code}") or ""


pictures.register(Article, photos_of)
