"""Addresses (slugs) for new members: from the English name, else from the Russian one."""

from typing import Any

from django.utils.text import slugify

LATIN = {
    "а": "a", "б": "b", "в": "v", "г": "g", "д": "d", "е": "e", "ё": "yo", "ж": "zh", "з": "z",
    "и": "i", "й": "y", "к": "k", "л": "l", "м": "m", "н": "n", "о": "o", "п": "p", "р": "r",
    "с": "s", "т": "t", "у": "u", "ф": "f", "х": "kh", "ц": "ts", "ч": "ch", "ш": "sh",
    "щ": "shch", "ъ": "", "ы": "y", "ь": "", "э": "e", "ю": "yu", "я": "ya",
    "ә": "a", "ғ": "g", "қ": "q", "ң": "ng", "ө": "o", "ү": "u", "ұ": "u", "һ": "h", "ҳ": "h",
    "і": "i", "ў": "u", "ҷ": "j", "ӣ": "i", "ӯ": "u", "җ": "j", "ӑ": "a",
    "ə": "a", "ı": "i", "ø": "o", "ß": "ss", "đ": "d", "ł": "l", "’": "", "ʻ": "", "'": "",
}  # fmt: skip
LENGTH = 72  # leaves room for what tells namesakes apart


def in_latin(text: str) -> str:
    """A slug of any name: Горно-Алтайск → gorno-altaysk, Gəncə → ganca."""
    spelled = "".join(LATIN.get(letter, letter) for letter in text.casefold())
    return slugify(spelled)[:LENGTH].strip("-_").replace("_", "-")


def free_slug(values: dict[str, Any], country: str, taken: set[str]) -> str:
    """An address that nobody has; namesakes get their country's code, then a number."""
    base = in_latin(values.get("name_en") or "") or in_latin(values.get("name_ru") or "")
    base = base or "member"
    candidate, number = base, 1
    while candidate in taken:
        candidate = f"{base}-{country.lower()}" + (f"-{number}" if number > 1 else "")
        number += 1
    return candidate
