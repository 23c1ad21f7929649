"""What the page of an edition shows: dates, classes, zones, questions and method."""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from django.contrib.postgres.aggregates import ArrayAgg
from django.utils.translation import gettext as _

from content.dates import days_text, grouped
from content.languages import reading_order
from ratings import wording
from ratings.models import Edition, ScaleStep, SizeClass, Zone
from ratings.outline import Leaf, Node, Outline


@dataclass(frozen=True)
class Line:
    """A row of the table of questions: a group (`leaf` is None) or a question."""

    node: Node
    leaf: Leaf | None = None
    steps: tuple[ScaleStep, ...] = ()

    @property
    def percent(self) -> str:
        """Its weight in the index in words: 12.5 %; a dash where it is not scored."""
        share = (self.leaf or self.node).share
        return "—" if share is None else share_words(share)

    @property
    def divided(self) -> str:
        return wording.divided_words(self.leaf.indicator) if self.leaf else ""


def share_words(share: Decimal) -> str:
    """A share of the index in per cent with one decimal: 6.7 %; 25 %."""
    return wording.percent(round(share, 3))


def lines(whole: Outline, root: Node) -> Iterator[Line]:
    """The questions of a direction, each part of it below its own heading."""
    for node in root.walk():
        if node is not root:
            yield Line(node)
        for leaf in node.leaves:
            steps = whole.steps.get(leaf.indicator.scale_id, [])
            yield Line(node, leaf, tuple(steps))


def directions(whole: Outline) -> list[tuple[Line, list[Line]]]:
    """Each direction with its share of the index and its questions."""
    return [(Line(root), list(lines(whole, root))) for root in whole.roots]


def zones(edition: Edition) -> list[dict]:
    """Zones with their countries by name, in one query: `zone`, `countries`."""
    code = reading_order()[0]
    rows = Zone.objects.filter(edition=edition).annotate(
        names=ArrayAgg(f"countries__name_{code}", order_by=f"countries__name_{code}")
    )
    return [
        {"zone": row, "countries": ", ".join(name for name in row.names if name)} for row in rows
    ]


def bounds(one: SizeClass) -> str:
    """The class in inhabitants: "below 100,000", "100,000 to 499,999", "1,000,000 and more"."""
    low, high = grouped(one.minimum), one.maximum
    if high is None:
        return _("%(low)s inhabitants and more") % {"low": low} if one.minimum else _("all cities")
    if not one.minimum:
        return _("below %(high)s inhabitants") % {"high": grouped(high)}
    return _("%(low)s to %(high)s inhabitants") % {"low": low, "high": grouped(high - 1)}


def classes(whole: Outline) -> list[dict]:
    """Size classes, the largest first: `one`, `bounds`."""
    return [{"one": one, "bounds": bounds(one)} for one in reversed(whole.classes)]


def period_words(edition: Edition) -> str:
    """The period that is asked about; whole years as years: "2023–2024"."""
    first, last = edition.period_starts_on, edition.period_ends_on
    if not (first and last):
        return ""
    if (first.month, first.day, last.month, last.day) == (1, 1, 12, 31):
        return str(first.year) if first.year == last.year else f"{first.year}–{last.year}"
    return days_text(first, last)


def shows_questions(edition: Edition) -> bool:
    """Whether questions and method are public: from the opening of the questionnaire on."""
    return edition.kind == Edition.Kind.HELD and edition.opened_at is not None
