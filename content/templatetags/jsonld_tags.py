"""JSON-LD in the head of a page: data for search engines, which no browser runs as a script."""

import json
from collections.abc import Sequence

from django import template
from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import gettext

from content import structured

register = template.Library()
# What could end the element or begin another; JSON takes the escapes for the same characters.
ESCAPES = {ord(character): f"\\u{ord(character):04x}" for character in "<>&\u2028\u2029"}


@register.simple_tag
def jsonld(things: structured.Thing | Sequence[structured.Thing] | None) -> SafeString | str:
    """One description of schema.org or several as an element of the page; nothing for none."""
    if not things:
        return ""
    written = json.dumps(things, ensure_ascii=False, separators=(",", ":")).translate(ESCAPES)
    # Every character that HTML could take for markup is escaped above.
    return SafeString(f'<script type="application/ld+json">{written}</script>')  # nosec


@register.simple_tag
def jsonld_breadcrumbs(here, *parents) -> SafeString | str:
    """The way to a page: its title, then title and address of each page above, from the top.

    Nothing for pages right below the home page: their way says no more than their title.
    """
    above = [
        (str(title), str(address))
        for title, address in zip(parents[::2], parents[1::2], strict=True)
        if address
    ]
    if not above:
        return ""
    steps = [(gettext("Home"), reverse("home")), *above, (str(here), "")]
    return jsonld(structured.breadcrumbs(steps))
