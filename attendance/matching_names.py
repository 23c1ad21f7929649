"""Names of people and cities as they are compared: one skeleton for both alphabets.

«Соловьёв», Solovyov and Soloviev are one name, «Хасанова» and Khasanova too. Patronymics are left
out, the order of the parts does not matter.
"""

import difflib
import functools
import re
import unicodedata

CYRILLIC = {
    "а": "a", "б": "b", "в": "v", "г": "g", "д": "d", "е": "e", "ё": "e", "ж": "zh", "з": "z",
    "и": "i", "й": "i", "к": "k", "л": "l", "м": "m", "н": "n", "о": "o", "п": "p", "р": "r",
    "с": "s", "т": "t", "у": "u", "ф": "f", "х": "h", "ц": "c", "ч": "ch", "ш": "sh",
    "щ": "sh", "ъ": "", "ы": "i", "ь": "", "э": "e", "ю": "iu", "я": "ia",
    "ә": "a", "ғ": "g", "қ": "k", "ң": "ng", "ө": "o", "ү": "u", "ұ": "u", "һ": "h", "ҳ": "h",
    "і": "i", "ў": "u", "ҷ": "j", "ӣ": "i", "ӯ": "u", "җ": "j", "ӑ": "a", "ӗ": "e", "ҡ": "k",
    "ҙ": "z", "ҫ": "s",
}  # fmt: skip
LETTERS = str.maketrans(
    CYRILLIC
    | {"ı": "i", "ə": "a", "ł": "l", "ø": "o", "đ": "d", "ß": "ss", "’": "", "ʻ": "", "'": "",
       "ʼ": "", "`": "", "´": ""}
)  # fmt: skip
# Spellings of one sound, in this order; both alphabets go through them.
SOUNDS = [
    ("shch", "sh"), ("sch", "sh"), ("tch", "ch"), ("kh", "h"), ("gh", "g"), ("ph", "f"),
    ("ja", "ia"), ("ju", "iu"), ("dzh", "j"), ("dj", "j"), ("zh", "j"), ("ts", "c"),
    ("tz", "c"), ("ck", "k"),
    ("yo", "e"), ("ye", "e"), ("ya", "ia"), ("yu", "iu"),
    ("y", "i"), ("w", "v"), ("q", "k"), ("x", "ks"), ("ie", "e"), ("ee", "i"), ("ou", "u"),
    ("ander", "andr"),
]  # fmt: skip
DOUBLED = re.compile(r"(.)\1+")
WORD = re.compile(r"[^\W\d_]+(?:[’'ʻʼ`-][^\W\d_]+)*", re.UNICODE)
PATRONYMIC = re.compile(
    r".{2,}(?:ovich|evich|ovna|evna|ichna|inichna|ogli|oglu|ugli|kizi|uli|uulu|tegin)$"
)
CLOSE = 0.8


@functools.lru_cache(maxsize=50_000)
def skeleton(word: str) -> str:
    """One word without case, marks and the choices of whoever transliterated it."""
    spelled = unicodedata.normalize("NFC", word).casefold().translate(LETTERS)
    bare = unicodedata.normalize("NFKD", spelled)
    plain = "".join(one for one in bare if not unicodedata.combining(one))
    for said, meant in SOUNDS:
        plain = plain.replace(said, meant)
    return DOUBLED.sub(r"\1", plain)


def place_key(text: str) -> str:
    """The skeleton of the name of a place, its words joined: Улан-Удэ and Ulan Ude are one."""
    words = [skeleton(part) for word in WORD.findall(text) for part in re.split(r"[-’']", word)]
    return "".join(words)


def name_parts(text: str) -> tuple[str, ...]:
    """The skeletons of the parts of a person's name, sorted, without a patronymic."""
    parts = [skeleton(word.replace("-", "")) for word in WORD.findall(text)]
    parts = [part for part in parts if part]
    if len(parts) >= 3:
        kept = [part for part in parts if not PATRONYMIC.search(part)]
        parts = kept if len(kept) >= 2 else parts
    return tuple(sorted(parts))


def likeness(one: tuple[str, ...], other: tuple[str, ...]) -> int:
    """How likely two names are one person's, from 0 to 100.

    100: all parts of the shorter one stand in the other, two at least. 80: one part and initials.
    60: one part alone. In between: parts that differ in a letter or two.
    """
    if not one or not other:
        return 0
    short, long = sorted((one, other), key=len)
    shared = set(short) & set(long)
    if len(short) >= 2 and set(short) <= set(long):
        return 100
    if shared:
        return _with_one_shared(short, long, shared)
    return _nearly(short, long)


def _with_one_shared(short: tuple, long: tuple, shared: set[str]) -> int:
    """One part is the same: what of the others?"""
    if not any(len(part) > 2 for part in shared):
        return 0
    rest = [part for part in short if part not in shared]
    others = [part for part in long if part not in shared]
    if not rest:
        return 60
    if all(any(_is_initial(part, other) for other in others) for part in rest):
        return 80
    best = max((_ratio(part, other) for part in rest for other in others), default=0.0)
    return 60 + int(30 * best) if best >= CLOSE else 45


def _is_initial(one: str, other: str) -> bool:
    short, long = sorted((one, other), key=len)
    return len(short) <= 3 and long.startswith(short)


def _nearly(short: tuple, long: tuple) -> int:
    """No part is the same; each has one that is close to it, or not."""
    found = [max(_ratio(part, other) for other in long) for part in short]
    lowest = min(found)
    if len(short) < 2 or lowest < CLOSE:
        return 0
    return int(90 * sum(found) / len(found))


@functools.lru_cache(maxsize=200_000)
def _ratio(one: str, other: str) -> float:
    if abs(len(one) - len(other)) > 3 or one[:1] != other[:1]:
        return 0.0
    return difflib.SequenceMatcher(None, one, other).ratio()
