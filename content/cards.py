"""Which public pages have a picture for social networks (Open Graph), and what it says.

An app registers its kinds in `AppConfig.ready()`; the pictures are drawn by `opendata.cards`.
"""

from collections.abc import Callable
from dataclasses import dataclass

from django.db import models
from django.utils.functional import Promise


@dataclass(frozen=True)
class Kind:
    """One kind of page with pictures of its own.

    code: "news", stands in the address; view: the page, "news:detail"; label: what it is, in
    words; find: the record of a key, among public ones alone, or None; key: which argument of the
    page's address finds it; field: the translated field that is the title.
    """

    code: str
    view: str
    label: str | Promise
    find: Callable[[str], models.Model | None]
    key: str = "slug"
    field: str = "title"


_kinds: dict[str, Kind] = {}
_by_view: dict[str, Kind] = {}


def register(kind: Kind) -> None:
    """Make a kind of page known."""
    _kinds[kind.code] = _by_view[kind.view] = kind


def kind_of(code: str) -> Kind | None:
    """The kind of that code, if there is one."""
    return _kinds.get(code)


def kind_of_view(view: str) -> Kind | None:
    """The kind of the pages that a view shows, if they have pictures."""
    return _by_view.get(view)
