"""Whole addresses for letters, made from SITE_URL and never from a request.

`{% site_link "events:detail" event.slug %}`, `{{ event.get_absolute_url|on_site }}`. Language
prefixes follow the language of the half that is being rendered.
"""

from django import template
from django.urls import reverse

from mailing import cleaning

register = template.Library()


@register.simple_tag
def site_link(name: str, *args, **kwargs) -> str:
    """The whole address of a named page."""
    return cleaning.on_site(reverse(name, args=args, kwargs=kwargs))


@register.filter
def on_site(path: str) -> str:
    """The whole address of a path of this portal."""
    return cleaning.on_site(path)
