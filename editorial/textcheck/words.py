"""Damaged words: split by a filter ("wh ere"), grown together ("KadirTopbash"), "ant the"."""

import re
from collections import Counter
from collections.abc import Iterator

from django.utils.translation import gettext as _

from editorial.textcheck.findings import Finding
from editorial.textcheck.passages import Passage

# What filters against database commands do to a text, and what editors know of old.
SPLIT = (
    "alt er", "cre ate", "del ete", "dr op", "ex ec", "fr om", "gro up", "hav ing", "ins ert",
    "jo in", "or der", "sel ect", "scr ipt", "tab le", "un ion", "upd ate", "val ues", "wh ere",
    "wh ile", "wh ich", "th ere", "th eir",
)  # fmt: skip
KNOWN_SPLIT = re.compile(rf"\b(?:{'|'.join(SPLIT)})(?:e?s|e?d|ing)?\b", re.IGNORECASE)
SLIPS = {"ant the": "and the", "of of": "of", "the the": "the", "и и": "и", "в в": "в"}
KNOWN_SLIP = re.compile(rf"\b(?:{'|'.join(SLIPS)})\b")
LINE_BREAK = re.compile(r"\b([^\W\d_]{2,})- (?!(?:и|или|либо|and|or|to)\b)([^\W\d_]{2,})\b")
PAIR = re.compile(r"\b([^\W\d_]{1,12}) (?=([^\W\d_]{1,12})\b)")
WORD = re.compile(r"[^\W\d_]+")
SHORTEST_JOINED = 6
# Right in one word and in two.
ALSO_APART = {
    "altogether", "anyone", "anything", "anytime", "anyway", "everyday", "everyone", "maybe",
    "someday", "someone", "something", "sometime", "sometimes", "throughout", "worldwide",
    "затем", "зачем", "насчёт", "поэтому", "потому", "притом", "также", "чтобы",
}  # fmt: skip
# Short words that stand alone by right.
SHORT_WORDS = """
a an and any are as at be but by can do for go had has he her his how i if in is it its may me
my new no nor not now of off old on one or our out own per she so the to two up us was we who you
а без бы в вам вас во вы где да для до её же за и из или им их к как ко кто ли мы на нам нас не ни
но о об он она они от по при раз с со та так там те то тот ту ты у уж что эта эти это я
"""
ALONE = frozenset(SHORT_WORDS.split())
ADDRESS = re.compile(r"(?<!\S)(?=\S*(?:@|://|www\.))\S+")
GLUED = re.compile(r"\b[A-ZА-ЯЁ]?[a-zа-яё]{2,}[A-ZА-ЯЁ][a-zа-яё]{2,}\b")
CAPITAL = re.compile(r"(?<=[a-zа-яё])(?=[A-ZА-ЯЁ])")
# Written so by those who bear the name.
OWN_SPELLING = re.compile(
    r"YouTube|LinkedIn|WhatsApp|FaceTime|RuTube|JavaScript|PowerPoint|OpenStreetMap|Mac[A-Z]|"
    r"(?:Инфо|Гос|Мин|Рос|Евро|Мос)[А-Я]|Smart[A-Z]|Open[A-Z]|Post[A-Z]"
)
NO_SPACE = re.compile(
    r"(?<=[a-zа-яё]{2})([,;])(?=[A-Za-zА-Яа-яЁё])|(?<=[a-zа-яё]{3})([.!?])(?=[A-ZА-ЯЁ][a-zа-яё])"
)


def split_words(passage: Passage) -> Iterator[Finding]:
    """Words with a space or a hyphen of a line break in them, and slips of the known kind."""
    text = passage.text
    for found in KNOWN_SPLIT.finditer(text):
        message = _("“%s” looks like one word that was split.") % found[0]
        yield passage.finding("split-word", *found.span(), message, found[0].replace(" ", ""))
    for found in KNOWN_SLIP.finditer(text):
        right = SLIPS[found[0]]
        message = _("“%(found)s”: is “%(right)s” meant?") % {"found": found[0], "right": right}
        yield passage.finding("slip", *found.span(), message, right)
    for found in LINE_BREAK.finditer(text):
        message = _("A hyphen of an old line break stands in “%s”.") % found[0]
        yield passage.finding("split-word", *found.span(), message, found[1] + found[2])
    yield from _split_by_comparison(passage)


def _split_by_comparison(passage: Passage) -> Iterator[Finding]:
    """Two pieces that are one word elsewhere in the same text, and no words of it otherwise."""
    words = [word.lower() for word in WORD.findall(passage.text)]
    times = Counter(words)
    known = {word for word in times if len(word) >= SHORTEST_JOINED}
    for found in PAIR.finditer(passage.text):
        first, second = found[1].lower(), found[2].lower()
        if first + second not in known or not _is_damaged(first, second, times):
            continue
        end = found.end(1) + 1 + len(second)
        whole = found[1] + found[2]
        message = _("“%(found)s” stands elsewhere in this text as “%(right)s”.") % {
            "found": f"{found[1]} {found[2]}", "right": whole,
        }  # fmt: skip
        yield passage.finding("split-word", found.start(), end, message, whole)


def _is_damaged(first: str, second: str, times: Counter[str]) -> bool:
    """Neither piece is a short word of its own or stands elsewhere in the text."""
    if first + second in ALSO_APART:
        return False
    return all(piece not in ALONE and times[piece] == 1 for piece in (first, second))


def grown_together(passage: Passage) -> Iterator[Finding]:
    """Words without the space between them, and marks without the space after them."""
    addresses = [found.span() for found in ADDRESS.finditer(passage.text)]
    for found in GLUED.finditer(passage.text):
        if OWN_SPELLING.search(found[0]) or _within(found.start(), addresses):
            continue
        message = _("“%s” looks like words grown together.") % found[0]
        right = CAPITAL.sub(" ", found[0])
        yield passage.finding("glued-words", *found.span(), message, right)
    for found in NO_SPACE.finditer(passage.text):
        if not _within(found.start(), addresses):
            message = _("No space after a punctuation mark.")
            yield passage.finding("glued-words", *found.span(), message, f"{found[0]} ")


def _within(place: int, spans: list[tuple[int, int]]) -> bool:
    return any(start <= place < end for start, end in spans)
