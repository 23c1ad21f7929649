"""Places of a member in ratings, for its chronicle."""

import datetime
from collections.abc import Iterator

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from content.dated import Precision
from content.languages import in_language, reading_order
from content.timezones import association_zone
from laureates.wording import place_words
from members import activity
from standings.models import Standing


@activity.register
def ranked(member) -> Iterator[activity.Activity]:
    """One query: public places, by the day of their publication; of past editions by the year."""
    rows = Standing.objects.public().filter(member=member, rank__isnull=False)
    for standing in rows.select_related("edition__rating", "seal"):
        edition = standing.edition
        title, language = in_language(edition, "title")
        day, precision = _day(standing)
        yield activity.Activity(
            day=day,
            title=_("%(edition)s: %(place)s")
            % {"edition": title, "place": place_words(standing.rank)},
            kind=activity.Kind.RANK,
            precision=precision,
            url=reverse("standings:results", args=[edition.rating.slug, edition.slug]),
            language=language if language != reading_order()[0] else "",
        )


def _day(standing: Standing) -> tuple[datetime.date, str]:
    if standing.seal is None:
        return datetime.date(standing.edition.year, 1, 1), Precision.YEAR
    moment = standing.seal.published_at
    return timezone.localtime(moment, association_zone()).date(), Precision.DAY
