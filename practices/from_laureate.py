"""A laureate's work becomes a draft of a practice in one click, with the words of the jury."""

from typing import Any

from django.db import transaction
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from awards.models import Entry
from content import audit
from content.dated import Precision
from content.dates import local_day
from content.languages import LANGUAGE_CODES, in_each, in_language
from content.slugs import free_slug
from content.timezones import association_zone
from laureates.models import Laureate
from laureates.practices import answers_in
from practices import placing
from practices.models import Practice, Recommendation
from practices.models.practices import MOST_SIGNS
from practices.moderating import PracticeRefused


@transaction.atomic
def draft(laureate: Laureate, by: Any) -> Practice:
    """The practice of an honour, made as an accepted draft for staff to finish; once.

    Raises PracticeRefused: of children's works, of results that are not out, without a city.
    """
    laureate = Laureate.objects.select_for_update(of=("self",)).get(pk=laureate.pk)
    if made := Practice.objects.filter(laureate=laureate).first():
        return made
    if why := why_not(laureate):
        raise PracticeRefused(why)
    day = day_of(laureate)
    practice = Practice(
        member=laureate.member, laureate=laureate, stage=Practice.Stage.ACCEPTED,
        starts_year=laureate.results_of_year or laureate.year or day.year, **_texts(laureate),
    )  # fmt: skip
    practice.slug = free_slug(practice, practice.title_en or practice.title_ru)
    placing.place(practice, day)
    practice.save(by=by)
    _recommend(practice, laureate)
    audit.record("practices.from_laureate", practice, by, str(laureate))
    return practice


def of_entry(entry: Entry, by: Any) -> Practice:
    """The same for the honour of an entry. Raises PracticeRefused where it has none."""
    laureate = Laureate.objects.filter(entry=entry).order_by("place", "pk").first()
    if laureate is None:
        raise PracticeRefused(_("This work has no laureate yet: the jury's words come with it."))
    return draft(laureate, by)


def why_not(laureate: Laureate) -> str:
    """Why no practice is made of this honour, as a sentence; empty where nothing is against it."""
    if laureate.entry is not None and laureate.entry.round.is_for_children:
        return _("Works of children are not copied: the consent would not reach the copy.")
    if laureate.round_id and not Laureate.objects.public().filter(pk=laureate.pk).exists():
        return _("The results of the round are not public yet.")
    if laureate.member_id is None:
        return _("This honour belongs to no city of our records.")
    return ""


def day_of(laureate: Laureate):
    """The day of the ceremony; where it is unknown, that of the publication."""
    moment = laureate.published_at or timezone.now()
    return laureate.presented_on or local_day(moment, association_zone())


def _texts(laureate: Laureate) -> dict[str, str]:
    texts = {}
    for code in LANGUAGE_CODES:
        title = getattr(laureate, f"work_title_{code}") or getattr(laureate, f"title_{code}") or ""
        texts[f"title_{code}"] = title[:200]
        texts[f"summary_{code}"] = (getattr(laureate, f"citation_{code}") or "")[:500]
        texts[f"action_{code}"] = _answered(laureate, code)
    return texts


def _answered(laureate: Laureate, code: str) -> str:
    """The answers of the entry with their questions: nothing that tells who the author is."""
    with translation.override(code):
        parts = [
            f"{in_language(row.field, 'label', code)[0]}\n{row.text}"
            for row in answers_in(laureate, code)
        ]
    return "\n\n".join(parts)[:MOST_SIGNS]


def _recommend(practice: Practice, laureate: Laureate) -> None:
    def jury() -> str:
        award = in_language(laureate.award, "title")[0]
        return (_("the jury of “%(award)s”") % {"award": award})[:300]

    words = {f"words_{code}": getattr(laureate, f"jury_words_{code}") for code in LANGUAGE_CODES}
    precision = laureate.presented_precision if laureate.presented_on else Precision.DAY
    Recommendation.objects.create(
        practice=practice, recommended_on=day_of(laureate), date_precision=precision,
        **in_each("by", jury), **words,
    )  # fmt: skip
