"""Feeds of a list in the head of its page and below it, narrowed as the list is."""

from urllib.parse import urlencode

from django import forms, template
from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext

register = template.Library()
TYPES = {"feed": "application/atom+xml", "rss": "application/rss+xml"}


@register.simple_tag
def feed_links(app: str, title: str, filters: forms.Form | None = None) -> SafeString:
    """Links that feed readers find by themselves: Atom and RSS of the list as it is narrowed."""
    rows = [
        (TYPES[name], f"{title} (RSS)" if name == "rss" else title, address)
        for name, address in _addresses(app, filters)
    ]
    return format_html_join(
        "\n", '<link rel="alternate" type="{}" title="{}" href="{}">', rows
    )  # fmt: skip


@register.simple_tag
def feed_line(app: str, filters: forms.Form | None = None) -> SafeString:
    """The same for people: "Subscribe: Atom, RSS"."""
    words = {"feed": "Atom", "rss": "RSS"}
    links = format_html_join(
        ", ", '<a href="{}">{}</a>',
        [(address, words[name]) for name, address in _addresses(app, filters)],
    )  # fmt: skip
    return format_html("{} {}", gettext("Follow this list:"), links)


def _addresses(app: str, filters: forms.Form | None) -> list[tuple[str, str]]:
    query = query_of(filters)
    return [(name, f"{reverse(f'{app}:{name}')}{query}") for name in TYPES]


def query_of(filters: forms.Form | None) -> str:
    """What is chosen, as the query of an address; nothing where something unknown is asked for."""
    if filters is None or not filters.is_valid():
        return ""
    chosen = {name: value for name, value in filters.cleaned_data.items() if value}
    return f"?{urlencode(chosen)}" if chosen else ""
