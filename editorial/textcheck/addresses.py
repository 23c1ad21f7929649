"""Links that lead nowhere or say nothing."""

import html
import re
from collections.abc import Iterator
from urllib.parse import urlsplit

from django.urls import Resolver404, resolve
from django.utils import translation
from django.utils.translation import gettext as _

from content.languages import LANGUAGE_CODES
from editorial.textcheck.findings import Finding
from editorial.textcheck.passages import Passage

LINK = re.compile(r"<a\b([^>]*)>(.*?)</a>", re.DOTALL | re.IGNORECASE)
HREF = re.compile(r"\bhref\s*=\s*(?:\"([^\"]*)\"|'([^']*)')", re.IGNORECASE)
TAG = re.compile(r"<[^>]+>")
SAYS_NOTHING = {
    "here", "click here", "this", "link", "this link", "more", "read more", "тут", "здесь",
    "сюда", "ссылка", "по ссылке", "по этой ссылке", "подробнее", "читать далее",
}  # fmt: skip


def links(passage: Passage) -> Iterator[Finding]:
    """Links without an address, with one that cannot be, and with words that say nothing."""
    if not passage.is_rich:
        return
    for found in LINK.finditer(passage.value):
        words = html.unescape(TAG.sub("", found[2])).strip()
        given = HREF.search(found[1])
        address = html.unescape((given[1] or given[2] or "").strip()) if given else ""
        span = found.span()
        if problem := problem_of(address):
            yield passage.finding("empty-link", *span, problem, found[2])
        elif not words:
            message = _("The link to %s has no words: nobody can see it.") % address
            yield passage.finding("empty-link", *span, message, "")
        elif words.lower().strip(" .:") in SAYS_NOTHING:
            message = _("“%s” does not say where the link leads: name the page.") % words
            yield passage.finding("vague-link", *span, message)


def problem_of(address: str) -> str:
    """What is wrong with the address of a link; empty when nothing is seen."""
    if not address or address == "#":
        return _("The link has no address.")
    try:
        parts = urlsplit(address)
    except ValueError:
        return _("The address of the link is damaged: %s") % address
    if parts.scheme == "javascript":
        return _("The link runs a script; it leads nowhere.")
    if parts.scheme in ("http", "https") and "." not in parts.netloc:
        return _("The address of the link is damaged: %s") % address
    if not parts.scheme and not parts.netloc and parts.path and not _is_ours(parts.path):
        return _("There is no such page on this site: %s") % address
    return ""


def _is_ours(path: str) -> bool:
    if not path.startswith("/"):
        return False
    prefix = path.split("/")[1]
    try:
        # Addresses are found under the language that they begin with.
        with translation.override(prefix if prefix in LANGUAGE_CODES else LANGUAGE_CODES[0]):
            resolve(path)
    except Resolver404:
        return path.startswith(("/media/", "/static/"))
    return True
