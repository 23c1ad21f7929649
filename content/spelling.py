"""One word, many spellings: what the search takes for the same.

`key` folds a word of either script to one sound-like form, so that Ижевск, Izhevsk and Ижевске
meet; `other_scripts` undoes letters of the wrong alphabet that look right (a Cyrillic С in "IAС").
Keys are never shown, and every change of these tables needs `rebuild_search`.
"""

import functools
import re
import unicodedata

TOKEN = re.compile(r"[^\W_]+(?:['’ʼʹ][^\W_]+)*")
APOSTROPHES = re.compile(r"['’ʼʹ]")
CYRILLIC = re.compile(r"[\u0400-\u052f]")
LATIN = re.compile(r"[a-z]")
KEY_LETTERS = 4  # shorter words have no key: too many would share it
CAPITAL = re.compile(r"\b[A-ZА-ЯЁІҚҒҮҰӘӨҺ][^\W\d_]{3,}")
MIXED = re.compile(r"[^\W_]*(?:[A-Za-z][\u0400-\u052f]|[\u0400-\u052f][A-Za-z])[^\W_]*")

# Sounds of Russian, then of its neighbours, in Latin letters; ж ц ч ш stand for themselves.
SOUNDS = str.maketrans({
    "а": "a", "б": "b", "в": "v", "г": "g", "д": "d", "е": "e", "ё": "e", "з": "z", "и": "i",
    "й": "i", "к": "k", "л": "l", "м": "m", "н": "n", "о": "o", "п": "p", "р": "r", "с": "s",
    "т": "t", "у": "u", "ф": "f", "х": "h", "щ": "ш", "ъ": "", "ы": "i", "ь": "", "э": "e",
    "ю": "iu", "я": "ia",
    "ә": "a", "ғ": "g", "қ": "k", "ң": "n", "ө": "o", "ұ": "u", "ү": "u", "һ": "h", "і": "i",
    "ї": "i", "є": "e", "ў": "u", "ј": "i", "җ": "ж", "ҳ": "h", "ҷ": "ч", "ӣ": "i", "ӯ": "u",
})  # fmt: skip

# In this order: the longer spellings before the shorter ones that they hold.
SPELLINGS = [
    ("йо", "e"), ("дж", "ж"), ("shch", "ш"), ("sch", "ш"), ("dzh", "ж"), ("dj", "ж"), ("zh", "ж"),
    ("sh", "ш"), ("tch", "ч"), ("ch", "ч"), ("kh", "h"), ("ph", "f"), ("ts", "ц"), ("tz", "ц"),
    ("тс", "ц"), ("yo", "e"), ("ye", "e"), ("x", "ks"), ("кс", "ks"), ("q", "k"), ("c", "k"),
    ("j", "i"), ("y", "i"),
]  # fmt: skip
DOUBLED = re.compile(r"(.)\1+")
ENDING = re.compile(r"(?:ogo|ego|omu|emu|[aio]mi|[oei]m|[ai]h|am|[aeiou]+)$")

ALIKE = {
    "a": "а", "b": "в", "c": "с", "e": "е", "h": "н", "i": "і", "j": "ј", "k": "к", "m": "м",
    "o": "о", "p": "р", "s": "ѕ", "t": "т", "x": "х", "y": "у",
}  # fmt: skip
TO_CYRILLIC = str.maketrans(ALIKE)
TO_LATIN = str.maketrans({cyrillic: latin for latin, cyrillic in ALIKE.items()})


def tokens(text: str) -> list[str]:
    """The words of a text as they are written, apostrophes inside them kept."""
    return TOKEN.findall(text)


def folded(text: str) -> str:
    """Small letters, ё as е: the same number of letters as before."""
    lower = text.lower()
    return (lower if len(lower) == len(text) else text).replace("ё", "е").replace("Ё", "е")


@functools.lru_cache(maxsize=20_000)
def key(word: str) -> str:
    """The form that all spellings and most endings of a word share; a number stays as it is."""
    whole = sound(word)
    trunk = ENDING.sub("", whole)
    return trunk if len(trunk) >= KEY_LETTERS else whole


def sound(word: str) -> str:
    """The same with its ending: how the word sounds, in one alphabet."""
    word = APOSTROPHES.sub("", folded(word))
    for written, said in SPELLINGS:
        word = word.replace(written, said)
    word = unicodedata.normalize("NFKD", word.translate(SOUNDS))
    return DOUBLED.sub(r"\1", "".join(one for one in word if not unicodedata.combining(one)))


def phrase_key(text: str) -> str:
    """The keys of all words of a text, in their order."""
    return " ".join(key(token) for token in tokens(text))


def other_scripts(word: str) -> set[str]:
    """The same word in one alphabet, in small letters, where its letters only look right.

    Of a word in one alphabet: the other one, when every letter of it has a twin there.
    """
    word = APOSTROPHES.sub("", folded(word))
    found = {word.translate(TO_LATIN), word.translate(TO_CYRILLIC)} - {word}
    return {one for one in found if not is_mixed(one)}


def keys_of(named: str, text: str = "") -> set[str]:
    """What finds a text besides its own words: keys of all words of `named` and of the names in
    `text` (words with a capital), and words of mixed letters as they should be written."""
    words = {token for token in tokens(named) if len(token) >= KEY_LETTERS}
    words |= set(CAPITAL.findall(text))
    repaired = {one for word in MIXED.findall(f"{named}\n{text}") for one in other_scripts(word)}
    return repaired | {key(one) for one in words | {w for w in repaired if len(w) >= KEY_LETTERS}}


def is_mixed(word: str) -> bool:
    """Whether Cyrillic and Latin letters stand in one word."""
    word = word.lower()
    return bool(CYRILLIC.search(word) and LATIN.search(word))
