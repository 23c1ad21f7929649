"""Where people go after sign-in who represent no city: apps above register what they have for them.

landing.register(lambda user: reverse("judging:front") if has_a_seat(user) else "")
"""

from collections.abc import Callable

from accounts.models import User

Provider = Callable[[User], str]
_providers: list[Provider] = []


def register(provider: Provider) -> Provider:
    """Register a function from a person to the address of their page, or to nothing."""
    if provider not in _providers:
        _providers.append(provider)
    return provider


def url_for(user: User) -> str:
    """The first page that is meant for this person, or nothing."""
    return next(filter(None, (provider(user) for provider in _providers)), "")
