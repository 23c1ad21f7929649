"""A laureate's work becomes a practice in the library, with the words of the jury."""

import datetime

from django.utils import timezone, translation
from django.utils.html import escape
from django.utils.translation import gettext as _

from awards.models import EntryAnswer, EntryField
from content.dates import day_text, local_day
from content.languages import LANGUAGE_CODES, in_language
from content.richtext import clean_html
from content.timezones import association_zone
from laureates import wording
from laureates.models import Laureate
from library.models import Publication
from library.sources import Draft, Source, register, without_language

SHOWN = (EntryField.Kind.LINE, EntryField.Kind.TEXT)


def of_laureate(laureate: Laureate) -> Draft:
    """The practice: its answers as text, recommended by the jury, with the way back.

    Without texts, so that nothing can be published: of a child's work, whose copy would outlive
    the consent of the guardian, and of a round whose results are not out.
    """
    texts: dict[str, str] = {}
    is_open = Laureate.objects.public().filter(pk=laureate.pk).exists()
    is_of_a_child = laureate.entry is not None and laureate.entry.round.is_for_children
    is_kept = is_of_a_child or (laureate.round_id is not None and not is_open)
    for code in () if is_kept else LANGUAGE_CODES:
        with translation.override(code):
            texts |= _texts(laureate, code)
    return Draft(
        kind=Publication.Kind.PRACTICE,
        dated_on=_day(laureate),
        texts=texts,
        source_path=without_language(laureate.get_absolute_url()),
        is_open=is_open,
    )


def _day(laureate: Laureate) -> datetime.date:
    if laureate.presented_on:
        return laureate.presented_on
    return local_day(laureate.published_at or timezone.now(), association_zone())


def _texts(laureate: Laureate, code: str) -> dict[str, str]:
    title = getattr(laureate, f"work_title_{code}") or getattr(laureate, f"title_{code}") or ""
    award = in_language(laureate.award, "title", code)[0]
    said = {"who": in_language(laureate, "title", code)[0], "award": award}
    return {
        f"title_{code}": title,
        f"summary_{code}": (getattr(laureate, f"citation_{code}") or "")[:600],
        f"body_{code}": _body(laureate, code),
        f"source_{code}": f"{said['who']}. {award}, {wording.year_words(laureate)}"[:300],
    }


def _body(laureate: Laureate, code: str) -> str:
    """Only what is said in this language, so that a language without a text is seen to lack it."""
    parts = [_answer(row, code) for row in answers_in(laureate, code)]
    if words := getattr(laureate, f"jury_words_{code}"):
        parts.append(f"<h2>{escape(_recommended(laureate))}</h2><p>{escape(words)}</p>")
    return clean_html("".join(parts))


def _recommended(laureate: Laureate) -> str:
    named = {
        "award": in_language(laureate.award, "title")[0],
        "day": day_text(_day(laureate)),
    }
    return _("Recommended by the jury of “%(award)s” on %(day)s") % named


def answers_in(laureate: Laureate, code: str) -> list[EntryAnswer]:
    """Texts of the entry in this language; nothing that tells who the author is."""
    entry = laureate.entry
    if entry is None:
        return []
    languages = [code, ""] if entry.language == code else [code]
    rows = entry.answers.filter(
        language__in=languages, field__kind__in=SHOWN, field__is_identifying=False
    ).exclude(text="")
    return list(rows.select_related("field").order_by("field__order", "pk"))


def _answer(row: EntryAnswer, code: str) -> str:
    heading = in_language(row.field, "label", code)[0]
    text = "".join(f"<p>{escape(line)}</p>" for line in row.text.splitlines() if line.strip())
    return f"<h2>{escape(heading)}</h2>{text}"


register(Source(Laureate, of_laureate, "laureates.view_laureate"))
