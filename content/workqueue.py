"""What waits for staff: every app registers its queues, the admin's front page shows them."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass


@dataclass(frozen=True)
class Queue:
    """One queue for one reader. `url` opens the list of exactly the counted rows."""

    title: str
    count: int
    note: str
    url: str
    link_text: str
    is_hot: bool = False


_providers: list[Callable] = []


def register(provider: Callable) -> Callable:
    """Register a function that takes a user and yields the queues this user may work on."""
    if provider not in _providers:
        _providers.append(provider)
    return provider


def queues_for(user) -> Iterator[Queue]:
    """All queues of a member of staff, in the order in which the apps registered."""
    for provider in _providers:
        yield from provider(user)
