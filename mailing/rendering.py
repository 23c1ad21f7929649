"""Letters in both languages: the reader's first, the other below a rule.

A template `<app>/mail/<name>` is three files: `<name>_subject.txt`, `<name>_body.txt` and
`<name>_body.html`. Each is rendered once per language, in that language and in the reader's time
zone, with the caller's context and:

- `language`: the language of this half of the letter;
- `content_language`: the language the item itself appears in; it differs from `language` where
  the context says `missing_language` (then a note stands on top of this half);
- `SITE_URL`, `ASSOCIATION_EMAIL`, `ASSOCIATION_PHONE`.

Values that differ between the languages may be functions without arguments: they are called
while the half is rendered. `reason` in the context says in the footer why the letter came.
"""

import datetime
import functools
from collections.abc import Mapping
from dataclasses import dataclass
from types import FunctionType, MethodType
from typing import Any

from django.conf import settings
from django.template import Context, engines
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from mailing.cleaning import clean_html, html_from_text, one_line, tidy_text

SUBJECT_LENGTH = 255


@dataclass(frozen=True, slots=True)
class Rendered:
    """A finished letter."""

    subject: str
    text: str
    html: str


@dataclass(frozen=True, slots=True)
class Half:
    """What the letter says in one language; `html` is clean. `note` stands on top of it."""

    language: str
    text: str
    html: str
    note: str = ""
    reason: str = ""


def reading_order(language: str) -> list[str]:
    """The languages of a letter, the reader's first; an unknown one gives way to the default."""
    codes = [code for code, _name in settings.LANGUAGES]
    first = language if language in codes else settings.LANGUAGE_CODE
    return [first, *(code for code in codes if code != first)]


def render(
    template: str,
    language: str,
    context: Mapping[str, Any],
    zone: datetime.tzinfo | None = None,
) -> Rendered:
    """Render a letter for a reader of this language; times are in `zone` or the association's."""
    order = reading_order(language)
    halves = [_half(template, code, context, zone) for code in order]
    return compose(render_subject(template, order[0], context, zone), halves)


def render_subject(
    template: str,
    language: str,
    context: Mapping[str, Any],
    zone: datetime.tzinfo | None = None,
) -> str:
    """The subject alone, in the reader's language, fit for a mail header."""
    language = reading_order(language)[0]
    with translation.override(language), timezone.override(zone):
        subject = _fill(f"{template}_subject.txt", _values(language, context), autoescape=False)
    return short_subject(subject)


def short_subject(subject: str) -> str:
    """The subject in one line that fits its column."""
    return one_line(subject)[:SUBJECT_LENGTH]


def plain_half(language: str, text: str, html: str | None = None) -> Half:
    """A half made of finished text; without HTML it is made from the text."""
    text = tidy_text(text)
    return Half(language, text, clean_html(html) if html else html_from_text(text))


def compose(subject: str, halves: list[Half]) -> Rendered:
    """Put the halves into one letter; its frame speaks the language of the first."""
    first, *others = halves
    pointers = [(half.language, _pointer(half.language)) for half in others]
    with translation.override(first.language):
        values = {
            **_site(),
            "subject": subject,
            "language": first.language,
            "first": first,
            "others": others,
            "pointers": pointers,
            "reason": first.reason,
        }
        text = _fill("mailing/layout.txt", values, autoescape=False)
        html = _fill("mailing/layout.html", values, autoescape=True)
    return Rendered(subject, tidy_text(text) + "\n", html)


def _half(
    template: str, language: str, context: Mapping[str, Any], zone: datetime.tzinfo | None
) -> Half:
    with translation.override(language), timezone.override(zone):
        values = _values(language, context)
        return Half(
            language,
            text=tidy_text(_fill(f"{template}_body.txt", values, autoescape=False)),
            html=clean_html(_fill(f"{template}_body.html", values, autoescape=True)),
            note=_note(language, context.get("missing_language")),
            reason=_said(context.get("reason", "")),
        )


def _values(language: str, context: Mapping[str, Any]) -> dict[str, Any]:
    content_language = language
    if context.get("missing_language") == language:
        content_language = reading_order(language)[1]
    return {
        **_site(),
        **{name: _in_this_language(value) for name, value in context.items()},
        "language": language,
        "content_language": content_language,
    }


def _site() -> dict[str, str]:
    return {
        "SITE_URL": settings.SITE_URL,
        "ASSOCIATION_EMAIL": settings.ASSOCIATION_EMAIL,
        "ASSOCIATION_PHONE": settings.ASSOCIATION_PHONE,
    }


def _in_this_language(value: Any) -> Any:
    """A function is asked in the language of the half: `{% blocktranslate %}` would print it."""
    is_function = isinstance(value, FunctionType | MethodType | functools.partial)
    return value() if is_function else value


def _said(value: Any) -> str:
    return str(value() if callable(value) else value)


def _note(language: str, missing_language: str | None) -> str:
    """What stands on top of the half whose language the item does not exist in."""
    if missing_language != language:
        return ""
    notes = {
        "ru": _("This item exists in English only."),
        "en": _("This item exists in Russian only."),
    }
    return notes.get(language) or _("This item exists in another language only.")


def _pointer(language: str) -> str:
    """The line on top of a letter for those who read its second language."""
    with translation.override(language):
        # Translators: stands on top of a letter whose second half is in YOUR language.
        return _("English version below")


def _fill(name: str, values: Mapping[str, Any], *, autoescape: bool) -> str:
    template = engines["django"].engine.get_template(name)
    return template.render(Context(values, autoescape=autoescape))
