"""Makes laureates searchable, also by every name of their city; nothing before its moment."""

import datetime

from django.utils import translation
from django.utils.translation import gettext_lazy as _

from content import search
from content.languages import LANGUAGE_CODES, in_language
from laureates import wording
from laureates.models import Laureate


def texts(laureate: Laureate) -> dict[str, search.Text]:
    names = laureate.member.name_search.split("\n") if laureate.member else []
    found = {}
    for code in LANGUAGE_CODES:
        with translation.override(code):
            found[code] = _text(laureate, code, names)
    return found


def _text(laureate: Laureate, code: str, names: list[str]) -> search.Text:
    who = getattr(laureate, f"title_{code}") or ""
    award = in_language(laureate.award, "title", code)[0]
    said = [
        wording.honour_words(laureate),
        wording.category_words(laureate)[0],
        *(
            getattr(laureate, f"{field}_{code}") or ""
            for field in ("work_title", "citation", "jury_words", "recipient")
        ),
    ]
    return search.Text(
        title=f"{who}: {award}, {wording.year_words(laureate)}" if who else "",
        text="\n".join(filter(None, said)),
        names=" ".join(sorted(set(names))),
        url=laureate.get_absolute_url(),
        members=[laureate.member_id] if laureate.member_id else (),
        dated_on=laureate.presented_on
        or (datetime.date(laureate.year, 1, 1) if laureate.year else None),
    )


def visible_from(laureate: Laureate) -> datetime.datetime | None:
    """The moment of the laureate and, in a round held here, that of the released results."""
    moment = laureate.visible_from
    if moment is None or laureate.round_id is None:
        return moment
    results = getattr(laureate.round, "results", None)
    if results is None or results.released_at is None:
        return None
    return max(moment, results.published_at)


search.register(
    search.Kind(
        model=Laureate,
        label=_("Laureates"),
        texts=texts,
        visible_from=visible_from,
        queryset=lambda: Laureate.objects.select_related(
            "award", "category", "member", "round__results"
        ),
    )
)
