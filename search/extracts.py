"""Extracts: the words of a query in their surroundings, marked; everything else is escaped."""

import re
from collections.abc import Sequence

from django.db.models import CharField, F, Func, IntegerField, QuerySet, TextField, Value
from django.db.models.functions import Coalesce, Greatest, Least, Lower, NullIf, Replace, StrIndex
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

from content import spelling
from content.searchquery import Asked

BEFORE, LENGTH = 90, 260
MOST_WORDS = 6
MOST_ENDING = 4
ENDINGS = re.compile(
    r"(?:иями|ями|ами|ого|его|ому|ему|ыми|ими|ов|ев|ей|ой|ий|ый|ая|яя|ое|ее|ые|ие|ом|ем|ам|ям|ах|ях"
    r"|ых|их|ую|юю|[аеиоуыэюяйь]|ies|es|s|ing|ed|y|e)$"
)


class Marker:
    """Marks the words of one query in any text, whatever their ending or alphabet."""

    def __init__(self, query: Asked):
        self.trunks = tuple(dict.fromkeys(trunk(word) for word in query.wanted))
        self.keys = {spelling.key(word) for word in query.wanted if len(word) > 3}
        for word in query.wanted:
            self.keys |= spelling.other_scripts(word)

    def is_meant(self, token: str) -> bool:
        word = spelling.folded(token)
        if any(_is_form(word, one) for one in self.trunks) or spelling.key(token) in self.keys:
            return True
        return bool(spelling.other_scripts(token) & {*self.trunks, *self.keys})

    def marked(self, text: str) -> SafeString:
        """The text as HTML with <mark> around the words."""
        parts, end = [], 0
        for found in spelling.TOKEN.finditer(text):
            if self.is_meant(found[0]):
                parts += [escape(text[end : found.start()]), f"<mark>{escape(found[0])}</mark>"]
                end = found.end()
        return mark_safe("".join([*parts, escape(text[end:])]))  # nosec # each part is escaped

    def extract(self, piece: str, starts_at: int) -> SafeString:
        """A piece of a text that starts at a place of it, cut between words."""
        text = " ".join(piece.split())
        if starts_at > 1:
            text = f"… {text.partition(' ')[2]}"
        if len(piece) >= LENGTH:
            text = f"{text.rpartition(' ')[0].rstrip(' ,;:–—-')} …"
        return self.marked(text)


def trunk(word: str) -> str:
    """A word without its ending, in small letters; a short word as it is."""
    word = spelling.folded(word)
    cut = ENDINGS.sub("", word)
    return cut if len(cut) >= 3 else word


def _is_form(word: str, sought: str) -> bool:
    if len(sought) <= 3:
        return word == sought or trunk(word) == sought
    return word.startswith(sought) and len(word) - len(sought) <= MOST_ENDING


def with_pieces(entries: QuerySet, trunks: Sequence[str]) -> QuerySet:
    """The entries with `piece` of their text around the first of the words, and its `starts_at`.

    However long a text is, this much of it and no more leaves the database.
    """
    text = TextField()
    plain = Replace(Lower("text"), Value("ё"), Value("е"), output_field=text)
    places = [NullIf(StrIndex(plain, Value(one)), Value(0)) for one in trunks[:MOST_WORDS]]
    first = Least(*places) if len(places) > 1 else places[0] if places else Value(1)
    start = Greatest(
        Coalesce(first, Value(1)) - Value(BEFORE), Value(1), output_field=IntegerField()
    )
    piece = Func(
        F("text"), F("starts_at"), Value(LENGTH), function="substr", output_field=CharField()
    )
    return entries.defer("text", "names", "keys", "vector").annotate(starts_at=start, piece=piece)
