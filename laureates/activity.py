"""Honours of a member, for its chronicle."""

import datetime
from collections.abc import Iterator

from content.dated import Precision
from content.languages import in_language, reading_order
from laureates import wording
from laureates.models import Laureate
from members import activity


@activity.register
def honoured(member) -> Iterator[activity.Activity]:
    """One query: public honours whose year is known, by the day of the ceremony where it is."""
    rows = Laureate.objects.public().filter(member=member, year__isnull=False)
    for laureate in rows.select_related("award", "category"):
        award, language = in_language(laureate.award, "title")
        day, precision = laureate.presented_on, laureate.presented_precision
        if day is None:
            day, precision = datetime.date(laureate.year, 1, 1), Precision.YEAR
        yield activity.Activity(
            day=day,
            title=f"{award}: {wording.honour_words(laureate)}",
            kind=activity.Kind.AWARD,
            precision=precision,
            url=laureate.get_absolute_url(),
            language=language if language != reading_order()[0] else "",
        )
