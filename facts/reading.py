"""What the register says, for pages and checks of other apps."""

import datetime

from django.db.models import Prefetch

from facts import derived
from facts.models import Fact, Subject


def current(code: str, day: datetime.date | None = None) -> Fact | None:
    """The statement of a subject that stands, or stood on a day; None when there is none.

    Today it is the one that nothing superseded; on a day of the past the last one said by then.
    """
    facts = Fact.objects.filter(subject__slug=code).select_related("subject")
    return facts.current().first() if day is None else facts.said_by(day).first()


def entries() -> list[dict]:
    """Every subject with something said of it, in two queries and those of the counters.

    `subject`, `current`, `earlier` (the latest first), `derived` (or None) and `difference`.
    """
    subjects = Subject.objects.prefetch_related(Prefetch("facts", Fact.objects.all()))
    return [_entry(subject) for subject in subjects if subject.facts.all()]


def _entry(subject: Subject) -> dict:
    said = list(subject.facts.all())
    standing = next((fact for fact in said if fact.is_current), None)
    total = derived.of(subject.slug)
    return {
        "subject": subject,
        "current": standing,
        "earlier": [fact for fact in said if not fact.is_current],
        "derived": total,
        "difference": derived.difference(standing, total) if standing and total else "",
    }
