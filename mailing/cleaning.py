"""What may stand in a mail: clean lines, clean HTML, links of this portal only."""

import re

import nh3
from django.conf import settings
from django.utils.html import linebreaks, urlize

# Control characters, and the marks by which text can be made to read in another order.
UNSEEN = re.compile(r"[\x00-\x08\x0b-\x1f\x7f\u202a-\u202e\u2066-\u2069]")
BLANK_LINES = re.compile(r"\n{3,}")
SPACES = re.compile(r"\s+")
HEADINGS = re.compile(r"(</?)h[12](?=[ >])")

TAGS = {
    "a", "b", "blockquote", "br", "dd", "div", "dl", "dt", "em", "h1", "h2", "h3", "hr", "i", "li",
    "ol", "p", "small", "span", "strong", "table", "tbody", "td", "th", "thead", "tr", "ul",
}  # fmt: skip
ATTRIBUTES = {
    "*": {"class", "lang"},
    "a": {"href", "hreflang"},
    "th": {"scope", "colspan", "rowspan"},
    "td": {"colspan", "rowspan"},
}
DROPPED_WHOLE = {"script", "style", "title", "head", "svg", "math", "iframe", "object"}


def one_line(text: str) -> str:
    """The text for a mail header: without line breaks, control or reordering characters."""
    return SPACES.sub(" ", UNSEEN.sub("", text)).strip()


def tidy_text(text: str) -> str:
    """Plain text without trailing spaces and heaps of blank lines."""
    lines = [line.rstrip() for line in UNSEEN.sub("", text.replace("\r\n", "\n")).split("\n")]
    return BLANK_LINES.sub("\n\n", "\n".join(lines)).strip()


def on_site(path: str) -> str:
    """The whole address of a path of this portal."""
    return settings.SITE_URL + path


def own_link(href: str) -> str | None:
    """The address if mails may lead there, a path made whole, else None."""
    if href.startswith("/") and not href.startswith(("//", "/\\")):
        return on_site(href)
    is_own = href == settings.SITE_URL or href.startswith(
        (f"{settings.SITE_URL}/", f"{settings.SITE_URL}?", f"{settings.SITE_URL}#")
    )
    return href if is_own or href.startswith(("mailto:", "tel:")) else None


def _filter(_tag: str, attribute: str, value: str) -> str | None:
    return own_link(value) if attribute == "href" else value


_letters = nh3.Cleaner(
    tags=TAGS, attributes=ATTRIBUTES, attribute_filter=_filter, link_rel=None,
    url_schemes={"http", "https", "mailto", "tel"}, clean_content_tags=DROPPED_WHOLE,
)  # fmt: skip
_previews = nh3.Cleaner(
    tags=TAGS, attributes={"*": {"lang"}, "a": {"href", "hreflang"}},
    url_schemes={"http", "https", "mailto", "tel"}, link_rel="noopener noreferrer",
    clean_content_tags=DROPPED_WHOLE,
)  # fmt: skip


def clean_html(html: str) -> str:
    """The HTML of one language with the tags a letter needs and links of this portal only."""
    return _letters.clean(html.replace("\x00", "")).strip()


def preview_html(html: str) -> str:
    """A finished letter to be shown inside a page: without its style sheet, headings below ours."""
    return HEADINGS.sub(r"\1h3", _previews.clean(html)).strip()


def html_from_text(text: str) -> str:
    """Paragraphs and links made of plain text."""
    return clean_html(linebreaks(urlize(text, autoescape=True), autoescape=False))
