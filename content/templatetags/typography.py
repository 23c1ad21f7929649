"""`typo`: spaces that must not break, by the rules of the reader's language.

`{{ article.title|typo }}`, `{% filter typo %}…{% endfilter %}`. In HTML (a safe string) only the
text between the tags is touched.
"""

import re

from django import template
from django.utils.safestring import SafeString
from django.utils.translation import get_language

register = template.Library()

NBSP = "\u00a0"
TAG = re.compile(r"(<[^>]*>)")

DASH = re.compile(r"(?<!\s) (?=[–—](?:\s|$))")
THOUSANDS = re.compile(r"(?<=\d) (?=\d{3}(?!\d))")
UNITS_RU = re.compile(
    r"(?<=\d) (?=(?:г\.|гг\.|год|лет|века?\b|вв?\.|январ|феврал|март|апрел|ма[яй]\b|июн|июл|август|"
    r"сентябр|октябр|ноябр|декабр|час|мин|млн|млрд|тыс|КБ|МБ|ГБ|км|м\b|га\b|кг|руб|долл|евро|"
    r"человек|мест|город|стран|%|°|₽|\$|€))"
)
SHORT_WORD_RU = re.compile(r"(?<![\w-])([А-Яа-яЁё]{1,2}|№|§|г\.|ул\.|им\.|стр\.|тел\.) (?=\S|$)")
UNITS_EN = re.compile(
    r"(?<=\d) (?=(?:January|February|March|April|May|June|July|August|September|October|November|"
    r"December|Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec|million|billion|KB|MB|GB|km|ha|kg|%|°)\b)"
)
PARTICLE_RU = re.compile(r" (?=(?:ли|же|бы|ль|б|ж)\b(?!-))")


def _russian(text: str) -> str:
    text = DASH.sub(NBSP, text)
    text = THOUSANDS.sub(NBSP, text)
    text = UNITS_RU.sub(NBSP, text)
    text = PARTICLE_RU.sub(NBSP, text)
    return SHORT_WORD_RU.sub(rf"\1{NBSP}", text)


def _english(text: str) -> str:
    text = DASH.sub(NBSP, text)
    text = THOUSANDS.sub(NBSP, text)
    return UNITS_EN.sub(NBSP, text)


@register.filter
def typo(value, language: str = ""):
    """The text with no-break spaces; `language` is "ru" or "en", by default the page's.

    A safe string keeps its tags and attributes to the letter and stays safe; anything else that is
    not text comes back as it was.
    """
    if not isinstance(value, str):
        return value
    rule = _russian if (language or get_language() or "ru").startswith("ru") else _english
    if " " not in value:
        return value
    if isinstance(value, SafeString):
        parts = TAG.split(value)
        parts[::2] = map(rule, parts[::2])
        return SafeString("".join(parts))  # nosec # safe before, and tags are kept
    return rule(value)
