"""What other sites show of a page that somebody shares: Open Graph."""

from django import template
from django.conf import settings
from django.urls import NoReverseMatch, reverse
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import get_language, gettext

from content import cards

register = template.Library()
LOCALES = {"ru": "ru_RU", "en": "en_GB"}
WIDTH, HEIGHT = 1200, 630
ARTICLES = ("news",)
PRIVATE = "/cabinet/"


class CapturedNode(template.Node):
    """See `captured`."""

    def __init__(self, name: str, nodelist: template.NodeList):
        self.name = name
        self.nodelist = nodelist

    def render(self, context) -> str:
        rendered = self.nodelist.render(context).strip()
        context[self.name] = SafeString(rendered)  # nosec # templates escape what they render
        return ""


@register.tag
def captured(parser, token) -> CapturedNode:
    """`{% captured name %}…{% endcaptured %}`: what is rendered inside becomes a variable."""
    _tag, name = token.split_contents()
    nodelist = parser.parse(("endcaptured",))
    parser.delete_first_token()
    return CapturedNode(name, nodelist)


@register.simple_tag(takes_context=True)
def social(context, title: str, description: str) -> SafeString | str:
    """The elements of Open Graph for a public page; nothing for pages of one person.

    title, description: as in the head, escaped already.
    """
    request = context.get("request")
    if request is None or not _is_public(context, request.path):
        return ""
    kind, image = card_of(request)
    if kind == "site":  # a list: its head says the rest already, and lists are to be light
        return format_html('<meta property="og:image" content="{}">', image)
    pairs = [
        ("og:site_name", gettext("UCLG-Eurasia")),
        ("og:type", "article" if kind in ARTICLES else "website"),
        ("og:title", _for_attribute(title)),
        ("og:description", _for_attribute(description)),
        ("og:url", f"{settings.SITE_URL}{request.path}"),
        ("og:locale", LOCALES.get(get_language() or "", "")),
        ("og:image", image),
        ("og:image:width", WIDTH),
        ("og:image:height", HEIGHT),
        ("og:image:alt", _for_attribute(title)),
    ]
    properties = format_html_join(
        "\n", '<meta property="{}" content="{}">', [pair for pair in pairs if pair[1]]
    )
    return format_html(
        '{}\n<meta name="twitter:card" content="{}">',
        properties, "summary_large_image",
    )  # fmt: skip


def _for_attribute(text: str) -> SafeString:
    """Text of the page as it stands between quotation marks; it is escaped, but for those."""
    return SafeString(text.replace('"', "&quot;"))  # nosec # see above


def _is_public(context, path: str) -> bool:
    first = path.split("/", 2)[1] if path.count("/") > 1 else ""
    return first in LOCALES and PRIVATE not in path and not context.get("is_preview")


def card_of(request) -> tuple[str, str]:
    """The kind of a page and the whole address of its picture; the site's where it has none."""
    match = getattr(request, "resolver_match", None)
    kind = cards.kind_of_view(match.view_name) if match else None
    key = match.kwargs.get(kind.key) if kind else None
    code, key = (kind.code, key) if kind and key else ("site", "home")
    return code, address_of(code, key)


def address_of(code: str, key: str | int) -> str:
    """The whole address of a picture in the reader's language; "" where none are made."""
    try:
        return settings.SITE_URL + reverse("card", args=[code, key, get_language()])
    except NoReverseMatch:
        return ""
