"""Rich text: one allow-list, applied on every write and again on every render."""

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
SCHEMES = {"http", "https", "mailto", "tel"}


def clean_html(html: str | None) -> str | None:
    """The same text with nothing but the allowed tags, attributes and link schemes."""
    if not html:
        return html
    return nh3.clean(
        html,
        tags=TAGS,
        attributes=ATTRIBUTES,
        url_schemes=SCHEMES,
        link_rel="noopener",
        clean_content_tags={"script", "style", "svg", "math", "iframe", "object"},
    ).strip()


def plain_text(html: str | None) -> str:
    """The words of a rich text, one block a line: for search, previews and mails."""
    if not html:
        return ""
    spaced = html.replace("</p>", "</p>\n").replace("</li>", "</li>\n").replace("<br>", "\n")
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
