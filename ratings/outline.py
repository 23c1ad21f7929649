"""The questionnaire of an edition as one tree, fetched whole, to be drawn or checked."""

from collections import defaultdict
from dataclasses import dataclass, field
from decimal import Decimal

from ratings.models import (
    Edition,
    Indicator,
    IndicatorGroup,
    Method,
    Scale,
    ScaleStep,
    SizeClass,
)


@dataclass
class Leaf:
    """An indicator in its place; `share` is its weight in the whole index, from 0 to 1."""

    indicator: Indicator
    share: Decimal | None = None

    @property
    def percent(self) -> Decimal | None:
        """Its weight in the index in per cent, None where it is not scored."""
        return None if self.share is None else self.share * 100

    @property
    def counts(self) -> bool:
        return self.indicator.is_scored


@dataclass
class Node:
    """A group with what stands below it; depth 0 counts in the index itself."""

    group: IndicatorGroup
    depth: int
    nodes: list["Node"] = field(default_factory=list)
    leaves: list[Leaf] = field(default_factory=list)
    share: Decimal | None = None

    @property
    def percent(self) -> Decimal | None:
        return None if self.share is None else self.share * 100

    @property
    def counts(self) -> bool:
        """Whether anything of it is scored: it weighs, and so does something below it."""
        below = any(one.counts for one in [*self.leaves, *self.nodes])
        return self.group.weight > 0 and below

    def walk(self):
        """This node and all below it, in the order of the questionnaire."""
        yield self
        for node in self.nodes:
            yield from node.walk()


@dataclass
class Outline:
    """All rows of an edition that make its questionnaire and its scoring."""

    edition: Edition
    method: Method | None
    groups: list[IndicatorGroup]
    indicators: list[Indicator]
    scales: list[Scale]
    steps: dict[int, list[ScaleStep]]
    classes: list[SizeClass]
    roots: list[Node]

    def nodes(self) -> list[Node]:
        """Every group, each after the one that it is a part of."""
        return [node for root in self.roots for node in root.walk()]

    def leaves(self) -> list[Leaf]:
        """Every indicator, in the order of the questionnaire."""
        return [leaf for node in self.nodes() for leaf in node.leaves]


def outline(edition: Edition, *, unused: bool = True) -> Outline:
    """The whole structure of an edition, in six queries however large it is.

    Four without `unused` scales when the edition was fetched with its method: for readers.
    """
    groups = list(edition.groups.order_by("order", "pk"))
    indicators = list(edition.indicators.order_by("order", "pk"))
    steps = defaultdict(list)
    asked = ScaleStep.objects.filter(scale__edition=edition).select_related("scale")
    for step in asked.order_by("order", "pk"):
        steps[step.scale_id].append(step)
    scales = {one[0].scale_id: one[0].scale for one in steps.values()}
    if unused:
        scales |= {one.pk: one for one in edition.scales.all()}
    _tie(indicators, scales)
    made = Outline(
        edition=edition,
        method=getattr(edition, "method", None),
        groups=groups,
        indicators=indicators,
        scales=list(scales.values()),
        steps=dict(steps),
        classes=sorted(edition.size_classes.all(), key=lambda one: one.minimum),
        roots=_tree(groups, indicators),
    )
    is_equal = bool(made.method and made.method.equal_weights)
    _weigh(made.roots, [], Decimal(1), is_equal)
    return made


def _tie(indicators: list[Indicator], scales: dict[int, Scale]) -> None:
    """Rows that point to each other hold each other, so that nothing is fetched again."""
    by_key = {one.pk: one for one in indicators}
    for one in indicators:
        one.scale = scales.get(one.scale_id)
        one.denominator_indicator = by_key.get(one.denominator_indicator_id)


def _tree(groups: list[IndicatorGroup], indicators: list[Indicator]) -> list[Node]:
    below, leaves = defaultdict(list), defaultdict(list)
    for group in groups:
        below[group.parent_id].append(group)
    for one in indicators:
        leaves[one.group_id].append(Leaf(one))

    def made(group: IndicatorGroup, depth: int) -> Node:
        nodes = [made(child, depth + 1) for child in below[group.pk]]
        return Node(group, depth, nodes, leaves[group.pk])

    return [made(group, 0) for group in below[None]]


def _weigh(nodes: list[Node], leaves: list[Leaf], share: Decimal, is_equal: bool) -> None:
    """Give every part its share of the index: its weight among its siblings times theirs."""
    weights = [
        (part, Decimal(1) if is_equal else own)
        for part, own in [
            *((node, node.group.weight) for node in nodes),
            *((leaf, leaf.indicator.weight) for leaf in leaves),
        ]
        if part.counts
    ]
    total = sum(weight for _part, weight in weights)
    for part, weight in weights:
        part.share = share * weight / total
        if isinstance(part, Node):
            _weigh(part.nodes, part.leaves, part.share, is_equal)
