"""The rows of the structure page: the tree as a table, with what each part lacks."""

from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from content.languages import LANGUAGE_CODES, in_language
from ratings import wording
from ratings.models import Indicator, IndicatorGroup
from ratings.outline import Leaf, Node, Outline
from ratings.problems import form_of
from ratings.public_edition import share_words


@dataclass(frozen=True)
class Row:
    """A group or an indicator; `depth` 0 stands directly below the index."""

    kind: str
    record: IndicatorGroup | Indicator
    depth: int
    share: Decimal | None

    @property
    def link(self) -> str:
        return form_of(self.record)

    @property
    def is_group(self) -> bool:
        return self.kind == "group"

    @property
    def title(self) -> str:
        return in_language(self.record, "title" if self.is_group else "question")[0]

    @property
    def indent(self) -> str:
        """A class of the style sheet: five steps are told apart."""
        return f"depth-{min(self.depth, 5)}"

    @property
    def weight(self) -> str:
        return wording.plain(self.record.weight)

    @property
    def percent(self) -> str:
        return "—" if self.share is None else share_words(self.share)

    @property
    def range(self) -> str:
        """The answers it takes: "0 … 100"; a dash where both ends are open or there are none."""
        low, high = self.record.minimum, self.record.maximum
        if self.record.kind in (Indicator.Kind.TEXT, Indicator.Kind.YES_NO, Indicator.Kind.SCALE):
            return "—"
        ends = ["" if end is None else wording.plain(end) for end in (low, high)]
        return " … ".join(ends).strip() if any(ends) else "—"

    @property
    def divided(self) -> str:
        return wording.divided_words(self.record)

    @property
    def missing(self) -> str:
        """Languages in which one of its texts is missing: "ru", "en"; empty when both are there."""
        names = ("title", "description") if self.is_group else ("question", "help", "unit")
        return ", ".join(code for code in LANGUAGE_CODES if _lacks(self.record, names, code))


def rows(whole: Outline) -> list[Row]:
    """The tree from above downwards, each group before what is in it."""
    return [row for root in whole.roots for row in _rows(root)]


def _rows(node: Node) -> list[Row]:
    found = [Row("group", node.group, node.depth, node.share)]
    found += [_leaf_row(leaf, node.depth + 1) for leaf in node.leaves]
    for child in node.nodes:
        found += _rows(child)
    return found


def _leaf_row(leaf: Leaf, depth: int) -> Row:
    return Row("indicator", leaf.indicator, depth, leaf.share)


def scales(whole: Outline) -> list[dict[str, Any]]:
    """Each scale with its answers and how many questions use it."""
    return [
        {
            "scale": one,
            "link": form_of(one),
            "steps": [_step(step) for step in whole.steps.get(one.pk, [])],
            "used": sum(1 for indicator in whole.indicators if indicator.scale_id == one.pk),
        }
        for one in whole.scales
    ]


def _step(step) -> str:
    return _("%(answer)s: %(points)s") % {"answer": step, "points": wording.plain(step.value)}


def _lacks(record, names: tuple[str, ...], code: str) -> bool:
    """Whether a text is given in the other language alone."""
    return any(
        in_language(record, name)[0] and not getattr(record, f"{name}_{code}") for name in names
    )
