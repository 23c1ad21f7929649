"""Stored sort keys: alphabetical order in Russian and English for every letter of the region.

The database sorts by code points, which puts Ё after Я and Қ, Ө, Ə at the very end.
"""

import unicodedata

# A letter of its own that follows another one in its alphabet.
AFTER = {
    "ә": "а", "ӑ": "а", "ғ": "г", "ҕ": "г", "ҙ": "д", "җ": "ж", "ҷ": "ч", "ӣ": "и", "і": "и",
    "қ": "к", "ҡ": "к", "ң": "н", "ҥ": "н", "ө": "о", "ҫ": "с", "ү": "у", "ұ": "у", "ў": "у",
    "ӯ": "у", "ҳ": "х", "һ": "х",
    "ə": "e", "ğ": "g", "ı": "i", "ö": "o", "ş": "s", "ü": "u", "ç": "c", "ñ": "n", "ž": "z",
    "ý": "y", "ň": "n", "ä": "a", "ă": "a", "â": "a", "ț": "t", "ţ": "t", "ș": "s", "î": "i",
}  # fmt: skip
BESIDE = {"ё": "е", "é": "e", "è": "e", "’": "", "'": "", "ʻ": "", "-": " ", "–": " ", "—": " "}
LAST = "\uf8ff"
PRIMARY = str.maketrans({letter: base + LAST for letter, base in AFTER.items()} | BESIDE)
FOLDED = str.maketrans(BESIDE)


def sort_key(text: str | None) -> str:
    """A key whose code-point order is the alphabetical order of `text`, at most 400 characters."""
    folded = unicodedata.normalize("NFC", text or "").casefold().strip()
    return f"{folded.translate(PRIMARY)}\t{folded}"[:400]


def initial(text: str | None) -> str:
    """The letter under which a name stands in an alphabetical list: Ёлабуга stands under Е."""
    folded = unicodedata.normalize("NFC", (text or "").strip())[:1].casefold()
    return BESIDE.get(folded, folded).upper()


def search_fold(text: str | None) -> str:
    """A name as a search compares it: without case, ё as е, hyphens as spaces, no apostrophes."""
    folded = unicodedata.normalize("NFC", text or "").casefold()
    return " ".join(folded.translate(FOLDED).split())
