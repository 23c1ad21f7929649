"""The gallery of an article: adding photos, their words, what is asked before publishing."""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from content import pictures
from content.languages import LANGUAGE_CODES
from editorial import gates
from news.models import Article, Photo

MOST_AT_ONCE = 60
MOST_PHOTOS = 120

ENDING = re.compile(r"\.(jpe?g|png|webp|heic|gif|tiff?|bmp)$", re.IGNORECASE)
CAMERA_NAME = re.compile(
    r"^(img|dsc[nf]?|pict?|image|photo|screenshot|фото|изображение|снимок|скриншот|p)?"
    r"[\s_\-–(]*\d[\d\s_\-.)]*$",
    re.IGNORECASE,
)


def is_file_name(text: str) -> bool:
    """Whether a description is the name of a file: IMG_2041.jpg, DSC 0017, "фото 3"."""
    text = text.strip()
    return bool(ENDING.search(text) or CAMERA_NAME.match(text))


def refuse_file_names(text: str) -> None:
    """Raise ValidationError for a description that is the name of a file."""
    if is_file_name(text):
        raise ValidationError(
            _("This is the name of a file. Say what the picture shows."), code="file_name"
        )


def refuse_too_many(count: int, present: int) -> None:
    """Raise ValidationError where a gallery cannot take `count` photos more than it has."""
    if count > MOST_AT_ONCE:
        raise ValidationError(
            _(
                "%(count)d photos are too many at once: up to %(most)d are taken in one go. "
                "Nothing was stored."
            ),
            code="too_many_at_once",
            params={"count": count, "most": MOST_AT_ONCE},
        )
    if present + count > MOST_PHOTOS:
        raise ValidationError(
            _(
                "A gallery holds up to %(most)d photos; this one would have %(total)d. Choose the "
                "best ones. Nothing was stored."
            ),
            code="too_many",
            params={"most": MOST_PHOTOS, "total": present + count},
        )


@transaction.atomic
def add_photos(
    article: Article, checked: Sequence[pictures.CheckedPicture], *, by, credit: str = ""
) -> list[Photo]:
    """Put judged pictures at the end of a gallery. Raises ValidationError when they are too many.

    The article is locked: two people who add at once do not exceed the limit together.
    """
    Article.objects.select_for_update().get(pk=article.pk)
    last = article.photos.order_by("-position").values_list("position", flat=True).first() or 0
    refuse_too_many(len(checked), article.photos.count())
    return [
        Photo.objects.create(
            article=article,
            picture=pictures.make_picture(one, uploaded_by=by, credit=credit),
            credit=credit,
            position=last + number,
        )
        for number, one in enumerate(checked, 1)
    ]


def repeated_captions(article: Article) -> Iterator[gates.Question]:
    """What is asked before publishing: captions that several photos share, once for a set of them.

    Photos of which each says in a description of its own what it shows may share a caption.
    """
    asked = set()
    for language in LANGUAGE_CODES:
        groups: dict[str, list[Photo]] = defaultdict(list)
        for photo in article.photos.all():
            groups[_folded(photo, "caption", language)].append(photo)
        for caption, same in groups.items():
            keys = tuple(photo.pk for photo in same)
            if caption and len(same) > 1 and keys not in asked and not _each_is_described(same):
                asked.add(keys)
                yield _question(same, language)


def _question(same: Sequence[Photo], language: str) -> gates.Question:
    text = ngettext(
        "The same caption for %(count)d photo, “%(caption)s”: is it meant for it?",
        "The same caption for all of %(count)d photos, “%(caption)s”: is it meant for all?",
        len(same),
    ) % {"count": len(same), "caption": getattr(same[0], f"caption_{language}")}
    return gates.Question(f"caption-{same[0].pk}-{len(same)}", text)


def _folded(photo: Photo, field: str, language: str) -> str:
    return " ".join((getattr(photo, f"{field}_{language}") or "").split()).casefold()


def _each_is_described(photos: Sequence[Photo]) -> bool:
    """Whether every photo is decoration or has a description that no other of them has."""
    spoken = [photo for photo in photos if not photo.is_decorative]
    words = [
        next(filter(None, (_folded(photo, "alt", code) for code in LANGUAGE_CODES)), "")
        for photo in spoken
    ]
    return all(words) and len(set(words)) == len(words)


def with_own_words(photos: Iterable[Photo]) -> list[Photo]:
    """The photos, their pictures bearing in memory the words that they have in this gallery."""
    found = list(photos)
    for photo in found:
        picture = photo.picture
        picture.is_decorative = photo.is_decorative or picture.is_decorative
        for code in LANGUAGE_CODES:
            if photo.alt_ru or photo.alt_en:
                setattr(picture, f"alt_{code}", getattr(photo, f"alt_{code}"))
            if photo.caption_ru or photo.caption_en:
                setattr(picture, f"caption_{code}", getattr(photo, f"caption_{code}"))
        picture.credit = photo.credit or picture.credit
    return found


gates.register(Article, repeated_captions)
