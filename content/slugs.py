"""Addresses made of titles: Latin letters from Russian ones where no English title is given."""

from collections.abc import Iterable

from django.db import models
from django.utils.text import slugify

LETTERS = dict(zip("абвгдеёзийклмнопрстуфыэ", "abvgdeeziyklmnoprstufye", strict=True)) | {
    "ж": "zh", "х": "kh", "ц": "ts", "ч": "ch", "ш": "sh", "щ": "shch", "ю": "yu", "я": "ya",
    "ъ": "", "ь": "", "қ": "k", "ғ": "g", "ң": "n", "ө": "o", "ү": "u", "ұ": "u", "ә": "a",
    "һ": "h", "і": "i", "ə": "e", "ı": "i",
}  # fmt: skip


def latin(text: str) -> str:
    """The text in Latin letters, in lower case."""
    return "".join(LETTERS.get(letter, letter) for letter in text.lower())


def free_slug(record: models.Model, title: str, reserved: Iterable[str] = ()) -> str:
    """An address made of `title` that no other record of this model has, none of `reserved`."""
    field = record._meta.get_field("slug")
    stem = slugify(latin(title))[: field.max_length - 4].strip("-") or record._meta.model_name
    others = type(record)._default_manager.exclude(pk=record.pk)
    taken = {*reserved, *others.filter(slug__startswith=stem).values_list("slug", flat=True)}
    numbered = (f"{stem}-{number}" for number in range(2, 999))
    return stem if stem not in taken else next(slug for slug in numbered if slug not in taken)
