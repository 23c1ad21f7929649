"""Rows for fee scales, invoices, statements."""

from types import SimpleNamespace

from tests.access.cells import Row

ROWS: list[Row] = []


def add_objects(world: SimpleNamespace) -> None:
    """The objects that these rows name."""
