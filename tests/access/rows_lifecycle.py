"""Rows for applications, statuses, the directory and its files."""

from types import SimpleNamespace

from tests.access.cells import Row

ROWS: list[Row] = []


def add_objects(world: SimpleNamespace) -> None:
    """The objects that these rows name."""
