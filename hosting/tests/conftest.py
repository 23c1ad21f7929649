"""A city, its representative, and a client of theirs, as the events have them."""

from events.tests.conftest import cabinet, kazan, rep

__all__ = ["cabinet", "kazan", "rep"]
