"""The language of pages whose address does not name one: sign-in, profile, admin."""

from urllib.parse import urlsplit

from django.conf import settings
from django.http import HttpRequest


def in_language(url: str, language: str) -> str:
    """An address of ours in another language; one without a language prefix stays as it is."""
    own = prefix_of(url)
    return f"/{language}{url[len(own) + 1 :]}" if own else url


def prefix_of(url: str) -> str:
    """The language that a path begins with, or nothing."""
    first = url.removeprefix("/").partition("/")[0] if url.startswith("/") else ""
    return first if first in dict(settings.LANGUAGES) else ""


def has_own_way(url: str) -> bool:
    """Whether an address settles its language by itself: with a prefix, or as the API does."""
    return bool(prefix_of(url)) or url.startswith("/api/")


def asked_for(request: HttpRequest) -> str:
    """The language that a link to such a page names with `?language=`, or nothing."""
    asked = request.GET.get("language", "")
    return asked if asked in dict(settings.LANGUAGES) else ""


def wanted(request: HttpRequest, user=None) -> str:
    """The reader's language on an address without one, or nothing when nobody said.

    In this order: the link, the reader's choice on this device, their account, the page they are
    on their way to.
    """
    chosen = request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME, "")
    return (
        asked_for(request)
        or (chosen if chosen in dict(settings.LANGUAGES) else "")
        or (user.language if user is not None else "")
        or prefix_of(_path_of(request.GET.get("next", "")))
    )


def _path_of(url: str) -> str:
    """The path of an address that somebody wrote; nothing when it is none."""
    try:
        return urlsplit(url).path
    except ValueError:
        return ""
