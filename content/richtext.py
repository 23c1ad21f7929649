"""Rich text: one allow-list, applied on every write and again on every render."""

import re

import nh3
from django.db import models

TAGS = {
    "p", "br", "h2", "h3", "ul", "ol", "li", "strong", "em", "a", "blockquote", "hr",
    "table", "thead", "tbody", "tr", "th", "td", "sub", "sup",
}  # fmt: skip
ATTRIBUTES = {
    "a": {"href", "title", "hreflang", "lang"},
    "th": {"scope", "colspan", "rowspan"},
    "td": {"colspan", "rowspan"},
    "p": {"lang"},
    "blockquote": {"lang"},
    "ol": {"start"},
}
# Paragraphs with nothing in them.
EMPTY = re.compile(r"<p(?: lang=\"\w+\")?>(?:\s|&nbsp;|<br>)*</p>\s*")
# An item of a list as Word writes it, the sign in front of it, and a run of such items.
# Each pattern looks at a letter once or twice, whatever is pasted: tags hold no "<", and what
# stands between them ends at the next paragraph.
_WORD_P = r"<p\b(?=[^<>]*mso-list:)[^<>]*>"
WORD_ITEM = re.compile(rf"{_WORD_P}(?P<text>(?:(?!</?p\b).)*)</p>", re.DOTALL | re.IGNORECASE)
WORD_SIGN = re.compile(
    r"(?:<!--\[if !supportLists\]-->|<!\[if !supportLists\]>).{0,600}?"
    r"(?:<!--\[endif\]-->|<!\[endif\]>)"
    r"|<span\b(?=[^<>]*mso-list:\s*Ignore)[^<>]*>.{0,600}?</span>\s{0,9}</span>",
    re.DOTALL | re.IGNORECASE,
)
WORD_LIST = re.compile(rf"(?:{_WORD_P}(?:(?!</?p\b).)*+</p>\s*+)++", re.DOTALL | re.IGNORECASE)
SCHEMES = {"http", "https", "mailto", "tel"}
# A paragraph that stands for a photo of the record's gallery.
FIGURE = re.compile(r"<p\b[^<>]*>\s*\[(?:photo|фото)\s+(?P<number>\d{1,3})\]\s*</p>", re.IGNORECASE)


def clean_html(html: str | None) -> str | None:
    """The same text with nothing but the allowed tags, attributes and link schemes."""
    if not html:
        return html
    if "mso" in html or "Mso" in html:
        html = from_word(html)
    cleaned = nh3.clean(
        html,
        tags=TAGS,
        attributes=ATTRIBUTES,
        url_schemes=SCHEMES,
        link_rel="noopener",
        clean_content_tags={"script", "style", "svg", "math", "iframe", "object", "xml"},
    )
    return EMPTY.sub("", cleaned).strip()


def from_word(html: str) -> str:
    """What Word pastes: paragraphs with signs in front of them as lists, its letters as ours.

    Numbers make an ordered list, any other sign one with bullets; levels are not kept.
    """
    for theirs, ours in (("b", "strong"), ("i", "em")):
        html = re.sub(rf"<(/?){theirs}(?=[\s>])", rf"<\1{ours}", html, flags=re.IGNORECASE)
    return WORD_LIST.sub(_made_list, html)


def _made_list(found: re.Match) -> str:
    signs, items = [], []
    for paragraph in WORD_ITEM.finditer(found[0]):
        text = WORD_SIGN.sub("", paragraph["text"], count=1)
        sign = WORD_SIGN.search(paragraph["text"])
        signs.append(nh3.clean(sign[0], tags=set()) if sign else "")
        items.append(f"<li>{text.strip()}</li>")
    tag = "ol" if re.match(r"\W*\w{1,4}[.)]", signs[0]) else "ul"
    return f"<{tag}>{''.join(items)}</{tag}>"


def plain_text(html: str | None) -> str:
    """The words of a rich text, one block a line: for search, previews and mails."""
    if not html:
        return ""
    spaced = (
        FIGURE.sub("", html)
        .replace("</p>", "</p>\n")
        .replace("</li>", "</li>\n")
        .replace("<br>", "\n")
    )
    for level in ("2", "3"):
        spaced = spaced.replace(f"</h{level}>", f"</h{level}>\n")
    text = nh3.clean(spaced, tags=set(), clean_content_tags={"script", "style"})
    text = text.replace("&nbsp;", " ").replace("&lt;", "<").replace("&gt;", ">")
    text = text.replace("&amp;", "&")
    return "\n".join(line.strip() for line in text.splitlines() if line.strip())


class RichTextField(models.TextField):
    """HTML that is sanitised on every way into the database: save, bulk_create and update."""

    def get_db_prep_save(self, value, connection):
        if isinstance(value, str):
            value = clean_html(value)
        return super().get_db_prep_save(value, connection)

    def pre_save(self, model_instance, add):
        """Sanitise a language column in memory too: what is derived on save reads it from there.

        Never the base column: writing it would write the column of the active language.
        """
        value = super().pre_save(model_instance, add)
        if hasattr(self, "translated_field"):
            value = clean_html(value)
            setattr(model_instance, self.attname, value)
        return value
