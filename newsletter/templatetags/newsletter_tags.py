"""The short form of the newsletter for other pages, and the pieces of an issue."""

from django import template
from django.utils.translation import get_language

from content.languages import in_language
from content.templatetags.typography import typo
from newsletter.composing import Piece
from newsletter.models import Bulletin

register = template.Library()


@register.inclusion_tag("newsletter/includes/subscribe_form.html")
def subscribe_form(place: str = "foot") -> dict:
    """A field for the address; the page it leads to asks for topics and consent.

    Fit for pages that are cached whole: no cookie, no token. `place` keeps two forms of one page
    apart.
    """
    return {"place": place}


@register.inclusion_tag("newsletter/includes/intro.html")
def bulletin_intro(bulletin: Bulletin) -> dict:
    """The first words of an issue."""
    text, language = in_language(bulletin, "intro")
    return {"text": typo(text, language), "lang": _other(language)}


@register.inclusion_tag("newsletter/includes/piece.html")
def bulletin_piece(piece: Piece) -> dict:
    """One item of an issue on its page."""
    words = piece.words
    return {"words": words, "path": piece.path, "lang": _other(words.language)}


def _other(language: str) -> str:
    return "" if language == (get_language() or "ru")[:2] else language
