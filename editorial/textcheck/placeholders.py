"""What was to be replaced before publishing and was not."""

import re
from collections.abc import Iterator

from django.utils.translation import gettext as _

from editorial.textcheck.findings import Finding
from editorial.textcheck.passages import Passage

PLACEHOLDER = re.compile(
    r"\blorem ipsum\b[^.\n]{0,300}|\bTODO\b|\bFIXME\b|\bTBD\b|\bTBA\b|\bXXX+\b|\bХХХ+\b|\?\?\?+|"
    r"\[\s{0,9}(?:вставить|добавить|уточнить|дата|имя|фото|insert|add|name|date|photo|tbc)\b[^\]\n]{0,300}\]|"
    r"<<[^<>\n]{1,300}>>|\{\{[^{}\n]{0,300}\}\}|_{4,}|"
    r"(?:\bnotes?|\bпримечани[ея]|\bзаметк[аи]) (?:to|for|для) (?:the )?"
    r"(?:web ?)?(?:designer|developer|editor|дизайнера|верстальщика|редактора|разработчика)\w*|"
    r"(?<!\w)рыбный текст\b|\bтекст(?:-| )рыба\b|\bтекст будет позже\b|\btext to follow\b",
    re.IGNORECASE,
)
CASE_MATTERS = re.compile(r"todo|fixme|tbd|tba|xxx+|ххх+", re.IGNORECASE)


def placeholders(passage: Passage) -> Iterator[Finding]:
    """Unfinished places: "lorem ipsum", "TODO", «[вставить]», notes to the web designer."""
    for found in PLACEHOLDER.finditer(passage.text):
        if CASE_MATTERS.fullmatch(found[0]) and not found[0].isupper():
            continue
        message = _("“%s” was to be replaced before publishing.") % found[0][:60]
        yield passage.finding("placeholder", *found.span(), message)
