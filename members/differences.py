"""Two versions of a text, what went and what came marked with <del> and <ins>."""

import difflib
import itertools
import re
from collections import Counter
from collections.abc import Iterable, Iterator

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

# A word or a sign with the space before it: a space alone would pair with every other space.
WORDS = re.compile(r"\s*\w+|\s*[^\s\w]|\s+")
SPACE = re.compile(r"\s*")
# Texts that share less than this are shown one after the other: a mosaic helps nobody.
ALIKE = 0.4
# What comparing may cost. The matcher looks at every pair of equal words, and again for every
# block it finds: without a limit a text of one repeated word keeps it busy for minutes.
MOST_PAIRS = 30_000
MOST_STEPS = 5_000_000


def marked(old: str, new: str) -> SafeString:
    """The new text with deletions and additions marked, word by word; everything escaped.

    Texts that have little in common are shown whole, one after the other. So is what stands
    between their common beginning and end when it repeats words so often that comparing is long.
    """
    return format_html_join("", "{}", ((_piece(*change),) for change in _changes(old, new)))


def _changes(old: str, new: str) -> list[tuple[str, str]]:
    """What stands where: pairs of what went and what came, both the same where nothing changed."""
    before, after = WORDS.findall(old), WORDS.findall(new)
    start = _same_words(before, after)
    end = _same_words(reversed(before[start:]), reversed(after[start:]))
    gone, come = before[start : len(before) - end], after[start : len(after) - end]
    blocks = _blocks(gone, come)
    shared = start + end + sum(size for _i, _j, size in blocks)
    if 2 * shared < ALIKE * (len(before) + len(after)):
        return [(old, new)]
    head, tail = "".join(before[:start]), "".join(before[len(before) - end :])
    return [(head, head), *_between(gone, come, blocks), (tail, tail)]


def _same_words(before: Iterable[str], after: Iterable[str]) -> int:
    """How many words both begin with."""
    pairs = zip(before, after, strict=False)
    return sum(1 for _pair in itertools.takewhile(lambda pair: pair[0] == pair[1], pairs))


def _blocks(gone: list[str], come: list[str]) -> list[tuple[int, int, int]]:
    """Where both have the same words: places and length; none where the search would be long."""
    here, there = Counter(gone), Counter(come)
    pairs = sum(count * there[word] for word, count in here.items())
    if pairs > MOST_PAIRS or pairs * (here & there).total() > MOST_STEPS:
        return []
    matcher = difflib.SequenceMatcher(None, gone, come, autojunk=False)
    return [block for block in matcher.get_matching_blocks() if block.size]


def _between(
    gone: list[str], come: list[str], blocks: list[tuple[int, int, int]]
) -> Iterator[tuple[str, str]]:
    """The changes and what stays between them; signs alone between two changes go with them."""
    i = j = 0
    went, came = "", ""
    for at, to, size in [*blocks, (len(gone), len(come), 0)]:
        went, came = went + "".join(gone[i:at]), came + "".join(come[j:to])
        i, j = at + size, to + size
        same = "".join(gone[at:i])
        if size and not re.search(r"\w", same):
            went, came = went + same, came + same
            continue
        yield went, came
        yield same, same
        went, came = "", ""


def _piece(gone: str, come: str) -> SafeString | str:
    if gone == come:
        return come
    space = SPACE.match(gone)[0]
    if space != SPACE.match(come)[0]:
        space = ""
    gone, come = gone.removeprefix(space), come.removeprefix(space)
    removed = format_html("<del>{}</del>", gone) if gone else ""
    added = format_html("<ins>{}</ins>", come) if come else ""
    joint = " " if gone and come and len(gone.split()) > 1 else ""
    return format_html("{}{}{}{}", space, removed, joint, added)
