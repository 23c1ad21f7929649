"""The bulk files of open data, as the worker makes them at night."""

from opendata import bulk


def load() -> None:
    """Make all files."""
    bulk.remake_all()
