"""Small structures and data for tests of the scoring, and Hypothesis strategies of them."""

import numpy as np
from hypothesis import Phase, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as npst

from ratings.scoring import Data, Group, Indicator, Structure

# The same examples on every machine and in every run.
LAW = settings(
    max_examples=50, deadline=None, database=None, derandomize=True,
    phases=[Phase.explicit, Phase.generate, Phase.shrink],
)  # fmt: skip
# Of tests that run once for each of many methods.
LAW_OF_EACH = settings(LAW, max_examples=20)
NONE = float("nan")


def flat(count: int = 2, **columns) -> Structure:
    """One group G with so many indicators I0, I1, …; `columns` are of each of them."""
    return Structure(
        groups=(Group(code="G"),),
        indicators=tuple(Indicator(code=f"I{one}", group="G", **columns) for one in range(count)),
    )


def deep() -> Structure:
    """A holds two groups of two indicators each and one of its own; B holds one indicator."""
    return Structure(
        groups=(
            Group(code="A", weight=3), Group(code="A1", parent="A", weight=2),
            Group(code="A2", parent="A"), Group(code="B"),
        ),
        indicators=(
            Indicator(code="I0", group="A1", weight=2), Indicator(code="I1", group="A1"),
            Indicator(code="I2", group="A2"), Indicator(code="I3", group="A2", direction=-1),
            Indicator(code="I4", group="A", weight=0.5), Indicator(code="I5", group="B"),
        ),
    )  # fmt: skip


def data(rows, **columns) -> Data:
    """Cities C0, C1, … with these answers."""
    values = np.array(rows, dtype=float)
    return Data(cities=tuple(f"C{one}" for one in range(len(values))), values=values, **columns)


def answers(width: int, least: int = 2, most: int = 12, may_miss: bool = True):
    """Whole numbers from 0 to 1000, some missing."""
    numbers = st.integers(0, 1000).map(float)
    cells = st.one_of(numbers, numbers, numbers, st.just(NONE)) if may_miss else numbers
    return st.integers(least, most).flatmap(
        lambda n: npst.arrays(np.float64, (n, width), elements=cells)
    )


@st.composite
def structures(draw) -> Structure:
    """Trees of any depth: every group in an earlier one or below the index, none empty."""
    weights = st.integers(1, 9).map(float)
    count = draw(st.integers(1, 5))
    groups = []
    for place in range(count):
        parent = draw(st.sampled_from([None, *[one.code for one in groups]]))
        groups.append(Group(code=f"G{place}", parent=parent, weight=draw(weights)))
    indicators = [
        Indicator(
            code=f"I{place}", group=f"G{place % count}", weight=draw(weights),
            direction=draw(st.sampled_from([1, -1])),
        )
        for place in range(count + draw(st.integers(0, 4)))
    ]  # fmt: skip
    return Structure(groups=tuple(groups), indicators=tuple(indicators))


@st.composite
def cases(draw, may_miss: bool = True) -> tuple[Structure, Data]:
    """A structure, and cities with answers to it."""
    structure = draw(structures())
    return structure, data(draw(answers(len(structure.indicators), may_miss=may_miss)))
