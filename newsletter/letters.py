"""The letter of an issue: one form for all readers who get the same items."""

import functools
from collections.abc import Iterable
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils import translation
from django.utils.translation import get_language, gettext_lazy

from content.languages import LANGUAGE_CODES, in_language
from mailing import cleaning, merging, rendering
from newsletter import links
from newsletter.composing import Piece, by_kind
from newsletter.models import Bulletin, Subscription

TEMPLATE = "newsletter/mail/bulletin"
REASON = gettext_lazy("You receive this letter because you have subscribed to our newsletter.")
LINKS = {"leave_link": links.LEAVE, "mine_link": links.MINE}


def form(bulletin: Bulletin, pieces: Iterable[Piece], language: str) -> merging.Form:
    """The letter with blanks for the links of each reader."""
    return merging.Form(TEMPLATE, language, context(bulletin, list(pieces)), links=LINKS)


def context(bulletin: Bulletin, pieces: list[Piece]) -> dict[str, Any]:
    """What the templates of the letter read; texts are made in the language of each half."""
    return {
        "title": functools.partial(_text, bulletin, "title"),
        "intro": functools.partial(_text, bulletin, "intro"),
        "groups": functools.partial(_groups, pieces),
        "archive_link": lambda: cleaning.on_site(reverse("newsletter:archive")),
        "reason": REASON,
    }


def _text(bulletin: Bulletin, field: str) -> str:
    return in_language(bulletin, field, get_language())[0]


def _groups(pieces: list[Piece]) -> list[tuple[str, list[dict[str, Any]]]]:
    language = get_language()
    return [
        (
            str(label),
            [
                {
                    "words": (words := piece.words),
                    "link": cleaning.on_site(piece.path),
                    "is_other": words.language != language,
                }
                for piece in found
            ],
        )
        for label, found in by_kind(pieces)
    ]


@functools.cache
def _roads() -> dict[tuple[str, str], str]:
    """The address of each link in each language, up to the token."""
    found = {}
    for code in LANGUAGE_CODES:
        with translation.override(code):
            for name, purpose in LINKS.items():
                path = reverse(f"newsletter:{purpose}", args=["-"])
                found[name, code] = path.removesuffix("-/")
    return found


def road(name: str, token: str, language: str) -> str:
    """The whole address of a reader's link: made without asking for the URLs each time."""
    return f"{settings.SITE_URL}{_roads()[name, language]}{token}/"


def filling(subscription: Subscription) -> dict[str, Any]:
    """What fills the blanks for one reader."""
    return {
        name: functools.partial(_here, name, links.token(subscription, purpose))
        for name, purpose in LINKS.items()
    }


def _here(name: str, token: str) -> str:
    return road(name, token, get_language())


def leave_address(subscription: Subscription) -> str:
    """The address of one click (RFC 8058), in the reader's language."""
    return road("leave_link", links.token(subscription, links.LEAVE), subscription.language)


def sample(bulletin: Bulletin, pieces: Iterable[Piece], language: str) -> rendering.Rendered:
    """The letter as staff sees it: its links lead to the page of the newsletter."""
    archive = lambda: cleaning.on_site(reverse("newsletter:archive"))  # noqa: E731
    return form(bulletin, pieces, language).fill(dict.fromkeys(LINKS, archive))
