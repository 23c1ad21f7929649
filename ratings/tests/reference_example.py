"""The worked example of ratings/tests/reference: its structure, data, methods and results."""

import csv
from pathlib import Path

import numpy as np

from ratings.scoring import Data, Group, Indicator, Rules, Structure

FOLDER = Path(__file__).resolve().parent / "reference"

# What differs from min-max 0..100, arithmetic means, missing answers left out.
VARIANTS: dict[str, dict] = {
    "minmax_arithmetic": {},
    "zscore_arithmetic": {"normalisation": "z_score", "scale_high": 1.0},
    "zscore100_arithmetic": {"normalisation": "z_score", "scale_low": 100.0, "scale_high": 10.0},
    "minmax_geometric": {
        "scale_low": 1.0, "within_groups": "geometric", "across_groups": "geometric"
    },
    "minmax_harmonic": {
        "scale_low": 1.0, "within_groups": "harmonic", "across_groups": "harmonic"
    },
    "minmax_arith_then_geometric": {"scale_low": 1.0, "across_groups": "geometric"},
    "minmax_median": {"within_groups": "median", "across_groups": "median"},
    "rank_arithmetic": {"normalisation": "rank"},
    "percentile_rank_arithmetic": {"normalisation": "percentile_rank"},
    "borda_arithmetic": {"normalisation": "borda"},
    "goalposts_arithmetic": {"normalisation": "goalposts"},
    "target_arithmetic": {"normalisation": "target"},
    "equal_weights": {"equal_weights": True},
    "not_denominated": {"is_denominated": False},
    "group_half": {"least_of_group": 0.5},
    "group_half_all_groups": {"least_of_group": 0.5, "all_groups_needed": True},
    "group_complete": {"least_of_group": 1.0},
    "screen_two_thirds": {"least_answered": 0.6667},
    "impute_mean": {"missing": "mean"},
    "impute_mean_size": {"missing": "mean_of_class"},
    "impute_median_size": {"missing": "median_of_class"},
    "impute_worst": {"missing": "worst"},
}  # fmt: skip


def rows(name: str) -> list[dict[str, str]]:
    """The rows of a file by their headings."""
    with (FOLDER / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def number(text: str) -> float:
    """A figure of the files; empty and NA are NaN."""
    return float(text) if text not in ("", "NA") else float("nan")


def table(found: list[dict[str, str]], names) -> np.ndarray:
    """Columns of rows as an array."""
    return np.array([[number(row[name]) for name in names] for row in found])


def rules(variant: str) -> Rules:
    return Rules(**VARIANTS[variant])


def structure() -> Structure:
    """Eight indicators in three groups."""
    found = rows("indicators")
    return Structure(
        groups=tuple(
            Group(code=row["code"], weight=number(row["weight"]))
            for row in found if row["level"] == "2"
        ),
        indicators=tuple(
            Indicator(
                code=row["code"], group=row["parent"], weight=number(row["weight"]),
                direction=int(row["direction"]), denominator=row["denominator"] or None,
                per=number(row["per"]) if row["per"] else 1.0, target=number(row["target"]),
                goalposts=(number(row["goalpost_lower"]), number(row["goalpost_upper"])),
            )
            for row in found if row["level"] == "1"
        ),
    )  # fmt: skip


def codes() -> list[str]:
    """The eight indicators."""
    return [one.code for one in structure().indicators]


def data() -> Data:
    """Twelve cities; population in thousands."""
    found = rows("cities")
    return Data(
        cities=tuple(row["code"] for row in found),
        values=table(found, codes()),
        denominators={"population": table(found, ["population"])[:, 0]},
        classes=tuple(row["size"] for row in found),
    )
