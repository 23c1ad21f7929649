"""Figures of the register in any page: `{% fact "uclg-sections" %}`."""

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from content.languages import reading_order
from content.templatetags.typography import typo
from facts import reading
from facts.models import Fact

register = template.Library()


def _span(css: str, text: str, language: str, title: str) -> SafeString:
    lang = format_html(' lang="{}"', language) if language != reading_order()[0] else ""
    return format_html(
        '<span class="{}"{} title="{}">{}</span>', css, lang, title, typo(text, language)
    )


@register.simple_tag
def fact(code: str, part: str = "wording", day=None) -> SafeString | str:
    """The statement of a subject with its day, for the reader; nothing when there is none.

    `part`: "wording" (a sentence or its part) or "value" (the number alone). One query.
    """
    found = reading.current(code, day)
    if found is None:
        return ""
    title = _("As of %(day)s. Source: %(source)s") % {
        "day": found.day_text(), "source": _source(found),
    }  # fmt: skip
    if part == "value":
        return _span("fact fact--value", found.value_text(), reading_order()[0], title)
    text, language = found.said()
    day_words = _("as of %(day)s") % {"day": found.day_text()}
    return format_html(
        '{} <small class="fact__day">({})</small>', _span("fact", text, language, title), day_words
    )


def _source(found: Fact) -> str:
    return found.source or ""


@register.simple_tag
def fact_row(code: str, day=None) -> Fact | None:
    """The statement itself: `{% fact_row "members" as claim %}`. One query."""
    return reading.current(code, day)


@register.inclusion_tag("facts/includes/current.html")
def facts_band(*codes: str) -> dict:
    """The current statements of some subjects as a row of figures with day and source.

    In the order of the codes; two queries and one for each counter.
    """
    known = {entry["subject"].slug: entry for entry in reading.entries()}
    wanted = codes or tuple(known)
    return {"entries": [known[code] for code in wanted if code in known]}
