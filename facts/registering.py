"""Puts a statement into the register, where its day says it belongs."""

from django.db import transaction

from facts.models import Fact, Subject


@transaction.atomic
def put(fact: Fact, by=None) -> Fact:
    """Save a new statement and place it in the chain of its subject by its day.

    As new as the current one or newer, it takes its place; older, it is one of the earlier ones,
    superseded by the next that was said. A successor that was chosen is kept.
    """
    Subject.objects.select_for_update().get(pk=fact.subject_id)
    fact.round_day()
    current = fact.subject.facts.current().first()
    if current is None or fact.superseded_by_id:
        fact.save(by=by)
        return fact
    if fact.as_of < current.as_of:
        fact.superseded_by = _next(fact)
        fact.save(by=by)
        return fact
    fact.save(by=by)
    current.superseded_by = fact
    current.save(by=by, small_edit=True)
    return fact


def _next(fact: Fact) -> Fact:
    """The statement that came after this one's day."""
    return fact.subject.facts.filter(as_of__gt=fact.as_of).order_by("as_of", "pk").first()
