"""What a reader typed, as a query of PostgreSQL: nothing of it is ever taken for an operator.

Quotes ask for words side by side, a minus before a word leaves it out; everything else is words,
each of them looked for in all its spellings and synonyms.
"""

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from content import spelling

MAX_LENGTH = 200
MAX_WORDS = 16
MIN_LETTERS = 2
PART = re.compile(r'(?P<not>(?<!\S)[-−–](?=[^\W_"]))|"(?P<phrase>[^"]+)"|(?P<word>[^\s"]+)')

# Words that the index leaves out: they must not be asked for by another spelling of theirs.
_STOP_WORDS = """
a about above after again against all am an and any are as at be because been before being below
between both but by can did do does doing don down during each few for from further had has have
having he her here hers herself him himself his how i if in into is it its itself just me more
most my myself no nor not now of off on once only or other our ours ourselves out over own s same
she should so some such t than that the their theirs them themselves then there these they this
those through to too under until up very was we were what when where which while who whom why will
with you your yours yourself yourselves а без более больше будет будто бы был была были было быть
в вам вас вдруг ведь во вот впрочем все всегда всего всех всю вы где да даже два для до другой его
ее ей ему если есть еще ж же за зачем здесь и из или им иногда их к как какая какой когда конечно
кто куда ли лучше между меня мне много может можно мой моя мы на над надо наконец нас не него нее
ней нельзя нет ни нибудь никогда ним них ничего но ну о об один он она они опять от перед по под
после потом потому почти при про раз разве с сам свою себе себя сейчас со совсем так такой там
тебя тем теперь то тогда того тоже только том тот три тут ты у уж уже хорошо хоть чего чем через
что чтоб чтобы чуть эти этого этой этом этот эту я
"""
STOP_WORDS = frozenset(_STOP_WORDS.split())


@dataclass(frozen=True)
class Asked:
    """A query: `words` as they were typed, `tsquery` for to_tsquery('russian', …), `key` of all
    words together, `wanted` words one by one (those left out are not among them)."""

    words: str
    tsquery: str
    key: str
    wanted: tuple[str, ...]


def cleaned(query: str) -> str:
    """What a reader typed, without control characters and at most 200 characters long."""
    text = unicodedata.normalize("NFC", query[: 4 * MAX_LENGTH])
    text = "".join(letter if letter.isprintable() else " " for letter in text)
    return " ".join(text.split())[:MAX_LENGTH]


def is_searchable(words: str) -> bool:
    """Whether there is enough to search for: two letters or digits."""
    return sum(letter.isalnum() for letter in words) >= MIN_LETTERS


def asked(words: str, synonyms: Iterable[Sequence[str]] = ()) -> Asked:
    """The query in cleaned words; `synonyms` are groups of words and phrases that mean the same.

    `tsquery` is empty when nothing is left to look for.
    """
    wanted, groups, left_out = [], [], []
    is_not = False
    for part in PART.finditer(words):
        if part["not"]:
            is_not = True
            continue
        found = spelling.tokens(part["phrase"] or part["word"])[: MAX_WORDS - len(wanted)]
        if is_not:
            left_out += [_quoted(token) for token in found]
        elif found:
            wanted += found
            groups += [_phrase(found)] if part["phrase"] else [_any_spelling(one) for one in found]
        is_not = False
    if not groups:
        return Asked(words, "", "", ())
    typed = " & ".join([*groups, *(f"!{one}" for one in left_out)])
    others = [f"({_all(one)})" for one in _rewritten(wanted, synonyms)]
    query = " | ".join([f"({typed})", *others]) if others else typed
    return Asked(words, query, " ".join(map(spelling.key, wanted)), tuple(wanted))


def _rewritten(wanted: list[str], synonyms: Iterable[Sequence[str]]) -> list[list[str]]:
    """The same query with one group of synonyms after the other put in, in other words."""
    keys = [spelling.key(one) for one in wanted]
    found = []
    for group in synonyms:
        members = [(text, [spelling.key(one) for one in spelling.tokens(text)]) for text in group]
        for text, sought in members:
            at = _place(keys, sought)
            if at is None:
                continue
            for other, _keys in members:
                if other != text:
                    rest = wanted[:at], wanted[at + len(sought) :]
                    found.append([*rest[0], *spelling.tokens(other), *rest[1]])
            break
    return found[:MAX_WORDS]


def _place(keys: list[str], sought: list[str]) -> int | None:
    """Where the words of a synonym stand one after the other among those of the query."""
    size = len(sought)
    starts = range(len(keys) - size + 1) if size else ()
    return next((at for at in starts if keys[at : at + size] == sought), None)


def _all(words: Sequence[str]) -> str:
    return " & ".join(_any_spelling(one) for one in words)


def _phrase(words: Sequence[str]) -> str:
    return f"({' <-> '.join(_quoted(one) for one in words)})"


def _any_spelling(word: str) -> str:
    """A word, its look-alikes of one alphabet, and its key."""
    plain = spelling.folded(word)
    if plain in STOP_WORDS:
        return _quoted(plain)
    forms = {plain, *spelling.other_scripts(word)}
    if not any(letter.isdigit() for letter in plain):
        forms |= {key for one in forms if len(key := spelling.key(one)) >= spelling.KEY_LETTERS}
    return f"({' | '.join(map(_quoted, sorted(forms)))})"


def _quoted(word: str) -> str:
    """A word for to_tsquery: letters and digits alone, ё as е."""
    return f"'{spelling.APOSTROPHES.sub(' ', spelling.folded(word))}'"
