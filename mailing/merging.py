"""One letter for very many: rendered once for each language, filled in for each reader.

Rendering a letter takes milliseconds, filling in a form microseconds. Only what is the reader's own
is left blank: words (names, cities) and links of this portal.
"""

import datetime
import functools
import re
from collections.abc import Callable, Iterable, Mapping
from typing import Any

from django.conf import settings
from django.utils import translation
from django.utils.html import escape
from django.utils.translation import get_language

from mailing import rendering
from mailing.cleaning import one_line, own_link

# Letters of a private area mark a blank for words; a blank for a link looks like one.
WORD = "\ue000{language}:{name}\ue001"
LINK = "/-blank-/{language}/{name}/"
BLANK = re.compile(r"(?:\ue000(\w+):(\w+)\ue001)|(?:[^\s\"'<>]*/-blank-/(\w+)/(\w+)/)")
Value = str | Callable[[], str]


class Form:
    """A letter with blanks. `words` and `links` name the blanks; `zone` is the reader's.

    `template`, `language` and `context` as in `mailing.rendering`: what is the same for everybody.
    """

    def __init__(
        self,
        template: str,
        language: str,
        context: Mapping[str, Any],
        zone: datetime.tzinfo | None = None,
        *,
        words: Iterable[str] = (),
        links: Iterable[str] = (),
    ):
        self.template, self.language, self.zone = template, language, zone
        self.context = {
            **context,
            **{name: functools.partial(_blank, WORD, name) for name in words},
            **{name: functools.partial(_link, name) for name in links},
        }

    @functools.cached_property
    def _parts(self) -> list[list]:
        """Subject, text and HTML, each cut at its blanks: text, key, text, key, text."""
        letter = rendering.render(self.template, self.language, self.context, self.zone)
        return [_cut(whole) for whole in (letter.subject, letter.text, letter.html)]

    def fill(self, values: Mapping[str, Value]) -> rendering.Rendered:
        """The letter of one reader. Values may be functions: asked in each language.

        KeyError for a blank that has no value, ValueError for a link that leaves the portal.
        """
        found: dict[tuple[str, str], str] = {}
        for language in rendering.reading_order(self.language):
            with translation.override(language):
                for name, value in values.items():
                    found[language, name] = value() if callable(value) else value
        subject, text, html = self._parts
        return rendering.Rendered(
            rendering.short_subject(_filled(subject, found, str)),
            _filled(text, found, str),
            _filled(html, found, escape),
        )


def _blank(pattern: str, name: str) -> str:
    return pattern.format(language=get_language(), name=name)


def _link(name: str) -> str:
    return settings.SITE_URL + _blank(LINK, name)


def _cut(whole: str) -> list:
    parts, end = [], 0
    for blank in BLANK.finditer(whole):
        word_language, word, link_language, link = blank.groups()
        is_link = link is not None
        key = (link_language, link) if is_link else (word_language, word)
        parts += [whole[end : blank.start()], (*key, is_link)]
        end = blank.end()
    return [*parts, whole[end:]]


def _filled(parts: list, found: Mapping[tuple[str, str], str], escaped: Callable) -> str:
    pieces = []
    for part in parts:
        if isinstance(part, str):
            pieces.append(part)
            continue
        language, name, is_link = part
        value = found[language, name]
        if is_link and own_link(value) is None:
            raise ValueError(f"A letter links to this portal only, not to {value}.")
        pieces.append(escaped(value if is_link else one_line(value)))
    return "".join(pieces)
