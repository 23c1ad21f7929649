"""Makes the facts register searchable: a subject is found by its current statement."""

import datetime

from django.utils import translation
from django.utils.translation import gettext_lazy as _

from content import search
from content.languages import LANGUAGE_CODES, in_language
from facts.models import Subject

ALWAYS = datetime.datetime(2004, 1, 1, tzinfo=datetime.UTC)


def texts(subject: Subject) -> dict[str, search.Text]:
    """Title, and what stands; the earlier statements are found on the page, not by search."""
    standing = next((fact for fact in subject.facts.all() if fact.is_current), None)
    found = {}
    for code in LANGUAGE_CODES:
        with translation.override(code):
            found[code] = search.Text(
                title=getattr(subject, f"title_{code}") or "",
                text=in_language(standing, "wording", code)[0] if standing else "",
                url=subject.get_absolute_url(),
                dated_on=standing.as_of if standing else None,
            )
    return found


def visible_from(subject: Subject) -> datetime.datetime | None:
    """Public as soon as something is said of it."""
    return ALWAYS if subject.facts.all() else None


search.register(
    search.Kind(
        model=Subject,
        label=_("Facts and figures"),
        texts=texts,
        visible_from=visible_from,
        queryset=lambda: Subject.objects.prefetch_related("facts"),
    )
)
