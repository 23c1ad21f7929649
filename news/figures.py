"""The text of an article as readers see it: figures of the gallery in it, quotations with sources.

A paragraph `[photo 3]` or `[фото 3]` stands for the third photo of the gallery. The last paragraph
of a quotation that begins with a dash names who is quoted.
"""

import re
from collections.abc import Sequence

from django.template.loader import render_to_string
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

from content.languages import in_language, reading_order
from content.richtext import FIGURE, clean_html
from content.templatetags.typography import typo
from news.models import Article, Photo

SAID_BY = re.compile(r"<p>\s*[—–-]\s+(?P<who>(?:(?!</p>).)+)</p>\s*</blockquote>", re.DOTALL)


def written_body(article: Article, photos: Sequence[Photo]) -> tuple[SafeString, set[int]]:
    """The text in the reader's language, and the numbers of the photos that stand in it.

    Marked with its language where it is the other one. A number that the gallery lacks shows
    nothing.
    """
    value, language = in_language(article, "body")
    # Sanitised by the allow-list just now: safe to mark.
    html = typo(mark_safe(clean_html(value) or ""), language)  # nosec # by the line above
    shown: set[int] = set()

    def figure(found: re.Match) -> str:
        number = int(found["number"])
        if not 1 <= number <= len(photos) or number in shown:
            return ""
        shown.add(number)
        return render_to_string("news/includes/figure.html", {"photo": photos[number - 1]})

    html = FIGURE.sub(figure, html)
    html = SAID_BY.sub(r'<p class="quote__source">— \g<who></p></blockquote>', html)
    safe = mark_safe(html)  # nosec # sanitised above, figures are rendered by a template
    if not value or language == reading_order()[0]:
        return safe, shown
    return format_html('<div lang="{}">{}</div>', language, safe), shown
