"""The first column of an admin list: the title in whichever language exists."""

from django.contrib import admin
from django.db.models import F, Value
from django.db.models.functions import Coalesce, NullIf
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from content.languages import LANGUAGE_CODES, in_language


class TitleColumnMixin:
    """For ModelAdmin of records with a title per language; its column is `shown_title`."""

    @admin.display(
        description=_("title"),
        ordering=Coalesce(
            *(NullIf(F(f"title_{code}"), Value("")) for code in LANGUAGE_CODES), Value("")
        ),
    )
    def shown_title(self, record) -> SafeString:
        """The title as the reader finds it, and marks of the languages that have one."""
        text, language = in_language(record, "title")
        marks = format_html_join(
            " ",
            '<small class="title-mark">{}</small>',
            ((code,) for code in LANGUAGE_CODES if getattr(record, f"title_{code}")),
        )
        return format_html('<span lang="{}">{}</span> {}', language, text, marks)
