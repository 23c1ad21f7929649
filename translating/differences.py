"""What changed in a source since it was translated: only the changed passages, word by word."""

import difflib
import re
from dataclasses import dataclass

WORDS = re.compile(r"\s+|\w+|[^\w\s]")
MOST_WORDS = 4000  # beyond it a paragraph is shown as a whole: the comparison is quadratic


@dataclass(frozen=True)
class Passage:
    """A paragraph and what became of it: "same", "changed", "added" or "removed".

    `parts` are (kind, text) with kinds "same", "ins" and "del", in reading order.
    """

    kind: str
    parts: tuple[tuple[str, str], ...]


def passages(before: list[str], after: list[str]) -> list[Passage]:
    """The paragraphs of `after` in their order, with those that were taken away in their place."""
    found = []
    matcher = difflib.SequenceMatcher(None, _folded(before), _folded(after), autojunk=False)
    for kind, b1, b2, a1, a2 in matcher.get_opcodes():
        if kind == "equal":
            found += [Passage("same", (("same", text),)) for text in after[a1:a2]]
        else:
            found += _replaced(before[b1:b2], after[a1:a2])
    return found


def _replaced(before: list[str], after: list[str]) -> list[Passage]:
    both = min(len(before), len(after))
    changed = [
        Passage("changed", tuple(compared(old, new)))
        for old, new in zip(before[:both], after[:both], strict=True)
    ]
    removed = [Passage("removed", (("del", text),)) for text in before[both:]]
    added = [Passage("added", (("ins", text),)) for text in after[both:]]
    return [*changed, *removed, *added]


def compared(before: str, after: str) -> list[tuple[str, str]]:
    """Two versions of a paragraph as (kind, text): "same", "del" and "ins", word by word."""
    old, new = WORDS.findall(before), WORDS.findall(after)
    if len(old) > MOST_WORDS or len(new) > MOST_WORDS:
        return [("del", before), ("ins", after)]
    parts: list[tuple[str, str]] = []
    matcher = difflib.SequenceMatcher(None, old, new, autojunk=False)
    for kind, o1, o2, n1, n2 in matcher.get_opcodes():
        if kind == "equal":
            parts.append(("same", "".join(new[n1:n2])))
            continue
        parts += [("del", "".join(old[o1:o2]))] if o2 > o1 else []
        parts += [("ins", "".join(new[n1:n2]))] if n2 > n1 else []
    return parts


def _folded(texts: list[str]) -> list[str]:
    return [" ".join(text.split()) for text in texts]
