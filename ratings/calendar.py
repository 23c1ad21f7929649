"""Deadlines of questionnaires in the calendars of the association."""

import datetime
from collections.abc import Iterator

from django.utils.translation import gettext, pgettext_lazy

from content.languages import in_each, in_language
from events import calendar_sources
from events.calendar_sources import Entry
from ratings.models import Edition

KIND = pgettext_lazy("of a rating", "questionnaire deadline")


@calendar_sources.register
def questionnaires_close(first: datetime.datetime, last: datetime.datetime) -> Iterator[Entry]:
    """Until when public editions that were opened take answers: one query."""
    found = Edition.objects.visible().held().filter(
        opened_at__isnull=False, closes_at__gte=first, closes_at__lt=last
    )  # fmt: skip
    for edition in found.select_related("rating"):
        yield Entry(
            key=f"rating-edition-{edition.pk}",
            kind=KIND,
            moment=edition.closes_at,
            zone=edition.time_zone,
            address=edition.get_absolute_url,
            updated_at=edition.updated_at,
            **in_each("title", lambda edition=edition: _words(edition)),
        )


def _words(edition: Edition) -> str:
    title = in_language(edition, "title")[0]
    return gettext("Questionnaire closes: %(title)s") % {"title": title}
